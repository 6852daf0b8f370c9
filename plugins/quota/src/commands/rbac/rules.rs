//! The rights of each command. Tests run each command as a user who has nothing else.

use serde::Serialize;

use super::args::RbacCommand;

/// One rule of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// The groups.
    pub api_groups: Vec<&'static str>,
    /// The resources.
    pub resources: Vec<&'static str>,
    /// The verbs.
    pub verbs: Vec<&'static str>,
}

/// Returns the rules that a command needs in the namespaces that it looks at.
pub fn rules(command: RbacCommand) -> Vec<Rule> {
    let autoscalers = || rule("autoscaling", &["horizontalpodautoscalers"], &["list"]);
    match command {
        // It reads files only.
        RbacCommand::Diff => Vec::new(),
        RbacCommand::Usage => vec![
            rule("", &["resourcequotas"], &["list", "watch"]),
            // Quotas of OpenShift and of the hierarchical namespace controller, where there are any.
            rule("", &["namespaces"], &["get"]),
            rule("hnc.x-k8s.io", &["hierarchicalresourcequotas"], &["list"]),
            rule("quota.openshift.io", &["appliedclusterresourcequotas"], &["list"]),
        ],
        RbacCommand::Limits => {
            [vec![rule("", &["limitranges"], &["list"]), rule("", &["pods"], &["get"])], workloads(&["get"])]
                .concat()
        }
        RbacCommand::Who => [counting(), vec![rule("metrics.k8s.io", &["pods"], &["list"])]].concat(),
        RbacCommand::Verify => {
            // When what has drifted was written.
            [counting(), vec![rule("", &["resourcequotas"], &["get"])]].concat()
        }
        RbacCommand::Lint => {
            let own = [
                rule("", &["limitranges", "resourcequotas"], &["list"]),
                // What Pod Security it enforces.
                rule("", &["namespaces"], &["get"]),
            ];
            [own.to_vec(), workloads(&["list"])].concat()
        }
        RbacCommand::Check => {
            // Whether what is named exists. That of a Secret would be a right to its content.
            let named = [
                rule("", &["configmaps", "limitranges", "resourcequotas", "services"], &["get"]),
                rule("autoscaling", &["horizontalpodautoscalers"], &["get"]),
                rule("networking.k8s.io", &["ingresses", "networkpolicies"], &["get"]),
                rule("policy", &["poddisruptionbudgets"], &["get"]),
                rule("resource.k8s.io", &["resourceclaims"], &["get"]),
            ];
            // What a quota among the manifests counts.
            [deciding(), named.to_vec(), vec![autoscalers()], workloads(&["get"]), counting()].concat()
        }
        RbacCommand::Fits => {
            let listed = [
                rule("", &["replicationcontrollers"], &["list"]),
                rule("apps", &["deployments", "replicasets", "statefulsets"], &["list"]),
                autoscalers(),
            ];
            [deciding(), workloads(&["get"]), listed.to_vec()].concat()
        }
        RbacCommand::Rollout => {
            let own = [
                rule("apps", &["daemonsets", "deployments", "statefulsets"], &["get", "list"]),
                rule("apps", &["replicasets"], &["list"]),
                autoscalers(),
            ];
            [deciding(), own.to_vec()].concat()
        }
        RbacCommand::WhatIf => {
            let own =
                [rule("", &["limitranges"], &["list"]), rule("", &["namespaces"], &["get"]), autoscalers()];
            // What the other quota counts that those of now do not.
            [own.to_vec(), workloads(&["list"]), counting()].concat()
        }
        RbacCommand::Explain => {
            let own = [
                rule("", &["events", "limitranges", "resourcequotas"], &["list"]),
                rule("", &["namespaces"], &["get"]),
                rule("", &["persistentvolumeclaims", "pods"], &["get", "list"]),
                rule("apps", &["controllerrevisions"], &["list"]),
                autoscalers(),
                rule("resource.k8s.io", &["resourceclaims", "resourceclaimtemplates"], &["list"]),
            ];
            [own.to_vec(), workloads(&["get", "list"])].concat()
        }
        RbacCommand::Recommend => sizing(),
        RbacCommand::Create => {
            let written = rule("", &["limitranges", "resourcequotas"], &["create", "get", "update"]);
            [sizing(), vec![written, rule("", &["resourcequotas"], &["watch"])]].concat()
        }
    }
}

