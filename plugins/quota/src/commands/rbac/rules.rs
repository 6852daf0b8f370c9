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
            [vec![rule("", &["limitranges", "resourcequotas"], &["list"])], workloads(&["list"])].concat()
        }
        RbacCommand::Check => {
            let others = vec![
                rule("", &["configmaps", "services"], &["get"]),
                rule("apps", &["replicasets"], &["list"]),
                autoscalers(),
            ];
            [deciding(), others, workloads(&["get"])].concat()
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
            let own = [
                rule("", &["limitranges", "persistentvolumeclaims", "resourcequotas"], &["list"]),
                rule("", &["namespaces"], &["get"]),
                autoscalers(),
            ];
            [own.to_vec(), workloads(&["list"])].concat()
        }
        RbacCommand::Explain => [
            deciding(),
            workloads(&["get", "list"]),
            vec![
                autoscalers(),
                rule("", &["events"], &["list"]),
                rule("apps", &["controllerrevisions"], &["list"]),
            ],
        ]
        .concat(),
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
    let classes = |verbs: &[&'static str]| {
        vec![
            rule("node.k8s.io", &["runtimeclasses"], &["get"]),
            rule("scheduling.k8s.io", &["priorityclasses"], verbs),
            rule("storage.k8s.io", &["storageclasses"], verbs),
        ]
    };
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
        RbacCommand::Lint => [vec![namespaces()], classes(&["get"])].concat(),
        RbacCommand::Recommend | RbacCommand::Create => vec![namespaces()],
        RbacCommand::Check => [vec![nodes()], classes(&["get", "list"]), interceptors()].concat(),
        RbacCommand::Fits => {
            [vec![namespaces(), nodes(), device_classes()], classes(&["get", "list"]), interceptors()]
                .concat()
        }
        RbacCommand::Rollout | RbacCommand::Explain | RbacCommand::WhatIf => {
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
        rule("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &["list"]),
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
