//! When the status of a quota was written last, from its managed fields.

use serde_json::Value;
use shared::model::Time;

/// The last write of a quota's status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// When it was, in seconds since 1970; `None` where that is not known, as in most dumps.
    pub written: Option<i64>,
}

impl History {
    /// Reads the managed fields of a ResourceQuota.
    pub fn of(quota: &Value) -> Self {
        let entries = quota["metadata"]["managedFields"].as_array();
        let of_status =
            entries.into_iter().flatten().filter(|entry| !entry["fieldsV1"]["f:status"].is_null());
        let times = of_status.filter_map(|entry| serde_json::from_value::<Time>(entry["time"].clone()).ok());
        Self { written: times.map(|time| time.seconds).max() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_last_write_of_the_status_counts() {
        let entry = |manager: &str, time: &str, field: &str| json!({"manager": manager, "time": time, "fieldsV1": {field: {}}});
        let quota = json!({"metadata": {"managedFields": [
            entry("kubectl", "2026-01-31T12:00:09Z", "f:spec"),
            entry("kube-apiserver", "2026-01-31T12:00:05Z", "f:status"),
            entry("kube-controller-manager", "2026-01-31T12:00:01Z", "f:status"),
        ]}});
        assert_eq!(History::of(&quota), History { written: Some(1_769_860_805) });
        assert_eq!(History::of(&json!({})), History::default());
    }
}
