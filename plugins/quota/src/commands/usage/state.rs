//! The state of a row, and the thresholds that decide it.

use schemars::JsonSchema;
use serde::Serialize;
use shared::quantity::Percent;

/// Thresholds between Ok, Warn and Crit.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// Percentage used from which a row is a warning.
    pub warn: Percent,
    /// Percentage used from which a row is critical.
    pub crit: Percent,
}

/// State of one resource of one quota. Where several hold, [`super::decide`] takes the first in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub enum State {
    /// Below every threshold.
    Ok,
    /// At or above the warning threshold.
    Warn,
    /// At or above the critical threshold.
    Crit,
    /// Used equals hard: nothing more is admitted.
    Full,
    /// Hard is 0 and nothing is used: nothing is admitted.
    Blocked,
    /// Used is above hard, as after a quota was lowered.
    Over,
    /// The enforced value is not the one in the spec, until the quota controller syncs the quota.
    Pending,
    /// The server has no count, so creates that need it are refused.
    Unknown,
    /// No evaluator counts this resource name, so it limits nothing.
    NeverEnforced,
    /// The quota controller has not synced this key, so it limits nothing yet.
    NotEnforced,
}

impl State {
    /// Returns the word that tables and JSON show.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Warn => "Warn",
            Self::Crit => "Crit",
            Self::Full => "Full",
            Self::Blocked => "Blocked",
            Self::Over => "Over",
            Self::Pending => "Pending",
            Self::Unknown => "Unknown",
            Self::NeverEnforced => "NeverEnforced",
            Self::NotEnforced => "NotEnforced",
        }
    }
}
