//! The state of a Service's sync, by its events and the time of its last change.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::model::Event;

use crate::{
    controllers::ControllerKind,
    events::{LastChange, LastSync, is_about, is_outcome, last_sync},
    planning::{Cluster, ServiceCase},
};

/// How long events are kept by default.
const EVENTS_ARE_KEPT: i64 = 60 * 60;

/// A controller has acted after such a time, or will not.
const LONG_ENOUGH: i64 = 60;

/// A controller has begun to act on a change of a Service that is created a moment ago after such a time.
const BEGUN: i64 = 10;

/// The event of the cloud provider that tells of the beginning of a sync.
const BEGINNING: &str = "EnsuringLoadBalancer";

/// The word for a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum State {
    /// The last change is carried out.
    Synced,
    /// The controller gave up on it.
    Failed,
    /// No event tells of it yet.
    Pending,
    /// Nobody acts.
    NobodyActs,
}

impl State {
    /// Returns the word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Synced => "Synced",
            Self::Failed => "Failed",
            Self::Pending => "Pending",
            Self::NobodyActs => "NobodyActs",
        }
    }
}

/// A state, and since when it is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SyncState {
    /// The state.
    pub state: State,
    /// When the event that tells it occurred last, or when the change was made that is pending.
    pub since: Option<Timestamp>,
    /// The event that tells it.
    #[serde(skip)]
    pub event: Option<Event>,
    /// What makes it uncertain.
    #[serde(skip)]
    pub doubt: Option<&'static str>,
}

impl SyncState {
    /// Returns the state of a live Service. `now` is in seconds since 1970.
    pub fn of(case: &ServiceCase, cluster: &Cluster, now: i64) -> Self {
        Self::by_events(case, cluster, now, |change, event| {
            change.is_before(event) || (change.can_be_before(event) && now - change.seconds > LONG_ENOUGH)
        })
    }

    /// Returns the state by what is certain alone: an event of the second of the change may be older than it, unless the
    /// Service was created in that second, and no change of it has made the controller begin since.
    pub fn certain(case: &ServiceCase, cluster: &Cluster, now: i64) -> Self {
        Self::by_events(case, cluster, now, |change, event| {
            let is_of_creation =
                change.is_creation && change.can_be_before(event) && now - change.seconds >= BEGUN;
            change.is_before(event) || is_of_creation
        })
    }

    fn by_events(
        case: &ServiceCase,
        cluster: &Cluster,
        now: i64,
        is_newer: impl Fn(LastChange, &Event) -> bool,
    ) -> Self {
        let state = |state, since: Option<i64>| Self {
            state,
            since: since.and_then(|since| Timestamp::from_second(since).ok()),
            event: None,
            doubt: None,
        };
        let Some(live) = &case.live else { return state(State::Pending, None) };
        if case.controller(cluster).kind == ControllerKind::None {
            return state(State::NobodyActs, None);
        }
        let change = LastChange::of(live);
        let newer = |event: &&Event| is_outcome(event) && is_about(event, live) && is_newer(change, event);
        let events: Vec<&Event> = case.events.iter().filter(newer).collect();
        let Some(newest) = events.iter().max_by_key(|event| event.order()) else {
            let has_hostname =
                live.status.load_balancer.ingress.iter().any(|ingress| !ingress.hostname.is_empty());
            return match has_hostname && now - change.seconds > EVENTS_ARE_KEPT {
                true => Self {
                    doubt: Some(
                        "how the last sync ended: no event tells, and events are kept for an hour by default",
                    ),
                    ..state(State::Synced, None)
                },
                false => state(State::Pending, Some(change.seconds)),
            };
        };
        let begun = case.events.iter().filter(|event| is_about(event, live) && event.reason == BEGINNING);
        let is_at_work = begun.map(Event::order).max() > Some(newest.order());
        let word = match last_sync(events.iter().copied()) {
            LastSync::Failed { .. } => State::Failed,
            LastSync::Succeeded | LastSync::Unknown if is_at_work => State::Pending,
            LastSync::Succeeded | LastSync::Unknown => State::Synced,
        };
        Self { event: Some((*newest).clone()), ..state(word, Some(newest.last())) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::model::{Service, Time};

    use super::*;
    use crate::samples::{CLASSIC_HOST, live, web};

    const CHANGED: i64 = 1_767_225_600;

    fn state(service: Service, events: &[(&str, &str, i64)], now: i64) -> State {
        let mut service = service;
        service.metadata.creation_timestamp = Time { seconds: CHANGED };
        let event = |(reason, kind, after): &(&str, &str, i64)| {
            let time = Timestamp::from_second(CHANGED + after).unwrap().to_string();
            serde_json::from_value(json!({"type": kind, "reason": reason, "lastTimestamp": time})).unwrap()
        };
        let case =
            ServiceCase { events: events.iter().map(event).collect(), ..ServiceCase::unchanged(service) };
        SyncState::of(&case, &Cluster::default(), now).state
    }

    #[test]
    fn only_events_after_the_change_count() {
        let service = || live(web(&[]), CLASSIC_HOST);
        let ok = ("EnsuredLoadBalancer", "Normal");
        let bad = ("SyncLoadBalancerFailed", "Warning");
        let soon = CHANGED + 10;
        assert_eq!(state(service(), &[], soon), State::Pending);
        assert_eq!(state(service(), &[(ok.0, ok.1, -5)], soon), State::Pending, "it is older");
        assert_eq!(state(service(), &[(ok.0, ok.1, 0)], soon), State::Pending, "nobody can tell yet");
        assert_eq!(state(service(), &[(ok.0, ok.1, 0)], CHANGED + 90), State::Synced);
        assert_eq!(state(service(), &[(ok.0, ok.1, 1)], soon), State::Synced);
        assert_eq!(state(service(), &[(ok.0, ok.1, 1), (bad.0, bad.1, 2)], soon), State::Failed);
        assert_eq!(state(service(), &[(bad.0, bad.1, 1), (ok.0, ok.1, 2)], soon), State::Synced);
        let begun = ("EnsuringLoadBalancer", "Normal", 2);
        assert_eq!(state(service(), &[begun], soon), State::Pending);
        assert_eq!(state(service(), &[(ok.0, ok.1, 1), begun], soon), State::Pending, "it is at work again");
        assert_eq!(state(service(), &[(bad.0, bad.1, 1), begun], soon), State::Failed, "it tries again");
        assert_eq!(state(service(), &[], CHANGED + 7200), State::Synced, "events are gone");
        assert_eq!(state(web(&[]), &[], CHANGED + 7200), State::Pending, "there is no load balancer");
        assert_eq!(state(web(&[("type", "external")]), &[], soon), State::NobodyActs);
    }
}
