//! The schema of the kinds that Kubernetes itself serves, in the newest version whose rules are known.

use std::sync::LazyLock;

use super::Schema;

/// The groups and versions of [`built_in`]. A test compares `built_in.txt` with the server's own schema.
pub const BUILT_IN_GROUP_VERSIONS: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "apps/v1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "networking.k8s.io/v1",
    "node.k8s.io/v1",
    "policy/v1",
    "rbac.authorization.k8s.io/v1",
    "resource.k8s.io/v1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1",
];

static BUILT_IN: LazyLock<Schema> = LazyLock::new(|| Schema::from_text(include_str!("built_in.txt")));

/// Kinds that are served only as a part of others, such as `pods/eviction`: no object of them can be created.
const SUBRESOURCES: &[(&str, &str)] =
    &[("authentication.k8s.io/v1", "TokenRequest"), ("autoscaling/v1", "Scale"), ("policy/v1", "Eviction")];

/// Returns whether a kind is only served as a part of others.
pub fn is_subresource(api_version: &str, kind: &str) -> bool {
    SUBRESOURCES.contains(&(api_version, kind))
}

/// Returns the schema of the built-in kinds.
pub fn built_in() -> &'static Schema {
    &BUILT_IN
}

/// Returns the `apiVersion` under which Kubernetes serves a kind today that an older version served as another one:
/// `apps/v1` for a Deployment of `extensions/v1beta1`.
pub fn successor(api_version: &str, kind: &str) -> Option<&'static str> {
    let group = api_version.rsplit_once('/').map_or("", |(group, _)| group);
    let mut versions = BUILT_IN_GROUP_VERSIONS.iter().rev().copied();
    let of_group = |version: &&str| version.rsplit_once('/').map_or("", |(group, _)| group) == group;
    // Kinds that moved to another group are all from `extensions`.
    match group {
        "extensions" => versions.find(|version| {
            matches!(*version, "apps/v1" | "networking.k8s.io/v1") && BUILT_IN.knows(version, kind)
        }),
        _ => {
            versions.filter(of_group).find(|version| *version != api_version && BUILT_IN.knows(version, kind))
        }
    }
}

/// Versions that every supported version of Kubernetes has ceased to serve, and their kinds that went; all, where none
/// are named (<https://kubernetes.io/docs/reference/using-api/deprecation-guide/>).
const GONE: &[(&str, &[&str])] = &[
    ("apps/v1beta1", &[]),
    ("apps/v1beta2", &[]),
    ("autoscaling/v2beta1", &[]),
    ("autoscaling/v2beta2", &[]),
    ("batch/v1beta1", &[]),
    ("batch/v2alpha1", &[]),
    ("coordination.k8s.io/v1beta1", &["Lease"]),
    ("discovery.k8s.io/v1beta1", &[]),
    ("extensions/v1beta1", &[]),
    ("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"]),
    ("node.k8s.io/v1beta1", &[]),
    ("policy/v1beta1", &[]),
    ("rbac.authorization.k8s.io/v1alpha1", &[]),
    ("rbac.authorization.k8s.io/v1beta1", &[]),
    ("scheduling.k8s.io/v1beta1", &[]),
];

/// Returns whether no supported version of Kubernetes serves the kind.
pub fn is_gone(api_version: &str, kind: &str) -> bool {
    let is_named = |(version, kinds): &(&str, &[&str])| {
        *version == api_version && (kinds.is_empty() || kinds.contains(&kind))
    };
    GONE.iter().any(is_named)
        || (matches!(api_version, "v1" | "apps/v1" | "batch/v1") && !BUILT_IN.knows(api_version, kind))
}
