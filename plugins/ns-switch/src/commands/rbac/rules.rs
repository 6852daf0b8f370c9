//! The rights of each command.

use serde::Serialize;

use super::args::RoleOf;
use crate::users::SIGNER;

/// One rule of a ClusterRole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    api_groups: Vec<&'static str>,
    resources: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resource_names: Vec<&'static str>,
    verbs: Vec<&'static str>,
}

const RBAC: &str = "rbac.authorization.k8s.io";
const CERTIFICATES: &str = "certificates.k8s.io";
const APPLY: &[&str] = &["get", "create", "patch"];

/// Returns the rules that a command needs.
pub fn rules(command: RoleOf) -> Vec<Rule> {
    match command {
        RoleOf::To | RoleOf::Use => vec![rule("", &["namespaces"], &["get"])],
        RoleOf::List => vec![
            rule("", &["namespaces"], &["list"]),
            // For -o wide.
            rule("", &["resourcequotas"], &["list"]),
        ],
        RoleOf::Create => vec![
            rule("", &["namespaces", "limitranges", "resourcequotas", "serviceaccounts"], APPLY),
            rule("networking.k8s.io", &["networkpolicies"], APPLY),
            rule(RBAC, &["rolebindings"], APPLY),
            // Who binds a role has to have its rights, or this one.
            Rule {
                resource_names: vec!["view", "edit", "admin"],
                ..rule(RBAC, &["clusterroles"], &["bind"])
            },
            // Which network plugin runs.
            rule("apps", &["daemonsets"], &["list"]),
        ],
        RoleOf::User => vec![
            rule(CERTIFICATES, &["certificatesigningrequests"], &["create", "get", "list"]),
            rule(CERTIFICATES, &["certificatesigningrequests/approval"], &["update"]),
            Rule { resource_names: vec![SIGNER], ..rule(CERTIFICATES, &["signers"], &["approve"]) },
            rule("", &["serviceaccounts/token"], &["create"]),
        ],
        RoleOf::Whoami => vec![
            rule("authentication.k8s.io", &["selfsubjectreviews"], &["create"]),
            rule(
                "authorization.k8s.io",
                &["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
                &["create"],
            ),
        ],
        RoleOf::Contexts => vec![rule("authentication.k8s.io", &["selfsubjectreviews"], &["create"])],
    }
}

fn rule(group: &'static str, resources: &[&'static str], verbs: &[&'static str]) -> Rule {
    Rule { api_groups: vec![group], resources: resources.to_vec(), verbs: verbs.to_vec(), ..Rule::default() }
}
