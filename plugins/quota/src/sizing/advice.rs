//! What is recommended for one namespace.

use std::collections::BTreeMap;

use serde::Serialize;
use shared::quantity::Quantity;

use super::needs::NeedPart;
use crate::proposal::{Change, Proposal, Violation};

/// A recommendation, with everything that speaks for it.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// The objects.
    pub proposal: Proposal,
    /// How each limit of the quota came about.
    pub hard: BTreeMap<String, SizedLimit>,
    /// How each value of the LimitRange came about, by field and resource.
    pub range_reasons: BTreeMap<String, String>,
    /// What was left out, and what current in the way already.
    pub notes: Vec<String>,
    /// What the values would break; none unless some were given by hand.
    pub violations: Vec<Violation>,
    /// What they change of what is there.
    pub changes: Vec<Change>,
}

/// One limit of a quota.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SizedLimit {
    /// The limit.
    pub hard: Quantity,
    /// Where it comes from.
    pub from: Source,
    /// What is needed, by reason.
    pub parts: Vec<NeedPart>,
    /// All that is needed.
    pub total: Quantity,
    /// The room to grow that was added.
    pub headroom: Quantity,
    /// What the quota of today allows.
    pub now: Option<Quantity>,
}

/// Where a limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// From what runs.
    Use,
    /// It was given.
    Given,
    /// It current already, and what runs says nothing about it.
    Kept,
}
