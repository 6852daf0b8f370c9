//! Events that report refusals.

use serde::Deserialize;
use shared::{
    model::{ObjectMeta, Resource, Time},
    workload::retry::Failures,
};

use super::refusal_message::find_in_line;

/// The fields of `core/v1.Event` that say what failed, when, and how often.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Event {
    metadata: ObjectMeta,
    #[serde(alias = "regarding")]
    involved_object: InvolvedObject,
    reason: Option<String>,
    #[serde(alias = "note")]
    message: Option<String>,
    #[serde(alias = "deprecatedFirstTimestamp")]
    first_timestamp: Option<Time>,
    #[serde(alias = "deprecatedLastTimestamp")]
    last_timestamp: Option<Time>,
    event_time: Option<Time>,
    #[serde(alias = "deprecatedCount")]
    count: Option<u32>,
    series: Option<Series>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct InvolvedObject {
    api_version: String,
    kind: String,
    name: String,
    uid: String,
}

/// The fields that newer recorders write instead of `count` and `lastTimestamp`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Series {
    count: Option<u32>,
    last_observed_time: Option<Time>,
}

impl Resource for Event {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const PLURAL: &'static str = "events";
    const KIND: &'static str = "Event";
    const NAMESPACED: bool = true;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
}

/// The reasons of events about objects that could not be created: of every controller, and of the Deployment controller
/// for ReplicaSets.
const REASONS: [&str; 2] = ["FailedCreate", "ReplicaSetCreateError"];

impl Event {
    /// Returns whether it reports an object that could not be created in this namespace.
    pub fn reports_failure(&self, namespace: &str) -> bool {
        self.metadata.namespace == namespace && self.may_report_refusal()
    }

    /// Returns whether its reason says that an object could not be created, or its message quotes a refusal: the reasons
    /// of operators are their own.
    pub fn may_report_refusal(&self) -> bool {
        REASONS.iter().any(|reason| self.reason.as_deref() == Some(*reason))
            || find_in_line(self.message()).iter().any(|refusal| !refusal.is_about_reading())
    }

    /// Returns the `apiVersion` of the object that it is about; empty where it names none.
    pub fn api_version(&self) -> &str {
        &self.involved_object.api_version
    }

    /// Returns whether it is about this object. The uid decides, since a name can be reused.
    pub fn is_about(&self, kind: &str, name: &str, uid: &str) -> bool {
        let involved = &self.involved_object;
        let same = involved.uid.is_empty() || uid.is_empty() || involved.uid == uid;
        involved.kind == kind && involved.name == name && same
    }

    /// Returns the kind and name of the object that it is about.
    pub fn about(&self) -> (&str, &str) {
        (&self.involved_object.kind, &self.involved_object.name)
    }

    /// Returns its message.
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Returns when it occurred first, in seconds since 1970.
    pub fn first(&self) -> i64 {
        self.first_timestamp.map_or_else(|| self.last(), |time| time.seconds)
    }

    /// Returns when it occurred last, in seconds since 1970.
    pub fn last(&self) -> i64 {
        let in_series = self.series.as_ref().and_then(|series| series.last_observed_time);
        let last = in_series.or(self.last_timestamp).or(self.event_time);
        last.unwrap_or(self.metadata.creation_timestamp).seconds
    }

    /// Returns how often it occurred.
    pub fn count(&self) -> u32 {
        let of_series = self.series.as_ref().and_then(|series| series.count);
        of_series.or(self.count).unwrap_or(1).max(1)
    }
}

/// Returns the failures that these events report; `None` where there is no event. Of several in one second the latest
/// is the one with the highest resource version.
pub fn failures<'a>(events: impl Iterator<Item = &'a Event> + Clone) -> Option<Failures> {
    let version = |event: &Event| event.metadata.resource_version.parse::<u64>().unwrap_or(0);
    let newest = events.clone().max_by_key(|event| (event.last(), version(event)))?;
    Some(Failures {
        message: newest.message().to_owned(),
        first: events.clone().map(Event::first).min()?,
        last: newest.last(),
        count: events.map(Event::count).fold(0, u32::saturating_add),
    })
}

/// Returns the kind and name of the workload whose newest event names a pod that does not exist.
pub fn reporting_owner<'a>(events: &'a [Event], pod: &str) -> Option<(&'a str, &'a str)> {
    let (quoted, by_stateful_set) = (format!("pods \"{pod}\""), format!("Pod {pod} "));
    let names =
        |event: &&Event| event.message().contains(&quoted) || event.message().contains(&by_stateful_set);
    events.iter().filter(names).max_by_key(|event| event.last()).map(Event::about)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Event;

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
        assert!(events.iter().all(|event| event.reports_failure("team") && !event.reports_failure("other")));
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
