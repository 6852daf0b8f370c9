//! A control plane with a namespace that has something of everything that commands look at.

use std::sync::OnceLock;

use cluster::{Cluster, Options};
use serde_json::{Value, json};
use support::{TestEnv, executable};

use super::other_kinds;
use crate::{
    objects::{
        autoscaler, batch, config_map, cpu, deployment, limit_range, pod, quota, service, template, workload,
    },
    support::QUOTA,
};

/// The namespace.
pub const NAMESPACE: &str = "rights";

/// Another one, whose quota tells no classes apart.
pub const PLAIN: &str = "plain";

/// The Secrets of an audit log are logged whole, as they were answered.
const AUDIT: &str = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: RequestResponse
  verbs: [get, list, patch, update, watch]
  resources: [{group: '', resources: [secrets]}]
- level: Metadata
";

/// Returns the control plane of these tests. Nothing else happens on it.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let home = TestEnv::new();
        let policy = home.file("policy.yaml", AUDIT);
        let api_server_flags = vec![format!("--audit-policy-file={}", policy.display())];
        let quota_sync_period = Some(std::time::Duration::from_secs(24 * 60 * 60));
        let options = Options { audit: true, api_server_flags, quota_sync_period, ..Options::default() };
        let cluster = Cluster::start(options).expect("a control plane");
        // The API server has read it.
        drop(home);
        fill(&cluster);
        cluster
    })
}

/// Returns the administrator.
pub fn administrator() -> TestEnv {
    files(TestEnv::on(cluster()).program(executable(QUOTA)))
}

/// Adds the files that command lines name.
pub fn files(env: TestEnv) -> TestEnv {
    let mut set = workload("StatefulSet", NAMESPACE, "db", 4, with_claim(template("db", &cpu("100m"))));
    set["spec"]["volumeClaimTemplates"] = claims();
    let mut named = classed("fresh");
    named["spec"]["resourceClaims"] = json!([{"name": "devices", "resourceClaimTemplateName": "devices"}]);
    let mut kinds = vec![
        set,
        deployment(NAMESPACE, "web", 3, classed("web")),
        deployment(NAMESPACE, "fresh", 1, named),
        workload("DaemonSet", NAMESPACE, "agent", 0, template("agent", &cpu("10m"))),
        workload("ReplicaSet", NAMESPACE, "lone", 2, template("lone", &cpu("100m"))),
        batch("Job", NAMESPACE, "another", &json!({"template": finishing()})),
        batch("CronJob", NAMESPACE, "nightly", &scheduled(finishing())),
        pod(NAMESPACE, "bare", &cpu("100m")),
        service(NAMESPACE, "web", "ClusterIP"),
        config_map(NAMESPACE, "settings"),
    ];
    kinds.push(controller(2));
    let named = |version: &str, kind: &str, name: &str, spec: Value| {
        let metadata = json!({"name": name, "namespace": NAMESPACE});
        json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec})
    };
    kinds.extend([
        named("v1", "PersistentVolumeClaim", "data", claims()[0]["spec"].clone()),
        named("networking.k8s.io/v1", "NetworkPolicy", "web", json!({"podSelector": {}})),
        named("networking.k8s.io/v1", "Ingress", "web", backend()),
        named("policy/v1", "PodDisruptionBudget", "web", json!({"maxUnavailable": 1})),
        named("resource.k8s.io/v1", "ResourceClaim", "devices", devices()),
        autoscaler(NAMESPACE, "web", "web", 9),
    ]);
    let list = |objects: &[Value]| json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
    env.file("new.yaml", list(&kinds));
    // Of these, everything names its classes.
    env.file("named.yaml", list(&[deployment(NAMESPACE, "web", 3, classed("web"))]));
    let mut many = workload("StatefulSet", NAMESPACE, "many", 51, with_claim(template("many", &cpu("1m"))));
    many["spec"]["volumeClaimTemplates"] = without_class(claims());
    env.file("many.yaml", list(&[many]));
    // What exists is counted for a quota that does not.
    let mut hard = json!({"pods": "40", "services": "9", "requests.storage": "9Gi"});
    for resource in COUNTED {
        hard[format!("count/{resource}")] = json!("19");
    }
    let range = limit_range(NAMESPACE, "more", &json!({"type": "Container", "max": {"cpu": "8"}}));
    let rules = [quota(NAMESPACE, "another", &hard), range, service(NAMESPACE, "more", "NodePort")];
    env.file("quota.yaml", list(&rules));
    let secret = json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "one", "namespace": NAMESPACE, "labels": {"a": "b"}},
    });
    env.file("secret.yaml", secret.to_string());
    env.file("old.yaml", list(&[quota(NAMESPACE, "compute", &json!({"pods": "1"}))]));
    env.file("new-quota.yaml", list(&[quota(NAMESPACE, "compute", &json!({"pods": "2"}))]));
    env
}

