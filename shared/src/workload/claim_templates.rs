//! The PersistentVolumeClaims of a StatefulSet.

use serde_json::Value;

use crate::{
    manifest::{
        Key, Manifest,
        json::{number, text},
    },
    model::kind::{Kind, kind_of},
};

/// Returns the kind of a claim.
pub fn claim_kind() -> Kind {
    kind_of("", "PersistentVolumeClaim", "persistentvolumeclaims")
}

/// Returns the ordinals of a StatefulSet's pods.
pub fn ordinals(set: &Value) -> std::ops::Range<usize> {
    let spec = &set["spec"];
    let start = number(&spec["ordinals"]["start"], 0);
    start..start + number(&spec["replicas"], 1)
}

/// Returns the names of a pod's claims, with their templates (`getPersistentVolumeClaimName`).
pub fn claims_of_pod<'a>(set: &'a Value, name: &str, ordinal: usize) -> Vec<(String, &'a Value)> {
    let templates = set["spec"]["volumeClaimTemplates"].as_array().map(Vec::as_slice).unwrap_or_default();
    let claim = |template: &'a Value| {
        let claim = text(&template["metadata"]["name"]);
        (format!("{claim}-{name}-{ordinal}"), template)
    };
    templates.iter().map(claim).collect()
}

/// Returns the key of the pod of an ordinal.
pub fn pod_key(set: &Manifest, ordinal: usize) -> Key {
    Key::new(&kind_of("", "Pod", "pods"), &set.namespace, &format!("{}-{ordinal}", set.name))
}

/// Returns all claims that the StatefulSet of a manifest would use; none for other kinds.
pub fn claims_of_set(manifest: &Manifest) -> Vec<(Key, Kind)> {
    if !manifest.kind.is("apps", "StatefulSet") || manifest.value["spec"]["volumeClaimTemplates"].is_null() {
        return Vec::new();
    }
    let kind = claim_kind();
    let names =
        ordinals(&manifest.value).flat_map(|ordinal| claims_of_pod(&manifest.value, &manifest.name, ordinal));
    names.map(|(name, _)| (Key::new(&kind, &manifest.namespace, &name), kind.clone())).collect()
}
