//! What is to be known of a Job itself.

use serde_json::Value;

/// Whether a Job is through, one way or the other.
pub fn has_ended(job: &Value) -> bool {
    let conditions = job["status"]["conditions"].as_array();
    conditions.into_iter().flatten().any(|condition| {
        condition["status"] == "True" && matches!(condition["type"].as_str(), Some("Complete" | "Failed"))
    })
}
