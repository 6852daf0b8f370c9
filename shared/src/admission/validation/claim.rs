//! Which claims the API server calls invalid (`ValidatePersistentVolumeClaimSpec` in `pkg/apis/core/validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints},
    selector::label_selector_complaints,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{manifest::json::text, quantity::Quantity};

const ACCESS_MODES: &[&str] = &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

const MODES: &[Enumeration] = &[Enumeration::always("accessModes*", ACCESS_MODES)];

const SHAPES: &[Shape] = &[Shape("storageClassName", &[Rule::Subdomain])];

const VOLUME_MODE: &[Enumeration] = &[Enumeration::optional("volumeMode", &["Block", "Filesystem"])];

/// Returns the complaints about a claim's spec, which stands at `path`.
pub fn claim_spec_complaints(spec: &Value, path: &str) -> Vec<String> {
    let storage = &spec["resources"]["requests"]["storage"];
    let storage = serde_json::from_value::<Option<Quantity>>(storage.clone());
    // What is not a quantity was refused before.
    let storage = storage.unwrap_or_default().map(|storage| storage.as_stored());
    let mut complaints = access_mode_complaints(spec, path);
    complaints.extend(storage_complaint(storage.as_ref(), path));
    complaints.extend(label_selector_complaints(&spec["selector"], &format!("{path}.selector")));
    complaints.extend(shape_complaints(spec, SHAPES, path));
    complaints.extend(enumeration_complaints(spec, VOLUME_MODE, path));
    complaints
}

/// Returns the complaints about the modes of a claim that changes; its storage has rules of its own.
pub(super) fn changed_claim_complaints(spec: &Value) -> Vec<String> {
    let mut complaints = access_mode_complaints(spec, "spec");
    complaints.extend(enumeration_complaints(spec, VOLUME_MODE, "spec"));
    complaints
}

fn access_mode_complaints(spec: &Value, path: &str) -> Vec<String> {
    let modes: Vec<_> = spec["accessModes"].as_array().into_iter().flatten().map(text).collect();
    if modes.is_empty() {
        return vec![format!("{path}.accessModes: Required value: at least 1 access mode is required")];
    }
    let mut complaints = enumeration_complaints(spec, MODES, path);
    let is_other = |mode: &&str| *mode != "ReadWriteOncePod" && ACCESS_MODES.contains(mode);
    if modes.contains(&"ReadWriteOncePod") && modes.iter().any(is_other) {
        complaints.push(format!(
            "{path}.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"
        ));
    }
    complaints
}

/// Validates the storage that a claim requests.
pub fn storage_complaint(storage: Option<&Quantity>, path: &str) -> Option<String> {
    let path = format!("{path}.resources[storage]");
    match storage {
        None => Some(format!("{path}: Required value")),
        Some(storage) if !storage.is_positive() => {
            Some(format!("{path}: Invalid value: \"{storage}\": must be greater than zero"))
        }
        Some(_) => None,
    }
}
