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
    /// The verbs.
    pub verbs: Vec<&'static str>,
}

/// Returns the rules that a command needs. All of these read the same: nodes and pods are required, of the rest an answer
/// without it says so.
pub fn rules(command: RbacCommand) -> Vec<Rule> {
    let read = |group: &'static str, resources: &[&'static str], verbs: &[&'static str]| Rule {
        api_groups: vec![group],
        resources: resources.to_vec(),
        verbs: verbs.to_vec(),
    };
    match command {
        RbacCommand::Export => kinds_to_export(),
        RbacCommand::Plan | RbacCommand::Explain | RbacCommand::Doctor => vec![
            read("", &["nodes", "pods", "namespaces"], &["list"]),
            read(
                "",
                &["persistentvolumes", "persistentvolumeclaims", "resourcequotas", "limitranges"],
                &["list"],
            ),
            read("", &["replicationcontrollers"], &["get", "list"]),
            read("", &["services"], &["get"]),
            read(
                "admissionregistration.k8s.io",
                &["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
                &["list"],
            ),
            read("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"], &["get", "list"]),
            read("autoscaling", &["horizontalpodautoscalers"], &["list"]),
            read("batch", &["jobs"], &["get", "list"]),
            read("coordination.k8s.io", &["leases"], &["list"]),
            read("policy", &["poddisruptionbudgets"], &["get", "list"]),
            read(
                "storage.k8s.io",
                &["csidrivers", "csinodes", "storageclasses", "volumeattachments"],
                &["list"],
            ),
        ],
    }
}

/// Returns the rules of an export with Secrets.
fn kinds_to_export() -> Vec<Rule> {
    let list = |group: &'static str, resources: &[&'static str]| Rule {
        api_groups: vec![group],
        resources: resources.to_vec(),
        verbs: vec!["list"],
    };
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
