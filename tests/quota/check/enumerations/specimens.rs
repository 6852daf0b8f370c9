//! Objects that the server admits, with their fields whose values are enumerated.

use serde_json::{Value, json};

/// An object that the server admits, and the fields of it whose values are enumerated.
pub type Specimen = (Value, &'static [&'static str]);

fn object(version: &str, kind: &str, spec: Value) -> Value {
    json!({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}, "spec": spec})
}

fn container(name: &str) -> Value {
    let request = json!({"httpGet": {"port": 80, "scheme": "HTTP"}});
    json!({
        "name": name, "image": "app", "imagePullPolicy": "Always", "terminationMessagePolicy": "File",
        "ports": [{"containerPort": 80, "protocol": "TCP"}],
        "livenessProbe": {"tcpSocket": {"port": 80}}, "readinessProbe": request,
        "lifecycle": {"preStop": {"sleep": {"seconds": 1}}},
        "securityContext": {
            "procMount": "Default", "appArmorProfile": {"type": "Unconfined"}, "seccompProfile": {"type": "Unconfined"},
        },
        "volumeMounts": [{"name": "host", "mountPath": "/host", "mountPropagation": "None", "recursiveReadOnly": "Disabled"}],
        "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}],
    })
}

fn claim() -> Value {
    json!({
        "accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem", "resources": {"requests": {"storage": "1Gi"}},
    })
}

/// A pod with every enumeration of its own.
pub fn pod() -> Specimen {
    let mut init = container("init");
    init["restartPolicy"] = json!("Always");
    let term = json!({"matchExpressions": [{"key": "a", "operator": "Exists"}]});
    let selector = json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["b"]}]});
    let near = json!({"topologyKey": "zone", "labelSelector": selector, "namespaceSelector": selector});
    let address = "/subscriptions/a/resourcegroups/b/providers/microsoft.compute/disks/c";
    let spec = json!({
        "containers": [container("app")], "initContainers": [init], "os": {"name": "linux"},
        "volumes": [
            {"name": "host", "hostPath": {"path": "/host", "type": "Directory"}},
            {"name": "own", "ephemeral": {"volumeClaimTemplate": {"spec": claim()}}},
            {"name": "other", "hostPath": {"path": "/host", "type": "Directory"}},
            {"name": "azure", "azureDisk": {"diskName": "a", "diskURI": address, "cachingMode": "None", "kind": "Managed"}},
        ],
        "dnsPolicy": "Default", "restartPolicy": "Always",
        "securityContext": {
            "appArmorProfile": {"type": "Unconfined"}, "seccompProfile": {"type": "Unconfined"},
            "fsGroupChangePolicy": "Always", "supplementalGroupsPolicy": "Merge", "seLinuxChangePolicy": "Recursive",
        },
        "tolerations": [{"key": "a", "operator": "Exists", "effect": "NoSchedule"}],
        "topologySpreadConstraints": [{
            "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "nodeAffinityPolicy": "Honor",
            "nodeTaintsPolicy": "Honor", "labelSelector": selector,
        }],
        "affinity": {"podAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": [near],
        }, "podAntiAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": near}],
        }, "nodeAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "preference": term}],
            "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{
                "matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["b", "c"]}, {"key": "a", "operator": "Gt", "values": ["1"]}],
                "matchFields": [{"key": "metadata.name", "operator": "In", "values": ["a"]}],
            }]},
        }},
    });
    let fields: &[&str] = &[
        "/spec/containers/0/imagePullPolicy",
        "/spec/containers/0/ports/0/protocol",
        "/spec/containers/0/readinessProbe/httpGet/scheme",
        "/spec/containers/0/resizePolicy/0/resourceName",
        "/spec/containers/0/resizePolicy/0/restartPolicy",
        "/spec/containers/0/restartPolicy",
        "/spec/containers/0/securityContext/appArmorProfile/type",
        "/spec/containers/0/securityContext/procMount",
        "/spec/containers/0/securityContext/seccompProfile/type",
        "/spec/containers/0/terminationMessagePolicy",
        "/spec/containers/0/volumeMounts/0/mountPropagation",
        "/spec/containers/0/volumeMounts/0/name",
        "/spec/containers/0/volumeMounts/0/recursiveReadOnly",
        "/spec/initContainers/0/imagePullPolicy",
        "/spec/initContainers/0/ports/0/protocol",
        "/spec/initContainers/0/readinessProbe/httpGet/scheme",
        "/spec/initContainers/0/restartPolicy",
        "/spec/initContainers/0/terminationMessagePolicy",
        "/spec/dnsPolicy",
        "/spec/os/name",
        "/spec/restartPolicy",
        "/spec/securityContext/appArmorProfile/type",
        "/spec/securityContext/fsGroupChangePolicy",
        "/spec/securityContext/seLinuxChangePolicy",
        "/spec/securityContext/seccompProfile/type",
        "/spec/securityContext/supplementalGroupsPolicy",
        "/spec/tolerations/0/effect",
        "/spec/tolerations/0/key",
        "/spec/tolerations/0/operator",
        "/spec/topologySpreadConstraints/0/nodeAffinityPolicy",
        "/spec/topologySpreadConstraints/0/nodeTaintsPolicy",
        "/spec/topologySpreadConstraints/0/whenUnsatisfiable",
        "/spec/topologySpreadConstraints/0/topologyKey",
        "/spec/topologySpreadConstraints/0/labelSelector/matchExpressions/0/operator",
        "/spec/topologySpreadConstraints/0/labelSelector/matchExpressions/0/values/0",
        "/spec/topologySpreadConstraints/0/labelSelector/matchLabels/a",
        "/spec/volumes/0/hostPath/type",
        "/spec/volumes/3/azureDisk/cachingMode",
        "/spec/volumes/3/azureDisk/diskName",
        "/spec/volumes/3/azureDisk/diskURI",
        "/spec/volumes/3/azureDisk/kind",
        "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/matchExpressions/0/key",
        "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/matchExpressions/0/operator",
        "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/matchExpressions/0/values/0",
        "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey",
        "/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/namespaceSelector/matchExpressions/0/operator",
        "/spec/volumes/1/ephemeral/volumeClaimTemplate/spec/accessModes/0",
        "/spec/volumes/1/ephemeral/volumeClaimTemplate/spec/volumeMode",
        "/spec/volumes/2/name",
        "/spec/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/preference/matchExpressions/0/operator",
        "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0/operator",
        "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0/key",
        "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/key",
        "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/operator",
        "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values/1",
    ];
    (object("v1", "Pod", spec), fields)
}

