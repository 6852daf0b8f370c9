//! When a Service was last changed in a way that its controller has to act on.

use serde_json::Value;
use shared::model::{Event, FieldsV1, ManagedFieldsEntry, Service};

use crate::keys;

/// The last change of the spec or of an annotation of load balancers. Of several in a second the versions of objects tell
/// which came later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// Seconds since 1970.
    pub seconds: i64,
    /// The version of the Service as it was read, or 0 where none is known.
    pub version: u64,
    /// Whether it seems to be the creation: all events of the Service are later then. Who creates a Service and changes it
    /// within the same second can't be told from who creates it alone.
    pub is_creation: bool,
}

impl LastChange {
    /// Returns the last change of a Service, as its managed fields have it; else its creation.
    pub fn of(service: &Service) -> Self {
        let created = service.metadata.creation_timestamp.seconds;
        let relevant = service.managed_fields.iter().filter(|entry| is_relevant(entry));
        let times: Vec<i64> = relevant.filter_map(|entry| entry.time).map(|time| time.seconds).collect();
        let seconds = times.iter().copied().max().unwrap_or(created);
        Self {
            seconds,
            version: service.metadata.resource_version.parse().unwrap_or(0),
            is_creation: seconds == created && times.len() == 1,
        }
    }

    /// Returns whether an event was written, or counted up, after the change.
    pub fn is_before(self, event: &Event) -> bool {
        let (seconds, version) = event.order();
        seconds > self.seconds || (seconds == self.seconds && version > self.version)
    }

    /// Returns whether an event may have been: within the second of the change nobody can tell once the Service has been
    /// written for other reasons.
    pub fn can_be_before(self, event: &Event) -> bool {
        event.last() >= self.seconds
    }
}

fn is_relevant(entry: &ManagedFieldsEntry) -> bool {
    if !entry.subresource.is_empty() {
        return false;
    }
    let Some(tree) = entry.fields_v1.as_ref().map(FieldsV1::value) else { return false };
    let annotations = tree["f:metadata"]["f:annotations"].as_object();
    let mut names = annotations.into_iter().flatten().filter_map(|(key, _)| key.strip_prefix("f:"));
    tree["f:spec"] != Value::Null || names.any(keys::is_ours)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(time: &str, version: &str) -> Event {
        serde_json::from_value(json!({"metadata": {"resourceVersion": version}, "lastTimestamp": time}))
            .unwrap()
    }

    #[test]
    fn only_spec_and_own_annotations_are_changes() {
        let entry = |second: u32, fields: Value, subresource: &str| {
            json!({
                "manager": "m", "operation": "Update", "subresource": subresource, "fieldsV1": fields,
                "time": format!("2026-01-01T00:00:{second:02}Z"),
            })
        };
        let annotation = |key: &str| json!({"f:metadata": {"f:annotations": {format!("f:{key}"): {}}}});
        let service: Service = serde_json::from_value(json!({"metadata": {
            "resourceVersion": "20",
            "managedFields": [
                entry(5, json!({"f:spec": {"f:ports": {}}}), ""),
                entry(7, annotation(keys::SSL_CERT), ""),
                entry(8, annotation("example.com/x"), ""),
                entry(9, json!({"f:status": {}}), "status"),
                entry(10, json!({"f:metadata": {"f:finalizers": {}}}), ""),
            ],
        }}))
        .unwrap();
        let change = LastChange::of(&service);
        assert!(!change.is_creation);
        assert!(!change.is_before(&event("2026-01-01T00:00:06Z", "99")));
        assert!(!change.is_before(&event("2026-01-01T00:00:07Z", "20")), "the version decides");
        assert!(change.can_be_before(&event("2026-01-01T00:00:07Z", "20")));
        assert!(change.is_before(&event("2026-01-01T00:00:07Z", "21")));
        assert!(change.is_before(&event("2026-01-01T00:00:08Z", "1")));

        let new: Service = serde_json::from_value(json!({"metadata": {
            "resourceVersion": "20", "creationTimestamp": "2026-01-01T00:00:05Z",
            "managedFields": [entry(5, json!({"f:spec": {"f:ports": {}}}), "")],
        }}))
        .unwrap();
        let change = LastChange::of(&new);
        assert!(change.is_creation);
        assert!(!change.is_before(&event("2026-01-01T00:00:05Z", "11")), "it may have been changed since");
    }
}