/// What is counted in this fixture by the name that all kinds have.
const COUNTED: [&str; 17] = [
    "configmaps",
    "controllerrevisions.apps",
    "cronjobs.batch",
    "daemonsets.apps",
    "deployments.apps",
    "ingresses.networking.k8s.io",
    "jobs.batch",
    "networkpolicies.networking.k8s.io",
    "persistentvolumeclaims",
    "replicasets.apps",
    "replicationcontrollers",
    "resourceclaims.resource.k8s.io",
    "resourcequotas",
    "secrets",
    "serviceaccounts",
    "services",
    "statefulsets.apps",
];

fn backend() -> Value {
    json!({"defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}})
}

/// What a claim of a device asks for.
fn devices() -> Value {
    json!({"devices": {"requests": [{"name": "device", "exactly": {"deviceClassName": "gpu"}}]}})
}

/// A template whose pods name a priority, a runtime, and a claim of devices by a template.
fn classed(app: &str) -> Value {
    let mut template = template(app, &cpu("100m"));
    template["spec"]["priorityClassName"] = json!("important");
    template["spec"]["runtimeClassName"] = json!("sandboxed");
    template["spec"]["serviceAccountName"] = json!("robot");
    template
}

fn finishing() -> Value {
    let mut template = template("once", &cpu("10m"));
    template["spec"]["restartPolicy"] = json!("Never");
    template
}

fn scheduled(template: Value) -> Value {
    json!({"schedule": "0 3 1 1 *", "jobTemplate": {"spec": {"template": template}}})
}

fn on_host(mut template: Value) -> Value {
    template["spec"]["hostNetwork"] = json!(true);
    template
}

/// A template whose pods bring a claim of storage and one of devices along.
fn with_scratch(mut template: Value) -> Value {
    let claim = json!({"spec": claims()[0]["spec"]});
    template["spec"]["volumes"] = json!([{"name": "scratch", "ephemeral": {"volumeClaimTemplate": claim}}]);
    template["spec"]["resourceClaims"] = json!([{"name": "devices", "resourceClaimTemplateName": "devices"}]);
    template
}

fn controller(replicas: usize) -> Value {
    let mut old = workload("ReplicationController", NAMESPACE, "old", replicas, template("old", &cpu("10m")));
    old["apiVersion"] = json!("v1");
    old["spec"]["selector"] = json!({"app": "old"});
    old
}

fn claims() -> Value {
    json!([{
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "none", "resources": {"requests": {"storage": "1Gi"}}},
    }])
}

fn without_class(mut claims: Value) -> Value {
    claims[0]["spec"].as_object_mut().expect("a spec").remove("storageClassName");
    claims
}

fn with_claim(mut template: Value) -> Value {
    template["spec"]["containers"][0]["volumeMounts"] = json!([{"name": "data", "mountPath": "/data"}]);
    template
}

/// Fills the other namespace with what names classes.
fn fill_plain(cluster: &Cluster) {
    let create = |object: &Value| drop(cluster.api().create(object).expect("an object"));
    create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": PLAIN}}));
    create(&quota(PLAIN, "compute", &json!({"pods": "9"})));
    let mut set = workload("StatefulSet", PLAIN, "db", 1, with_claim(classed("db")));
    set["spec"]["volumeClaimTemplates"] = claims();
    create(&set);
}

fn fill(cluster: &Cluster) {
    let create = |object: &Value| drop(cluster.api().create(object).expect("an object"));
    fill_plain(cluster);
    other_kinds::define(cluster);
    let (mut labels, annotations) = other_kinds::metadata();
    labels["team"] = json!("a");
    labels["pod-security.kubernetes.io/enforce"] = json!("baseline");
    let metadata = json!({"name": NAMESPACE, "labels": labels, "annotations": annotations});
    create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}));
    other_kinds::fill(cluster);
    let account = format!("/api/v1/namespaces/{NAMESPACE}/serviceaccounts/default");
    cluster.api().wait_for(&account, "the service account", |_| true).expect("a service account");
    create(&json!({
        "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "important"}, "value": 1000,
    }));
    create(&json!({
        "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "usual"}, "value": 10,
        "globalDefault": true,
    }));
    create(&json!({
        "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "example.com/none",
        "metadata": {"name": "none", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
    }));
    let of_devices = |kind: &str, metadata: Value, spec: Value| json!({"apiVersion": "resource.k8s.io/v1", "kind": kind, "metadata": metadata, "spec": spec});
    let in_namespace = || json!({"name": "devices", "namespace": NAMESPACE});
    create(&of_devices(
        "DeviceClass",
        json!({"name": "gpu"}),
        json!({"extendedResourceName": "example.com/dongle"}),
    ));
    create(&of_devices("ResourceClaimTemplate", in_namespace(), json!({"spec": devices()})));
    create(&of_devices("ResourceClaim", in_namespace(), devices()));
    create(&json!({
        "apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "sandboxed"}, "handler": "sandbox",
        "overhead": {"podFixed": {"cpu": "10m"}},
    }));
    create(
        &json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "robot", "namespace": NAMESPACE}}),
    );
    for name in ["one", "two"] {
        create(&json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": NAMESPACE},
            "stringData": {"password": "hunter2"},
        }));
    }
    create(&config_map(NAMESPACE, "settings"));
    create(&service(NAMESPACE, "web", "NodePort"));
    let of_network = |kind: &str, spec: Value| {
        json!({
            "apiVersion": "networking.k8s.io/v1", "kind": kind, "metadata": {"name": "web", "namespace": NAMESPACE}, "spec": spec,
        })
    };
    create(&of_network("NetworkPolicy", json!({"podSelector": {}})));
    create(&of_network("Ingress", backend()));
    let item =
        json!({"type": "Container", "defaultRequest": {"memory": "32Mi"}, "default": {"memory": "64Mi"}});
    create(&limit_range(NAMESPACE, "defaults", &item));
    let mut hard = json!({
        "none.storageclass.storage.k8s.io/requests.storage": "9Gi", "requests.cpu": "3", "pods": "40", "services": "9", "configmaps": "9", "secrets": "9", "requests.storage": "9Gi",
        "replicationcontrollers": "9", "resourcequotas": "9", "requests.example.com/dongle": "8",
        "gpu.deviceclass.resource.k8s.io/devices": "8",
    });
    for resource in [
        "jobs.batch",
        "cronjobs.batch",
        "deployments.apps",
        "replicasets.apps",
        "statefulsets.apps",
        "daemonsets.apps",
        "serviceaccounts",
        "ingresses.networking.k8s.io",
        "networkpolicies.networking.k8s.io",
    ] {
        hard[format!("count/{resource}")] = json!("19");
    }
    create(&quota(NAMESPACE, "compute", &hard));
    let mut important = quota(NAMESPACE, "important", &json!({"pods": "9"}));
    important["spec"]["scopeSelector"]["matchExpressions"] =
        json!([{"scopeName": "PriorityClass", "operator": "In", "values": ["important"]}]);
    create(&important);
    let path = format!("/api/v1/namespaces/{NAMESPACE}/resourcequotas/compute");
    let is_counted = |quota: &Value| quota["status"]["hard"] == quota["spec"]["hard"];
    cluster.api().wait_for(&path, "a count", is_counted).expect("a count");

    create(&deployment(NAMESPACE, "web", 2, classed("web")));
    create(&deployment(NAMESPACE, "stuck", 2, template("stuck", &cpu("2"))));
    // No pod of these is ever admitted: the quota has less for all of them.
    create(&deployment(NAMESPACE, "vast", 1, with_scratch(template("vast", &cpu("4")))));
    let mut wide = workload("StatefulSet", NAMESPACE, "wide", 1, with_claim(template("wide", &cpu("4"))));
    wide["spec"]["volumeClaimTemplates"] = without_class(claims());
    create(&wide);
    // Pod Security refuses its pods, which nothing tells of before its schedule comes.
    create(&batch("CronJob", NAMESPACE, "privileged", &scheduled(on_host(finishing()))));
    create(&autoscaler(NAMESPACE, "web", "web", 9));
    let mut set = workload("StatefulSet", NAMESPACE, "db", 2, with_claim(template("db", &cpu("100m"))));
    set["spec"]["volumeClaimTemplates"] = claims();
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 1}});
    create(&set);
    create(&workload("DaemonSet", NAMESPACE, "agent", 0, template("agent", &cpu("10m"))));
    create(&workload("ReplicaSet", NAMESPACE, "lone", 1, template("lone", &cpu("10m"))));
    create(&controller(1));
    create(&batch("Job", NAMESPACE, "once", &json!({"template": finishing()})));
    create(&batch("CronJob", NAMESPACE, "nightly", &scheduled(finishing())));
    create(&pod(NAMESPACE, "bare", &cpu("10m")));
    // A pod that does not go as long as a finalizer keeps it: its grace period is long enough to count.
    let mut leaving = pod(NAMESPACE, "leaving", &cpu("10m"));
    leaving["metadata"]["labels"] = json!({"app": "web"});
    leaving["metadata"]["finalizers"] = json!(["example.com/keep"]);
    leaving["spec"]["terminationGracePeriodSeconds"] = json!(24 * 60 * 60);
    create(&leaving);
    let pods = format!("/api/v1/namespaces/{NAMESPACE}/pods");
    cluster.api().delete(&format!("{pods}/leaving")).expect("a pod to delete");
    let events = format!("/api/v1/namespaces/{NAMESPACE}/events");
    let is_about = |event: &Value, name: &str| {
        let object = event["involvedObject"]["name"].as_str().unwrap_or_default();
        object.starts_with(name)
            && event["message"].as_str().is_some_and(|message| message.contains("exceeded quota: compute"))
    };
    for name in ["stuck-", "vast-", "wide"] {
        let tells = |events: &[Value]| events.iter().any(|event| is_about(event, name));
        cluster.api().wait(&events, "", "a refusal", tells).expect("a refusal");
    }
    // A rollout that stays where it is: only one of two pods is to be of the new template.
    let db = format!("/apis/apps/v1/namespaces/{NAMESPACE}/statefulsets/db");
    let has_pods = |set: &Value| set["status"]["replicas"] == 2;
    cluster.api().wait_for(&db, "two pods", has_pods).expect("two pods");
    let labels = json!({"spec": {"template": {"metadata": {"labels": {"version": "2"}}}}});
    cluster.api().merge_patch(&db, &labels).expect("another template");
    let waits = |set: &Value| {
        let status = &set["status"];
        has_pods(set)
            && status["observedGeneration"] == set["metadata"]["generation"]
            && status["updatedReplicas"] == 1
            && status["currentRevision"] != status["updateRevision"]
    };
    cluster.api().wait_for(&db, "a rollout that waits", waits).expect("a rollout");
    // Of a DaemonSet that gets no ControllerRevision, only the nodes tell how many pods it wants.
    let revisions = format!("/apis/apps/v1/namespaces/{NAMESPACE}/controllerrevisions");
    let all = |revisions: &[Value]| revisions.len() == 4;
    cluster.api().wait(&revisions, "", "two of db, and one of wide and agent", all).expect("revisions");
    let full = json!({"spec": {"hard": {"count/controllerrevisions.apps": "4"}}});
    cluster.api().merge_patch(&path, &full).expect("another limit");
    cluster.api().wait_for(&path, "a count", is_counted).expect("a count");
    create(&workload("DaemonSet", NAMESPACE, "unseen", 0, template("unseen", &cpu("10m"))));
    // Counted anew until everything is recorded that is there: what is charged in between may be overwritten.
    for _ in 0..100 {
        for limit in [json!("1"), Value::Null] {
            let again = json!({"spec": {"hard": {"count/again.example.com": limit}}});
            cluster.api().merge_patch(&path, &again).expect("another limit");
            cluster.api().wait_for(&path, "a count", is_counted).expect("a count");
        }
        let used = cluster.api().get(&path).expect("a quota")["status"]["used"].clone();
        if used["requests.storage"] == "3Gi"
            && used["count/replicasets.apps"] == "4"
            && used["count/controllerrevisions.apps"] == "4"
            && used["count/jobs.batch"] == "1"
        {
            return;
        }
    }
    panic!("the quota never counts what is there");
}
