//! Events that report refusals.

use shared::{model::Event, workload::retry::Failures};

use super::refusal_message::find_in_line;

/// The reasons of events about objects that could not be created: of every controller, and of the Deployment controller
/// for ReplicaSets.
const REASONS: [&str; 2] = ["FailedCreate", "ReplicaSetCreateError"];

/// Returns whether an event reports an object that could not be created in this namespace.
pub fn reports_failure(event: &Event, namespace: &str) -> bool {
    event.metadata.namespace == namespace && may_report_refusal(event)
}

/// Returns whether the reason of an event says that an object could not be created, or its message quotes a refusal: the reasons
/// of operators are their own.
pub fn may_report_refusal(event: &Event) -> bool {
    REASONS.contains(&event.reason.as_str())
        || find_in_line(&event.message).iter().any(|refusal| !refusal.is_about_reading())
}

/// Returns the kind and name of the object that an event is about.
pub fn about(event: &Event) -> (&str, &str) {
    (&event.involved_object.kind, &event.involved_object.name)
}

/// Returns the failures that these events report; `None` where there is no event. Of several in one second the latest
/// is the one with the highest resource version.
pub fn failures<'a>(events: impl Iterator<Item = &'a Event> + Clone) -> Option<Failures> {
    let newest = events.clone().max_by_key(|event| event.order())?;
    Some(Failures {
        message: newest.message.clone(),
        first: events.clone().map(Event::first).min()?,
        last: newest.last(),
        count: events.map(Event::occurrences).fold(0, u32::saturating_add),
    })
}

/// Returns the kind and name of the workload whose newest event names a pod that does not exist.
pub fn reporting_owner<'a>(events: &'a [Event], pod: &str) -> Option<(&'a str, &'a str)> {
    let (quoted, by_stateful_set) = (format!("pods \"{pod}\""), format!("Pod {pod} "));
    let names = |event: &&Event| event.message.contains(&quoted) || event.message.contains(&by_stateful_set);
    events.iter().filter(names).max_by_key(|event| event.last()).map(about)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Event, reports_failure};

    #[test]
    fn the_newest_speaks_and_all_count() {
        let event = |message: &str, first: &str, last: &str, count: u32, version: &str| {
            let event = json!({
                "metadata": {"name": "e", "namespace": "team", "resourceVersion": version},
                "involvedObject": {"kind": "ReplicaSet", "name": "web-1", "uid": "u"},
                "reason": "FailedCreate", "message": message,
                "firstTimestamp": first, "lastTimestamp": last, "count": count, "eventTime": null,
            });
            serde_json::from_value::<Event>(event).unwrap()
        };
        let events = [
            event("one", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 1, "7"),
            event("three", "2026-01-01T00:00:01Z", "2026-01-01T00:01:00Z", 4, "10"),
            event("two", "2026-01-01T00:00:01Z", "2026-01-01T00:01:00Z", 1, "9"),
        ];
        assert!(
            events.iter().all(|event| reports_failure(event, "team") && !reports_failure(event, "other"))
        );
        assert!(
            events[0].is_about("ReplicaSet", "web-1", "u") && !events[0].is_about("ReplicaSet", "web-1", "v")
        );
        let failures = super::failures(events.iter()).unwrap();
        assert_eq!(
            (failures.message.as_str(), failures.count, failures.last - failures.first),
            ("three", 6, 60)
        );
        assert_eq!(super::failures([].iter()), None);
    }
}
