//! What a row's numbers mean, in one word.

use serde::Serialize;

/// The state of one resource of one quota. Of those that hold, the first in [`super::decide`]'s order is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// Another value is in force than the one asked for, until the quota controller takes it over.
    Pending,
    /// The server has no count, so creates that need it are refused.
    Unknown,
    /// No evaluator counts this name, so it limits nothing.
    NeverEnforced,
    /// The quota controller has not taken this key up, so it limits nothing yet.
    NotEnforced,
}

impl State {
    /// The word that tables show and JSON carries.
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
