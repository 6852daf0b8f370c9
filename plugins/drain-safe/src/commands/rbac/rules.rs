//! The rights of each command.

use serde::Serialize;

use super::args::RbacCommand;

/// One rule of a ClusterRole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// The groups.
    pub api_groups: Vec<&'static str>,
    /// The resources.
    pub resources: Vec<&'static str>,
    /// The names of the objects; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_names: Vec<&'static str>,
    /// The verbs.
    pub verbs: Vec<&'static str>,
}

/// Returns the rules that a command needs.
pub fn rules(command: RbacCommand) -> Vec<Rule> {
    let lock = || rule("coordination.k8s.io", &["leases"], &["get", "create", "update"]);
    match command {
        RbacCommand::Export => kinds_with(&["list"]),
        // One namespace tells whose etcd it is.
        RbacCommand::Backup => [kinds_with(&["list"]), vec![named("", "namespaces", "kube-system")]].concat(),
        RbacCommand::Restore => kinds_with(&["get", "create"]),
        RbacCommand::Plan | RbacCommand::Explain | RbacCommand::Doctor => reading(),
        RbacCommand::Status => [reading(), vec![rule("coordination.k8s.io", &["leases"], &["get"])]].concat(),
        RbacCommand::Drain | RbacCommand::Resume | RbacCommand::Rolling => {
            let acting = vec![
                rule("", &["nodes"], &["get", "watch", "patch"]),
                rule("", &["pods"], &["get", "watch", "patch", "create"]),
                // They tell why replacements are missing.
                rule("", &["events"], &["list", "watch"]),
                rule("apps", &["deployments"], &["watch", "patch"]),
                rule("", &["pods/eviction"], &["create"]),
                rule("policy", &["poddisruptionbudgets"], &["watch"]),
                rule("storage.k8s.io", &["volumeattachments"], &["watch"]),
                lock(),
            ];
            [reading(), acting].concat()
        }
        RbacCommand::Undo => vec![
            rule("", &["nodes"], &["get", "list", "patch"]),
            rule("", &["pods"], &["get", "list", "patch", "create"]),
            rule("apps", &["deployments"], &["get", "list", "watch", "patch"]),
            lock(),
        ],
        RbacCommand::Finish => vec![
            rule("", &["nodes"], &["get", "list", "watch", "patch"]),
            rule("", &["pods"], &["list"]),
            rule("apps", &["deployments"], &["list"]),
            lock(),
        ],
    }
}

fn rule(group: &'static str, resources: &[&'static str], verbs: &[&'static str]) -> Rule {
    Rule {
        api_groups: vec![group],
        resources: resources.to_vec(),
        resource_names: Vec::new(),
        verbs: verbs.to_vec(),
    }
}

fn named(group: &'static str, resource: &'static str, name: &'static str) -> Rule {
    Rule { resource_names: vec![name], ..rule(group, &[resource], &["get"]) }
}

/// Returns what a plan reads: nodes and pods are required, of the rest an answer without it says so.
fn reading() -> Vec<Rule> {
    vec![
        rule("", &["nodes", "pods", "namespaces"], &["list"]),
        rule(
            "",
            &["persistentvolumes", "persistentvolumeclaims", "resourcequotas", "limitranges"],
            &["list"],
        ),
        rule("", &["replicationcontrollers"], &["get", "list"]),
        rule("", &["services"], &["get"]),
        named("", "configmaps", "cluster-autoscaler-status"),
        rule(
            "admissionregistration.k8s.io",
            &["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
            &["list"],
        ),
        rule("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &["get", "list"]),
        rule("autoscaling", &["horizontalpodautoscalers"], &["list"]),
        rule("batch", &["jobs"], &["get", "list"]),
        rule("coordination.k8s.io", &["leases"], &["list"]),
        rule("policy", &["poddisruptionbudgets"], &["get", "list"]),
        rule("storage.k8s.io", &["csidrivers", "csinodes", "storageclasses", "volumeattachments"], &["list"]),
    ]
}

/// Returns the rules for what is exported, with Secrets.
fn kinds_with(verbs: &[&'static str]) -> Vec<Rule> {
    let list = |group, resources: &[&'static str]| rule(group, resources, verbs);
    vec![
        list(
            "",
            &[
                "configmaps",
                "limitranges",
                "namespaces",
                "persistentvolumeclaims",
                "persistentvolumes",
                "pods",
                "replicationcontrollers",
                "resourcequotas",
                "secrets",
                "serviceaccounts",
                "services",
            ],
        ),
        list("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"]),
        list("autoscaling", &["horizontalpodautoscalers"]),
        list("batch", &["cronjobs", "jobs"]),
        list("networking.k8s.io", &["ingresses", "networkpolicies"]),
        list("policy", &["poddisruptionbudgets"]),
        list("rbac.authorization.k8s.io", &["rolebindings", "roles"]),
        list("scheduling.k8s.io", &["priorityclasses"]),
        list("storage.k8s.io", &["storageclasses"]),
    ]
}
