//! A recommendation for one namespace.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::quantity::Quantity;

use super::needs::NeedPart;
use crate::proposal::{Change, Proposal, Violation};

/// A recommendation with its reasons.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// The recommended objects.
    pub proposal: Proposal,
    /// Each hard limit with its reasons.
    pub hard: BTreeMap<String, SizedLimit>,
    /// The reason for each value of the LimitRange, by field and resource.
    pub range_reasons: BTreeMap<String, String>,
    /// What was omitted, and what is refused already.
    pub notes: Vec<String>,
    /// What the values would break; none unless values were given.
    pub violations: Vec<Violation>,
    /// What changes in existing objects.
    pub changes: Vec<Change>,
}

/// A hard limit with its reasons.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SizedLimit {
    /// The hard limit.
    pub hard: Quantity,
    /// The source of the value.
    pub from: Source,
    /// The needed amounts by reason.
    pub parts: Vec<NeedPart>,
    /// The sum of the needed amounts.
    pub total: Quantity,
    /// The headroom that was added.
    pub headroom: Quantity,
    /// The current hard limit.
    pub now: Option<Quantity>,
}

/// The source of a hard limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// It follows from what runs.
    Use,
    /// It was given by the user.
    Given,
    /// It exists already, and nothing that runs is charged for it, or it is a number of objects and enough.
    Kept,
}
