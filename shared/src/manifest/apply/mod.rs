//! What `kubectl apply` does to an existing object: a three-way merge of the object, the manifest, and the manifest that
//! was applied last (`CreateThreeWayMergePatch` in `apimachinery/pkg/util/strategicpatch`).

mod keys;
mod list;
mod merged;
#[cfg(test)]
mod tests;

pub use merged::merged;

use serde_json::{Map, Value};

use super::changed::says_nothing_new;

/// Where kubectl keeps the manifest it applied last.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whether lists are merged item by item: kubectl knows the keys of built-in kinds only, and replaces the lists of
/// others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// Lists of built-in kinds, some of which have keys.
    ByKey,
    /// Lists of custom resources.
    Replaced,
}

/// Returns the object after `kubectl apply` of the manifest. Fields that the manifest leaves out stay, unless the last
/// applied one had them.
pub fn applied(live: &Value, manifest: &Value, lists: Lists) -> Value {
    let annotation = live["metadata"]["annotations"][LAST_APPLIED].as_str();
    let mut last: Value = annotation.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let mut new = manifest.clone();
    // Only controllers write the status.
    for object in [&mut last, &mut new] {
        if let Some(fields) = object.as_object_mut() {
            fields.remove("status");
        }
    }
    let mut merged = merge(live, &last, &new, "", lists);
    if let Some(annotations) = merged["metadata"]["annotations"].as_object_mut() {
        annotations.remove(LAST_APPLIED);
    }
    merged["metadata"]["annotations"][LAST_APPLIED] = Value::from(new.to_string());
    merged
}

/// Merges values of one field.
fn merge(live: &Value, last: &Value, new: &Value, field: &str, lists: Lists) -> Value {
    match (live, new) {
        (Value::Object(live), Value::Object(new)) => {
            Value::Object(merge_fields(live, last, new, field, lists))
        }
        (Value::Array(live), Value::Array(new)) if lists == Lists::ByKey => {
            list::merge_list(live, last, new, field)
        }
        _ => new.clone(),
    }
}

fn merge_fields(
    live: &Map<String, Value>,
    last: &Value,
    new: &Map<String, Value>,
    field: &str,
    lists: Lists,
) -> Map<String, Value> {
    let mut merged = live.clone();
    for name in last.as_object().into_iter().flatten().map(|(name, _)| name) {
        if !new.contains_key(name) {
            merged.remove(name);
        }
    }
    for (name, value) in new {
        if value.is_null() {
            merged.remove(name);
            continue;
        }
        let value = match live.get(name) {
            Some(live) => merge(live, &last[name], value, name, lists),
            None => value.clone(),
        };
        merged.insert(name.clone(), value);
    }
    // Such a structure keeps only the fields of the manifest, once it changes at all (`retainKeys`).
    let changes = || !says_nothing_new(&Value::Object(new.clone()), &Value::Object(live.clone()));
    if lists == Lists::ByKey && keys::keeps_only_what_is_named(field) && changes() {
        merged.retain(|name, _| new.contains_key(name));
    }
    merged
}
