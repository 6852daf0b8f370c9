//! A change, and what it hurts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::listeners::{Listener, Refusal, Scheme};

/// What a change hurts, rising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub enum Impact {
    /// Nothing that runs changes.
    None,
    /// It is changed in place; open connections live.
    Brief,
    /// The listener stays, but open connections end, or clients or pods speak another protocol.
    ConnectionsCut,
    /// The listener is deleted and recreated.
    ListenerRecreated,
    /// The load balancer is deleted, and another is made under another hostname.
    LoadBalancerReplaced,
    /// A second load balancer is made, and the first is left behind.
    HostnameChanges,
    /// The controller gives up, or nobody acts.
    SyncStops,
}

impl Impact {
    /// Returns the word of documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Brief => "Brief",
            Self::ConnectionsCut => "ConnectionsCut",
            Self::ListenerRecreated => "ListenerRecreated",
            Self::LoadBalancerReplaced => "LoadBalancerReplaced",
            Self::HostnameChanges => "HostnameChanges",
            Self::SyncStops => "SyncStops",
        }
    }
}

/// A change of one port, or of the whole load balancer, for one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The port; `None` for the whole load balancer or sync.
    pub port: Option<i32>,
    /// What it hurts.
    pub impact: Impact,
    /// Why, in a sentence.
    pub reason: String,
    /// The safe way round, where there is one.
    pub way: Option<String>,
    /// The key that the controller or AWS refuses, where it is one.
    #[serde(skip)]
    pub key: Option<&'static str>,
}

impl Change {
    /// Creates a change of a port.
    pub fn of_port(port: i32, impact: Impact, reason: impl Into<String>) -> Self {
        Self { port: Some(port), impact, reason: reason.into(), way: None, key: None }
    }

    /// Creates a change of the whole load balancer.
    pub fn of_all(impact: Impact, reason: impl Into<String>) -> Self {
        Self { port: None, impact, reason: reason.into(), way: None, key: None }
    }

    /// Creates the end of a sync that a refusal stops: whose, why, and what that leaves.
    pub fn stop(who: &str, refusal: &Refusal, rest: &str) -> Self {
        let reason = format!("{who} gives up: {}; {rest}", refusal.message);
        Self { port: refusal.port, impact: Impact::SyncStops, reason, way: None, key: refusal.key }
    }

    /// Adds the safe way round.
    pub fn with_way(self, way: impl Into<String>) -> Self {
        Self { way: Some(way.into()), ..self }
    }
}

/// What a sync ends with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The listeners afterward, in the order of the controller.
    pub after: Vec<Listener>,
    /// The scheme afterward, where it is known.
    pub scheme: Option<Scheme>,
    /// The changes.
    pub changes: Vec<Change>,
    /// What Kubernetes alone cannot tell.
    pub doubts: Vec<String>,
}

impl Outcome {
    /// Returns whether the controller gives up, or nobody acts.
    pub fn stops(&self) -> bool {
        self.changes.iter().any(|change| change.impact == Impact::SyncStops)
    }
}
