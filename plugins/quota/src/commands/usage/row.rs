//! One row of `usage`: one resource of one quota.

use std::{borrow::Cow, rc::Rc};

use shared::quantity::{Quantity, percent_cell, ratio};

use super::state::State;

/// The quota that a row belongs to; all of its rows share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The namespace the quota is in.
    pub namespace: String,
    /// The quota's name.
    pub quota: String,
    /// Which objects the quota counts; empty for all.
    pub scopes: Vec<String>,
}

/// What one quota says of one resource, judged. A large cluster has a hundred thousand of them.
#[derive(Clone, Debug)]
pub struct Row {
    /// The quota.
    pub place: Rc<Place>,
    /// The resource as the quota lists it.
    pub resource: String,
    /// What admission enforces; what the spec asks for where nothing is enforced yet.
    pub hard: Quantity,
    /// What the spec asks for; `None` where the spec no longer names the resource.
    pub spec_hard: Option<Quantity>,
    /// What the server counts; `None` where it does not.
    pub used: Option<Quantity>,
    /// The verdict.
    pub state: State,
    /// Why the verdict is not Ok, a sentence; empty for Ok.
    pub reason: Cow<'static, str>,
    /// Whether this is the tightest of the unscoped quotas of its namespace for this resource.
    pub binding: bool,
}

impl Row {
    /// What is left, never below 0; `None` where `used` is unknown.
    pub fn free(&self) -> Option<Quantity> {
        self.used.as_ref().map(|used| self.hard.saturating_sub(used))
    }

    /// Used over hard; `None` where `used` is unknown or hard is 0.
    pub fn ratio(&self) -> Option<f64> {
        self.used.as_ref().and_then(|used| ratio(used, &self.hard))
    }

    /// Used over hard in whole percent, rounded down so that 100% is never shown too early; `<1%` above 0.
    /// `-` where there is no share to speak of.
    pub fn percent(&self) -> String {
        let percent = self.used.as_ref().and_then(|used| percent_cell(used, &self.hard));
        percent.unwrap_or_else(|| "-".to_owned())
    }

    /// Whether the quota counts some objects only.
    pub fn is_scoped(&self) -> bool {
        !self.place.scopes.is_empty()
    }

    /// Whether the row counts quotas themselves. It is full by design and thus never a finding (openshift/origin#6649).
    pub fn counts_quotas(&self) -> bool {
        matches!(self.resource.as_str(), "resourcequotas" | "count/resourcequotas")
    }
}
