//! A manifest as `kubectl apply` would send it.

use serde_json::Value;

use super::{Lists, applied};
use crate::{manifest::Manifest, model::kind::built_in_kind};

/// Returns the manifest as `kubectl apply` would merge it with this object.
pub fn merged(manifest: &Manifest, live: &Value) -> Manifest {
    let version = manifest.value["apiVersion"].as_str().unwrap_or_default();
    let lists = match built_in_kind(version, &manifest.kind.kind) {
        Some(_) => Lists::ByKey,
        None => Lists::Replaced,
    };
    Manifest { value: applied(live, &manifest.value, lists), ..manifest.clone() }
}
