//! A manifest as `kubectl apply` would send it.

use serde_json::Value;

use super::{Lists, applied};
use crate::{
    manifest::{Manifest, json::text},
    model::kind::built_in_kind,
};

/// Returns the manifest as `kubectl apply` would merge it with this object.
pub fn merged(manifest: &Manifest, live: &Value) -> Manifest {
    let version = text(&manifest.value["apiVersion"]);
    let lists = match built_in_kind(version, &manifest.kind.kind) {
        Some(_) => Lists::ByKey,
        None => Lists::Replaced,
    };
    Manifest { value: applied(live, &manifest.value, lists), ..manifest.clone() }
}