/// Returns the rules for objects without a namespace, which only a ClusterRole can have. Without them the answer says what is
/// missing.
pub fn cluster_rules(command: RbacCommand) -> Vec<Rule> {
    let namespaces = || rule("", &["namespaces"], &["list"]);
    let nodes = || rule("", &["nodes"], &["list"]);
    // Those that are named, and all where a default counts.
    let classes = |of_runtime: &[&'static str]| {
        vec![
            rule("node.k8s.io", &["runtimeclasses"], of_runtime),
            rule("scheduling.k8s.io", &["priorityclasses"], &["get", "list"]),
            rule("storage.k8s.io", &["storageclasses"], &["get", "list"]),
        ]
    };
    // The overhead of pods.
    let runtime_classes = || rule("node.k8s.io", &["runtimeclasses"], &["list"]);
    let device_classes = || rule("resource.k8s.io", &["deviceclasses"], &["list"]);
    match command {
        RbacCommand::Diff | RbacCommand::Limits => Vec::new(),
        RbacCommand::Usage => vec![
            namespaces(),
            nodes(),
            rule("management.cattle.io", &["projects"], &["get", "list"]),
            rule("quota.openshift.io", &["clusterresourcequotas"], &["list"]),
        ],
        RbacCommand::Who | RbacCommand::Verify => vec![device_classes()],
        RbacCommand::Lint => [vec![namespaces()], classes(&["get", "list"])].concat(),
        RbacCommand::Recommend | RbacCommand::Create => vec![
            namespaces(),
            nodes(),
            runtime_classes(),
            // The default ones.
            rule("scheduling.k8s.io", &["priorityclasses"], &["list"]),
            rule("storage.k8s.io", &["storageclasses"], &["list"]),
        ],
        RbacCommand::Check => [vec![nodes(), device_classes()], classes(&["get"]), interceptors()].concat(),
        RbacCommand::Explain => [vec![nodes()], classes(&["get"])].concat(),
        RbacCommand::Fits | RbacCommand::Rollout => {
            [vec![namespaces(), nodes(), device_classes()], classes(&["get"]), interceptors()].concat()
        }
        RbacCommand::WhatIf => {
            [vec![namespaces(), nodes()], classes(&["get", "list"]), interceptors()].concat()
        }
    }
}

/// Returns what is needed to tell which webhooks and policies would see objects.
fn interceptors() -> Vec<Rule> {
    let resources = [
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
        "mutatingwebhookconfigurations",
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
        "validatingwebhookconfigurations",
    ];
    vec![rule("admissionregistration.k8s.io", &resources, &["list"])]
}

fn rule(group: &'static str, resources: &[&'static str], verbs: &[&'static str]) -> Rule {
    Rule { api_groups: vec![group], resources: resources.to_vec(), verbs: verbs.to_vec() }
}

fn workloads(verbs: &[&'static str]) -> Vec<Rule> {
    vec![
        rule("", &["replicationcontrollers"], verbs),
        rule("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], verbs),
        rule("batch", &["cronjobs", "jobs"], verbs),
    ]
}

/// Returns what is needed to count whatever quotas count: of kinds that quotas name otherwise, `list` is needed as well.
/// Only metadata is read of Secrets and ConfigMaps, which Kubernetes has no narrower right for.
fn counting() -> Vec<Rule> {
    let core = [
        "configmaps",
        "persistentvolumeclaims",
        "pods",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "serviceaccounts",
        "services",
    ];
    vec![
        rule("", &core, &["list"]),
        rule(
            "apps",
            &["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"],
            &["list"],
        ),
        rule("batch", &["cronjobs", "jobs"], &["list"]),
        rule("networking.k8s.io", &["ingresses", "networkpolicies"], &["list"]),
        rule("resource.k8s.io", &["resourceclaims"], &["list"]),
    ]
}

/// Returns what is needed to decide whether objects would be admitted.
fn deciding() -> Vec<Rule> {
    vec![
        rule("", &["limitranges", "resourcequotas"], &["list"]),
        rule("", &["namespaces", "serviceaccounts"], &["get"]),
        rule("", &["persistentvolumeclaims", "pods"], &["get", "list"]),
        rule("resource.k8s.io", &["resourceclaimtemplates"], &["get"]),
    ]
}

/// Returns what is needed to add up what runs.
fn sizing() -> Vec<Rule> {
    let core = [
        "configmaps",
        "limitranges",
        "persistentvolumeclaims",
        "pods",
        "resourcequotas",
        "secrets",
        "services",
    ];
    let mut rules = vec![rule("", &core, &["list"])];
    rules.extend(workloads(&["list"]));
    rules.push(rule("autoscaling", &["horizontalpodautoscalers"], &["list"]));
    rules
}
