//! One row of `usage`: one resource of one quota.

use shared::quantity::{Quantity, percent_cell};

use super::state::State;

/// What one quota says of one resource, judged.
#[derive(Clone, Debug)]
pub struct Row {
    /// The namespace the quota is in.
    pub namespace: String,
    /// The quota's name.
    pub quota: String,
    /// Which objects the quota counts; empty for all.
    pub scopes: Vec<String>,
    /// The resource as the quota lists it.
    pub resource: String,
    /// What admission enforces; what the spec asks for where nothing is enforced yet.
    pub hard: Quantity,
    /// What the spec asks for; `None` where the spec no longer names the resource.
    pub spec_hard: Option<Quantity>,
    /// What the server counts; `None` where it does not.
    pub used: Option<Quantity>,
    /// What is left, never below 0; `None` where `used` is unknown.
    pub free: Option<Quantity>,
    /// Used over hard; `None` where `used` is unknown or hard is 0.
    pub ratio: Option<f64>,
    /// The verdict.
    pub state: State,
    /// Why the verdict is not Ok, a sentence; empty for Ok.
    pub reason: String,
    /// Whether this is the tightest of the unscoped quotas of its namespace for this resource.
    pub binding: bool,
}

impl Row {
    /// Used over hard in whole percent, rounded down so that 100% is never shown too early; `<1%` above 0.
    /// `-` where there is no share to speak of.
    pub fn percent(&self) -> String {
        let percent = self.used.as_ref().and_then(|used| percent_cell(used, &self.hard));
        percent.unwrap_or_else(|| "-".to_owned())
    }

    /// Whether the row counts quotas themselves. It is full by design and thus never a finding (openshift/origin#6649).
    pub fn counts_quotas(&self) -> bool {
        matches!(self.resource.as_str(), "resourcequotas" | "count/resourcequotas")
    }
}
