//! How the last sync ended.

use shared::model::Event;

/// How the last sync of a Service ended, as far as its events tell. Events are kept for an hour by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastSync {
    /// It succeeded.
    Succeeded,
    /// It failed, and nothing succeeded since.
    Failed {
        /// The reason of the event.
        reason: String,
        /// The message of the event.
        message: String,
    },
    /// No event tells.
    Unknown,
}

/// Reasons of warnings by controllers of load balancers: of the cloud provider's service controller, then of the AWS Load
/// Balancer Controller.
const FAILURES: [&str; 9] = [
    "SyncLoadBalancerFailed",
    "UpdateLoadBalancerFailed",
    "CreatingLoadBalancerFailed",
    "FailedBuildModel",
    "FailedDeployModel",
    "FailedUpdateStatus",
    "FailedCleanupStatus",
    "FailedAddFinalizer",
    "FailedRemoveFinalizer",
];

/// Reasons of events that report success.
const SUCCESSES: [&str; 3] = ["EnsuredLoadBalancer", "UpdatedLoadBalancer", "SuccessfullyReconciled"];

/// Returns whether an event reports how a sync ended.
pub fn is_outcome(event: &Event) -> bool {
    (event.event_type == "Warning" && FAILURES.contains(&event.reason.as_str()))
        || SUCCESSES.contains(&event.reason.as_str())
}

/// Returns how the last sync ended, by the events of one Service in any order.
pub fn last_sync<'a>(events: impl IntoIterator<Item = &'a Event>) -> LastSync {
    let outcomes = events.into_iter().filter(|event| is_outcome(event));
    match outcomes.max_by_key(|event| event.order()) {
        None => LastSync::Unknown,
        Some(event) if SUCCESSES.contains(&event.reason.as_str()) => LastSync::Succeeded,
        Some(event) => LastSync::Failed { reason: event.reason.clone(), message: event.message.clone() },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(reason: &str, kind: &str, time: &str, version: &str) -> Event {
        serde_json::from_value(json!({
            "metadata": {"resourceVersion": version}, "type": kind, "reason": reason, "message": "m", "lastTimestamp": time,
        }))
        .unwrap()
    }

    #[test]
    fn the_newest_event_tells() {
        let failed = event("SyncLoadBalancerFailed", "Warning", "2026-01-01T00:00:05Z", "2");
        let earlier = event("EnsuredLoadBalancer", "Normal", "2026-01-01T00:00:04Z", "1");
        let same_second = event("EnsuredLoadBalancer", "Normal", "2026-01-01T00:00:05Z", "3");
        let begun = event("EnsuringLoadBalancer", "Normal", "2026-01-01T00:00:09Z", "9");
        assert!(matches!(last_sync([&failed, &earlier, &begun]), LastSync::Failed { .. }));
        assert_eq!(last_sync([&failed, &same_second]), LastSync::Succeeded);
        assert_eq!(last_sync([&begun]), LastSync::Unknown);
    }
}
