//! Who wrote an annotation, by `metadata.managedFields`.

use std::collections::BTreeSet;

use shared::model::{ManagedFieldsEntry, Service};

/// The field manager of this plugin.
pub const FIELD_MANAGER: &str = "kubectl-elb-tls";

/// The manager that the API server gives all fields of an object without managed fields when somebody applies to it first
/// (`structured-merge-diff`'s caller `managedfields/internal/skipnonapplied.go`).
const BEFORE_FIRST_APPLY: &str = "before-first-apply";

/// Returns the annotations that this plugin applied and still owns.
pub fn own_keys(service: &Service) -> BTreeSet<String> {
    service.managed_fields.iter().filter(|entry| is_own(entry)).flat_map(keys).collect()
}

/// Returns the other managers that own an annotation.
pub fn other_managers(service: &Service, key: &str) -> Vec<String> {
    if service.managed_fields.is_empty() && service.annotations.contains_key(key) {
        return vec![BEFORE_FIRST_APPLY.to_owned()];
    }
    let others = service.managed_fields.iter().filter(|entry| !is_own(entry));
    let mut managers: Vec<String> = others
        .filter(|entry| keys(entry).iter().any(|one| one == key))
        .map(|entry| entry.manager.clone())
        .collect();
    managers.dedup();
    managers
}

fn is_own(entry: &ManagedFieldsEntry) -> bool {
    entry.manager == FIELD_MANAGER && entry.operation == "Apply"
}

fn keys(entry: &ManagedFieldsEntry) -> Vec<String> {
    let Some(tree) = entry.fields_v1.as_ref().map(shared::model::FieldsV1::value) else { return Vec::new() };
    let annotations = tree["f:metadata"]["f:annotations"].as_object().cloned().unwrap_or_default();
    annotations.keys().filter_map(|key| key.strip_prefix("f:")).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn service(managed_fields: serde_json::Value) -> Service {
        let metadata = json!({"annotations": {"a": "1", "b": "2"}, "managedFields": managed_fields});
        serde_json::from_value(json!({"metadata": metadata})).unwrap()
    }

    fn entry(manager: &str, operation: &str, key: &str) -> serde_json::Value {
        let annotations = json!({".": {}, format!("f:{key}"): {}});
        json!({"manager": manager, "operation": operation, "fieldsV1": {"f:metadata": {"f:annotations": annotations}}})
    }

    #[test]
    fn owners_are_read_from_managed_fields() {
        let service = service(json!([
            entry(FIELD_MANAGER, "Apply", "a"),
            entry("kubectl-edit", "Update", "b"),
            {"manager": "cloud", "operation": "Update", "subresource": "status"},
        ]));
        assert_eq!(own_keys(&service).into_iter().collect::<Vec<_>>(), ["a"]);
        assert_eq!(other_managers(&service, "a"), [""; 0]);
        assert_eq!(other_managers(&service, "b"), ["kubectl-edit"]);
    }

    #[test]
    fn without_managed_fields_the_server_makes_up_an_owner() {
        assert_eq!(other_managers(&service(json!([])), "a"), [BEFORE_FIRST_APPLY]);
        assert_eq!(other_managers(&service(json!([])), "c"), [""; 0]);
    }
}
