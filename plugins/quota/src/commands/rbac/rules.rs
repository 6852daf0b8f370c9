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
    match command {
        RbacCommand::Usage => vec![
            rule("", &["resourcequotas"], &["list", "watch"]),
            // Quotas of OpenShift and of the hierarchical namespace controller, where there are any.
            rule("", &["namespaces"], &["get"]),
            rule("hnc.x-k8s.io", &["hierarchicalresourcequotas"], &["list"]),
            rule("quota.openshift.io", &["appliedclusterresourcequotas"], &["list"]),
        ],
        RbacCommand::Limits => {
            [vec![rule("", &["limitranges", "pods"], &["get", "list"])], workloads(&["get"])].concat()
        }
        RbacCommand::Who | RbacCommand::Verify => counting(),
        RbacCommand::Lint => {
            [vec![rule("", &["resourcequotas", "limitranges"], &["list"])], workloads(&["list"])].concat()
        }
        RbacCommand::Check
        | RbacCommand::Fits
        | RbacCommand::Rollout
        | RbacCommand::WhatIf
        | RbacCommand::Explain => deciding(),
        RbacCommand::Recommend => {
            [deciding(), vec![rule("", &["configmaps", "secrets"], &["list"])]].concat()
        }
        RbacCommand::Create => [
            deciding(),
            vec![
                rule("", &["configmaps", "secrets"], &["list"]),
                rule("", &["resourcequotas", "limitranges"], &["create", "patch", "update", "watch"]),
            ],
        ]
        .concat(),
    }
}

/// Returns the rules for objects without a namespace, which only a ClusterRole can have. Without them the answer says what is
/// missing.
pub fn cluster_rules(command: RbacCommand) -> Vec<Rule> {
    let namespaces = || rule("", &["namespaces"], &["get", "list"]);
    match command {
        RbacCommand::Usage => vec![
            namespaces(),
            rule("", &["nodes"], &["list"]),
            rule("management.cattle.io", &["projects"], &["get", "list"]),
            rule("quota.openshift.io", &["clusterresourcequotas"], &["list"]),
        ],
        RbacCommand::Limits => vec![namespaces()],
        RbacCommand::Who | RbacCommand::Verify => {
            vec![namespaces(), rule("resource.k8s.io", &["deviceclasses"], &["list"])]
        }
        _ => vec![
            namespaces(),
            rule("", &["nodes"], &["list"]),
            rule("node.k8s.io", &["runtimeclasses"], &["get", "list"]),
            rule("resource.k8s.io", &["deviceclasses"], &["get", "list"]),
            rule("scheduling.k8s.io", &["priorityclasses"], &["get", "list"]),
            rule("storage.k8s.io", &["storageclasses"], &["get", "list"]),
            rule(
                "admissionregistration.k8s.io",
                &[
                    "mutatingadmissionpolicies",
                    "mutatingadmissionpolicybindings",
                    "mutatingwebhookconfigurations",
                    "validatingadmissionpolicies",
                    "validatingadmissionpolicybindings",
                    "validatingwebhookconfigurations",
                ],
                &["list"],
            ),
        ],
    }
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
        rule("", &["pods", "resourcequotas"], &["get"]),
        rule("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &["list"]),
        rule("batch", &["cronjobs", "jobs"], &["list"]),
        rule("metrics.k8s.io", &["pods"], &["list"]),
        rule("networking.k8s.io", &["ingresses", "networkpolicies"], &["list"]),
        rule("resource.k8s.io", &["resourceclaims"], &["list"]),
    ]
}

/// Returns what is needed to decide whether objects would be admitted.
fn deciding() -> Vec<Rule> {
    let core = [
        "events",
        "limitranges",
        "persistentvolumeclaims",
        "pods",
        "resourcequotas",
        "serviceaccounts",
        "services",
    ];
    [
        vec![rule("", &core, &["get", "list"])],
        workloads(&["get", "list"]),
        vec![
            rule("apps", &["controllerrevisions"], &["list"]),
            rule("autoscaling", &["horizontalpodautoscalers"], &["get", "list"]),
            rule("resource.k8s.io", &["resourceclaims", "resourceclaimtemplates"], &["get", "list"]),
        ],
    ]
    .concat()
}