/// Workloads.
pub fn workloads() -> Vec<Specimen> {
    let template = |restart: &str| {
        json!({
            "metadata": {"labels": {"a": "b"}},
            "spec": {"restartPolicy": restart, "containers": [{"name": "app", "image": "app"}], "preemptionPolicy": "Never"},
        })
    };
    let controller = |kind: &str, more: Value| {
        let wanted = json!([{"key": "a", "operator": "In", "values": ["b"]}, {"key": "c", "operator": "DoesNotExist"}]);
        let selector = json!({"matchLabels": {"a": "b"}, "matchExpressions": wanted});
        let mut spec = json!({"selector": selector, "template": template("Always")});
        if kind != "DaemonSet" {
            spec["replicas"] = json!(0);
        }
        let fields = more.as_object().expect("fields");
        spec.as_object_mut().expect("a spec").extend(fields.clone());
        object("apps/v1", kind, spec)
    };
    let rolling = json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "10%"}});
    let job = json!({
        "suspend": true, "template": template("Never"), "completionMode": "Indexed", "completions": 1,
        "podReplacementPolicy": "Failed",
        "podFailurePolicy": {"rules": [
            {"action": "Count", "onExitCodes": {"operator": "In", "values": [1]}},
            {"action": "Count", "onPodConditions": [{"type": "a", "status": "True"}]},
        ]},
    });
    let stateful = json!({
        "serviceName": "x", "podManagementPolicy": "Parallel",
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 1}},
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": claim()}],
    });
    vec![
        (
            controller("Deployment", json!({"strategy": rolling})),
            &[
                "/spec/selector/matchExpressions/0/operator",
                "/spec/selector/matchExpressions/0/values/0",
                "/spec/selector/matchExpressions/1/key",
                "/spec/selector/matchExpressions/1/operator",
                "/spec/selector/matchLabels/a",
                "/spec/strategy/type",
                "/spec/template/spec/preemptionPolicy",
                "/spec/template/spec/restartPolicy",
            ],
        ),
        (
            controller("ReplicaSet", json!({})),
            &[
                "/spec/selector/matchExpressions/0/operator",
                "/spec/selector/matchExpressions/0/values/0",
                "/spec/selector/matchExpressions/1/key",
                "/spec/selector/matchExpressions/1/operator",
                "/spec/selector/matchLabels/a",
                "/spec/template/spec/restartPolicy",
            ],
        ),
        (
            controller("DaemonSet", json!({"updateStrategy": {"type": "OnDelete"}})),
            &[
                "/spec/selector/matchExpressions/0/operator",
                "/spec/selector/matchExpressions/0/values/0",
                "/spec/selector/matchExpressions/1/key",
                "/spec/selector/matchExpressions/1/operator",
                "/spec/selector/matchLabels/a",
                "/spec/template/spec/restartPolicy",
                "/spec/updateStrategy/type",
            ],
        ),
        (
            controller("StatefulSet", stateful),
            &[
                "/spec/persistentVolumeClaimRetentionPolicy/whenDeleted",
                "/spec/persistentVolumeClaimRetentionPolicy/whenScaled",
                "/spec/podManagementPolicy",
                "/spec/selector/matchExpressions/0/operator",
                "/spec/selector/matchExpressions/0/values/0",
                "/spec/selector/matchExpressions/1/key",
                "/spec/selector/matchExpressions/1/operator",
                "/spec/selector/matchLabels/a",
                "/spec/template/spec/restartPolicy",
                "/spec/updateStrategy/type",
                "/spec/volumeClaimTemplates/0/spec/accessModes/0",
                "/spec/volumeClaimTemplates/0/spec/volumeMode",
            ],
        ),
        (
            object("batch/v1", "Job", job.clone()),
            &[
                "/spec/completionMode",
                "/spec/podFailurePolicy/rules/0/action",
                "/spec/podFailurePolicy/rules/0/onExitCodes/operator",
                "/spec/podFailurePolicy/rules/1/onPodConditions/0/status",
                "/spec/podReplacementPolicy",
                "/spec/template/spec/restartPolicy",
            ],
        ),
        (
            object(
                "batch/v1",
                "CronJob",
                json!({"schedule": "0 0 * * *", "concurrencyPolicy": "Allow", "jobTemplate": {"spec": job}}),
            ),
            &[
                "/spec/concurrencyPolicy",
                "/spec/jobTemplate/spec/completionMode",
                "/spec/jobTemplate/spec/template/spec/restartPolicy",
            ],
        ),
    ]
}

