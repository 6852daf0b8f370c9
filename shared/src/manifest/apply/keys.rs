//! The fields that identify the items of a list (`patchMergeKey` of the types in `k8s.io/api`).

use serde_json::Value;

/// Lists with a key, by the name of their field. Ports of containers and of services have different ones.
const KEYS: &[(&str, &[&str])] = &[
    ("containers", &["name"]),
    ("initContainers", &["name"]),
    ("ephemeralContainers", &["name"]),
    ("env", &["name"]),
    ("ports", &["containerPort", "port"]),
    ("volumes", &["name"]),
    ("volumeMounts", &["mountPath"]),
    ("volumeDevices", &["devicePath"]),
    ("imagePullSecrets", &["name"]),
    ("hostAliases", &["ip"]),
    ("topologySpreadConstraints", &["topologyKey"]),
    ("resourceClaims", &["name"]),
    ("schedulingGates", &["name"]),
    ("ownerReferences", &["uid"]),
    ("conditions", &["type"]),
];

/// Returns the key that all these items have; `None` where the list is replaced as a whole.
pub(super) fn key_of<'a>(
    field: &str,
    items: impl Iterator<Item = &'a Value> + Clone,
) -> Option<&'static str> {
    let (_, keys) = KEYS.iter().find(|(name, _)| *name == field)?;
    keys.iter().copied().find(|key| items.clone().all(|item| !item[*key].is_null()))
}

/// Returns whether kubectl drops the fields of a structure that the manifest does not name (`patchStrategy` with
/// `retainKeys`), since one of several forms replaces the other. An item of a list goes by the list's field.
pub(super) fn keeps_only_what_is_named(field: &str) -> bool {
    matches!(field, "strategy" | "volumes" | "resourceClaims")
}
