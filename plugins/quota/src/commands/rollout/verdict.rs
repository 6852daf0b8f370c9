//! Whether a rollout completes.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{cli::ExitStatus, output::Style};

/// Whether a rollout completes under the quotas of its namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Verdict {
    /// All pods are replaced.
    Completes,
    /// Quotas refuse a pod that the rollout cannot go on without.
    Deadlocks,
    /// Some of the rules could not be read.
    Unknown,
}

impl Verdict {
    /// Judges a rollout; `complete` says whether all rules could be read.
    pub fn new(completes: bool, complete: bool) -> Self {
        match (completes, complete) {
            (true, true) => Self::Completes,
            (true, false) => Self::Unknown,
            (false, _) => Self::Deadlocks,
        }
    }

    /// Returns the word that tables and JSON show.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completes => "Completes",
            Self::Deadlocks => "Deadlocks",
            Self::Unknown => "Unknown",
        }
    }

    /// Returns how a table shows the word.
    pub fn style(self) -> Style {
        match self {
            Self::Completes => Style::Ok,
            Self::Deadlocks => Style::Critical,
            Self::Unknown => Style::Warning,
        }
    }

    /// Returns the exit status of the command.
    pub fn exit_status(self) -> ExitStatus {
        match self {
            Self::Completes => ExitStatus::Success,
            Self::Deadlocks => ExitStatus::No,
            Self::Unknown => ExitStatus::Incomplete,
        }
    }
}