/// Objects of other kinds.
pub fn others() -> Vec<Specimen> {
    let service = json!({
        "type": "LoadBalancer", "ports": [{"port": 80, "protocol": "TCP"}], "sessionAffinity": "None",
        "externalTrafficPolicy": "Cluster", "internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack", "trafficDistribution": "PreferClose", "allocateLoadBalancerNodePorts": false,
    });
    let ports = json!([{"ports": [{"port": 80, "protocol": "TCP"}]}]);
    let backend = json!({"service": {"name": "a", "port": {"number": 80}}});
    let autoscaler = json!({
        "maxReplicas": 2, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "a"},
        "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}}],
        "behavior": {"scaleUp": {"selectPolicy": "Max", "policies": [{"type": "Pods", "value": 1, "periodSeconds": 10}]}},
    });
    vec![
        (
            object("v1", "Service", service),
            &[
                "/spec/externalTrafficPolicy",
                "/spec/internalTrafficPolicy",
                "/spec/ipFamilies/0",
                "/spec/ipFamilyPolicy",
                "/spec/ports/0/protocol",
                "/spec/sessionAffinity",
                "/spec/trafficDistribution",
                "/spec/type",
            ],
        ),
        (
            object("v1", "Service", json!({"type": "ExternalName", "externalName": "example.com"})),
            &[
                "/spec/ipFamilyPolicy",
                "/spec/sessionAffinity",
                "/spec/externalTrafficPolicy",
                "/spec/externalName",
            ],
        ),
        (object("v1", "PersistentVolumeClaim", claim()), &["/spec/accessModes/0", "/spec/volumeMode"]),
        (
            object(
                "networking.k8s.io/v1",
                "NetworkPolicy",
                json!({"podSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}, "policyTypes": ["Ingress"], "ingress": ports, "egress": ports}),
            ),
            &[
                "/spec/egress/0/ports/0/protocol",
                "/spec/ingress/0/ports/0/protocol",
                "/spec/policyTypes/0",
                "/spec/podSelector/matchExpressions/0/operator",
                "/spec/podSelector/matchExpressions/0/key",
            ],
        ),
        (
            object(
                "networking.k8s.io/v1",
                "Ingress",
                json!({"rules": [{"http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}]}),
            ),
            &["/spec/rules/0/http/paths/0/pathType"],
        ),
        (
            object(
                "policy/v1",
                "PodDisruptionBudget",
                json!({
                    "unhealthyPodEvictionPolicy": "AlwaysAllow",
                    "selector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]},
                }),
            ),
            &[
                "/spec/selector/matchExpressions/0/key",
                "/spec/selector/matchExpressions/0/operator",
                "/spec/unhealthyPodEvictionPolicy",
            ],
        ),
        (
            object("autoscaling/v2", "HorizontalPodAutoscaler", autoscaler),
            &[
                "/spec/behavior/scaleUp/policies/0/type",
                "/spec/behavior/scaleUp/selectPolicy",
                "/spec/metrics/0/resource/target/type",
                "/spec/metrics/0/type",
            ],
        ),
        (
            object(
                "resource.k8s.io/v1",
                "ResourceClaim",
                json!({"devices": {"requests": [
                    {"name": "a", "exactly": {"deviceClassName": "c", "allocationMode": "All"}},
                    {"name": "b", "firstAvailable": [{"name": "c", "deviceClassName": "c", "allocationMode": "All"}]},
                ]}}),
            ),
            &[
                "/spec/devices/requests/0/exactly/allocationMode",
                "/spec/devices/requests/1/firstAvailable/0/allocationMode",
            ],
        ),
    ]
}
