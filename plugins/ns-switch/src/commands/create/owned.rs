//! What this plugin owns of an object that exists. An apply that leaves out what an earlier one set would remove it, so it is
//! named again.

use serde_json::{Map, Value};

use super::manifests::Manifest;

/// The name under which fields are owned.
pub const FIELD_MANAGER: &str = "kubectl-ns-switch";

/// Adds what an earlier run set and this one does not name: labels of the namespace, limits of the quota, items and defaults
/// of the LimitRange.
pub fn keep(manifest: &mut Manifest, present: &Value) {
    match manifest.kind.kind.as_str() {
        "Namespace" => keep_fields(&mut manifest.body, present, &["metadata", "labels"]),
        "ResourceQuota" => keep_fields(&mut manifest.body, present, &["spec", "hard"]),
        "LimitRange" => keep_limits(&mut manifest.body, present),
        _ => {}
    }
}

fn keep_fields(body: &mut Value, present: &Value, path: &[&str]) {
    let found = path.iter().try_fold(present, |value, key| value.get(key));
    let Some(found) = found.and_then(Value::as_object) else { return };
    let mut target = body;
    for key in path {
        if !target[*key].is_object() {
            target[*key] = Value::Object(Map::new());
        }
        target = &mut target[*key];
    }
    let Some(target) = target.as_object_mut() else { return };
    for (key, value) in found.iter().filter(|(key, _)| owns(present, path, key)) {
        target.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

/// The list of limits is one field: what it says of pods and claims, and other bounds of containers, would be gone.
fn keep_limits(body: &mut Value, present: &Value) {
    let Some(limits) = present["spec"]["limits"].as_array() else { return };
    let mut all = limits.clone();
    let new = body["spec"]["limits"].as_array().cloned().unwrap_or_default();
    for item in new {
        let Some(old) = all.iter_mut().find(|old| old["type"] == item["type"]) else {
            all.push(item);
            continue;
        };
        for (field, list) in item.as_object().into_iter().flatten().filter(|(field, _)| *field != "type") {
            for (resource, amount) in list.as_object().into_iter().flatten() {
                old[field][resource] = amount.clone();
            }
        }
    }
    body["spec"]["limits"] = Value::Array(all);
}

/// Returns whether this plugin owns a key of a map (`managedFields`).
fn owns(object: &Value, path: &[&str], key: &str) -> bool {
    let entries = object["metadata"]["managedFields"].as_array().into_iter().flatten();
    let mut own = entries.filter(|entry| entry["manager"] == FIELD_MANAGER && entry["operation"] == "Apply");
    own.any(|entry| {
        let fields = path.iter().try_fold(&entry["fieldsV1"], |fields, key| fields.get(format!("f:{key}")));
        fields.is_some_and(|fields| fields.get(format!("f:{key}")).is_some())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::model::kind::kind_of;

    use super::*;

    fn kept(kind: &str, body: Value, present: Value) -> Value {
        let kind = kind_of("", kind, "");
        let mut manifest = Manifest { kind, namespace: String::new(), name: "a".into(), body };
        keep(&mut manifest, &present);
        manifest.body
    }

    fn managed(fields: Value) -> Value {
        json!([
            {"manager": FIELD_MANAGER, "operation": "Apply", "fieldsV1": fields},
            {"manager": "kubectl-edit", "operation": "Update", "fieldsV1": {"f:spec": {"f:hard": {"f:pods": {}}}}},
        ])
    }

    #[test]
    fn what_we_set_before_stays_and_what_others_set_is_theirs() {
        let present = json!({
            "metadata": {"managedFields": managed(json!({"f:spec": {"f:hard": {".": {}, "f:requests.cpu": {}, "f:secrets": {}}}}))},
            "spec": {"hard": {"requests.cpu": "2", "secrets": "5", "pods": "9"}},
        });
        let body = kept("ResourceQuota", json!({"spec": {"hard": {"secrets": "6"}}}), present);
        assert_eq!(body, json!({"spec": {"hard": {"requests.cpu": "2", "secrets": "6"}}}));
        let labels = json!({
            "metadata": {"labels": {"team": "a", "x": "y"}, "managedFields": managed(json!({"f:metadata": {"f:labels": {"f:team": {}}}}))},
        });
        let body = kept("Namespace", json!({"metadata": {"name": "a"}}), labels);
        assert_eq!(body["metadata"]["labels"], json!({"team": "a"}));
    }

    #[test]
    fn a_limit_range_keeps_what_is_not_named() {
        let present = json!({"spec": {"limits": [
            {"type": "Pod", "max": {"cpu": "4"}},
            {"type": "Container", "default": {"cpu": "1", "memory": "1Gi"}, "max": {"cpu": "2"}},
        ]}});
        let body = json!({"spec": {"limits": [{"type": "Container", "default": {"cpu": "2"}, "defaultRequest": {"cpu": "1"}}]}});
        assert_eq!(
            kept("LimitRange", body, present)["spec"]["limits"],
            json!([
                {"type": "Pod", "max": {"cpu": "4"}},
                {"type": "Container", "default": {"cpu": "2", "memory": "1Gi"}, "defaultRequest": {"cpu": "1"}, "max": {"cpu": "2"}},
            ])
        );
    }
}
