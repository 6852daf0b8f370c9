//! `core/v1.Event`.

use serde::Deserialize;

use super::nullable::or_default;
use super::resource::built_in;
use super::{ObjectMeta, Time};

/// An event: what happened to which object, when, how often, and who says so. Those of `events.k8s.io` in dumps are read as
/// well.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Event {
    /// Name, namespace, version.
    #[prost(message, required, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What it is about.
    #[prost(message, required, tag = "2")]
    #[serde(deserialize_with = "or_default", alias = "regarding")]
    pub involved_object: ObjectReference,
    /// Why, in one word.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    /// What happened, in a sentence.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default", alias = "note")]
    pub message: String,
    /// Who says so, of older recorders.
    #[prost(message, optional, tag = "5")]
    #[serde(alias = "deprecatedSource")]
    pub source: Option<EventSource>,
    /// When it occurred first.
    #[prost(message, optional, tag = "6")]
    #[serde(alias = "deprecatedFirstTimestamp")]
    pub first_timestamp: Option<Time>,
    /// When it occurred last.
    #[prost(message, optional, tag = "7")]
    #[serde(alias = "deprecatedLastTimestamp")]
    pub last_timestamp: Option<Time>,
    /// How often it occurred.
    #[prost(int32, optional, tag = "8")]
    #[serde(alias = "deprecatedCount")]
    pub count: Option<i32>,
    /// `Normal` or `Warning`.
    #[prost(string, tag = "9")]
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub event_type: String,
    /// When it occurred first, of newer recorders.
    #[prost(message, optional, tag = "10")]
    pub event_time: Option<Time>,
    /// What newer recorders write instead of `count` and `lastTimestamp`.
    #[prost(message, optional, tag = "11")]
    pub series: Option<EventSeries>,
    /// Who says so, of newer recorders.
    #[prost(string, tag = "14")]
    #[serde(deserialize_with = "or_default")]
    pub reporting_component: String,
}

built_in!(Event, "", "v1", "events", "Event", namespaced);

/// The parts of `core/v1.ObjectReference` that name an object.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ObjectReference {
    /// Its kind.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// Its namespace.
    #[prost(string, tag = "2")]
    #[serde(deserialize_with = "or_default")]
    pub namespace: String,
    /// Its name.
    #[prost(string, tag = "3")]
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Its uid, which tells it from an earlier one of its name.
    #[prost(string, tag = "4")]
    #[serde(deserialize_with = "or_default")]
    pub uid: String,
    /// The group and version of its kind.
    #[prost(string, tag = "5")]
    #[serde(deserialize_with = "or_default")]
    pub api_version: String,
}

/// `core/v1.EventSource`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default)]
pub struct EventSource {
    /// The component that wrote the event.
    #[prost(string, tag = "1")]
    #[serde(deserialize_with = "or_default")]
    pub component: String,
}

/// `core/v1.EventSeries`.
#[derive(Clone, PartialEq, Eq, prost::Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EventSeries {
    /// How often it occurred.
    #[prost(int32, optional, tag = "1")]
    pub count: Option<i32>,
    /// When it occurred last.
    #[prost(message, optional, tag = "2")]
    pub last_observed_time: Option<Time>,
}

impl Event {
    /// Returns whether it is about this object. The uid decides, since a name can be reused.
    pub fn is_about(&self, kind: &str, name: &str, uid: &str) -> bool {
        let involved = &self.involved_object;
        involved.kind == kind && involved.name == name && self.may_be_about(uid)
    }

    /// Returns whether the uid of what it is about is this one, as far as both are known.
    pub fn may_be_about(&self, uid: &str) -> bool {
        let own = &self.involved_object.uid;
        own.is_empty() || uid.is_empty() || own == uid
    }

    /// Returns the component that wrote it.
    pub fn component(&self) -> &str {
        let source = self.source.as_ref().map(|source| source.component.as_str());
        source.filter(|component| !component.is_empty()).unwrap_or(&self.reporting_component)
    }

    /// Returns how often it occurred.
    pub fn occurrences(&self) -> u32 {
        let counts = [self.count, self.series.as_ref().and_then(|series| series.count)];
        counts.into_iter().flatten().filter_map(|count| u32::try_from(count).ok()).max().unwrap_or(1).max(1)
    }

    /// Returns when it occurred first, in seconds since 1970.
    pub fn first(&self) -> i64 {
        self.first_timestamp.filter(is_set).map_or_else(|| self.last(), |time| time.seconds)
    }

    /// Returns when it occurred last, in seconds since 1970.
    pub fn last(&self) -> i64 {
        let in_series = self.series.as_ref().and_then(|series| series.last_observed_time);
        let times = [in_series, self.last_timestamp, self.event_time, self.first_timestamp];
        let last = times.into_iter().flatten().find(is_set);
        last.unwrap_or(self.metadata.creation_timestamp).seconds
    }

    /// Returns when it occurred last, and the version of the object, which tells what came later within a second.
    pub fn order(&self) -> (i64, u64) {
        (self.last(), self.metadata.resource_version.parse().unwrap_or(0))
    }
}

/// Returns whether a time is set: protobuf has an empty one where JSON has `null`.
fn is_set(time: &Time) -> bool {
    time.seconds != 0
}

#[cfg(test)]
mod tests {
    use prost::Message as _;
    use serde_json::json;

    use super::{Event, EventSeries, Time};

    #[test]
    fn a_series_counts_and_an_empty_time_is_none() {
        let event = |value: serde_json::Value| serde_json::from_value::<Event>(value).unwrap();
        let older = event(json!({
            "metadata": {"name": "e", "resourceVersion": "7"},
            "source": {"component": "service-controller"}, "reportingComponent": "other", "count": 3,
            "involvedObject": {"kind": "Service", "name": "web", "uid": "u", "namespace": null},
            "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:01:00Z",
            "eventTime": null, "series": null,
        }));
        assert_eq!((older.occurrences(), older.last() - older.first(), older.order().1), (3, 60, 7));
        assert_eq!(older.component(), "service-controller");
        assert!(older.is_about("Service", "web", "u") && !older.is_about("Service", "web", "v"));
        let newer = event(json!({
            "metadata": {"name": "e"}, "eventTime": "2026-01-01T00:00:00.000001Z", "firstTimestamp": null,
            "regarding": {"kind": "Pod", "name": "p"}, "note": "text", "reportingComponent": "scheduler",
            "series": {"count": 5, "lastObservedTime": "2026-01-01T00:00:09.000001Z"},
        }));
        assert_eq!(
            (newer.occurrences(), newer.component(), newer.message.as_str()),
            (5, "scheduler", "text")
        );
        assert_eq!(newer.last(), older.first() + 9);

        let empty = Some(Time { seconds: 0 });
        let decoded = Event {
            first_timestamp: empty,
            last_timestamp: empty,
            event_time: Some(Time { seconds: 50 }),
            series: Some(EventSeries { count: None, last_observed_time: empty }),
            ..Event::default()
        };
        let decoded = Event::decode(decoded.encode_to_vec().as_slice()).unwrap();
        assert_eq!((decoded.first(), decoded.last(), decoded.occurrences()), (50, 50, 1));
    }
}
