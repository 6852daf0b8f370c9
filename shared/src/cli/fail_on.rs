//! `--fail-on`.

use clap::ValueEnum;

use crate::output::findings::Severity;

/// The values of `--fail-on`: which findings end a command with exit status 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

impl FailOn {
    /// Returns whether a finding of this severity fails.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity == Severity::Error,
            Self::Warning => severity != Severity::Info,
            Self::Info => true,
            Self::Never => false,
        }
    }
}
