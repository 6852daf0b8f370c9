//! Events of Services.

use serde::Deserialize;
use shared::model::{ObjectMeta, Resource, Service, Time};

/// The fields of `core/v1.Event` that say what happened to a Service, when, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Event {
    metadata: ObjectMeta,
    involved_object: InvolvedObject,
    source: EventSource,
    reporting_component: Option<String>,
    #[serde(rename = "type")]
    event_type: Option<String>,
    reason: Option<String>,
    message: Option<String>,
    first_timestamp: Option<Time>,
    last_timestamp: Option<Time>,
    event_time: Option<Time>,
    count: Option<i64>,
    series: Option<Series>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct InvolvedObject {
    kind: Option<String>,
    namespace: Option<String>,
    name: Option<String>,
    uid: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct EventSource {
    component: Option<String>,
}

/// The field that newer recorders write instead of `lastTimestamp`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Series {
    count: Option<i64>,
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

impl Event {
    /// Returns namespace and name of the Service that it is about; `None` where it is about something else.
    pub fn service(&self) -> Option<(&str, &str)> {
        let involved = &self.involved_object;
        let is_service = involved.kind.as_deref() == Some("Service");
        let namespace = involved.namespace.as_deref().unwrap_or(&self.metadata.namespace);
        is_service.then(|| (namespace, involved.name.as_deref().unwrap_or_default()))
    }

    /// Returns whether it is about this Service, not about an earlier one of the same name.
    pub fn is_about(&self, service: &Service) -> bool {
        let (own, uid) = (self.involved_object.uid.as_deref().unwrap_or_default(), &service.metadata.uid);
        own.is_empty() || uid.is_empty() || own == uid
    }

    /// Returns the component that wrote it.
    pub fn component(&self) -> &str {
        let source = self.source.component.as_deref().filter(|component| !component.is_empty());
        source.or(self.reporting_component.as_deref()).unwrap_or_default()
    }

    /// Returns whether it is a warning.
    pub fn is_warning(&self) -> bool {
        self.event_type.as_deref() == Some("Warning")
    }

    /// Returns `Normal` or `Warning`.
    pub fn kind(&self) -> &str {
        self.event_type.as_deref().unwrap_or("Normal")
    }

    /// Returns how often it occurred.
    pub fn count(&self) -> i64 {
        let counts = [self.count, self.series.as_ref().and_then(|series| series.count)];
        counts.into_iter().flatten().max().unwrap_or(1).max(1)
    }

    /// Returns its reason.
    pub fn reason(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }

    /// Returns its message.
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// Returns when it occurred last, in seconds since 1970, and the version of the object, which tells what came later
    /// within a second.
    pub fn last(&self) -> (i64, u64) {
        let times = [
            self.series.as_ref().and_then(|series| series.last_observed_time),
            self.last_timestamp,
            self.event_time,
            self.first_timestamp,
        ];
        let seconds = times.into_iter().flatten().map(|time| time.seconds).find(|seconds| *seconds != 0);
        let version = self.metadata.resource_version.parse().unwrap_or(0);
        (seconds.unwrap_or(self.metadata.creation_timestamp.seconds), version)
    }
}
