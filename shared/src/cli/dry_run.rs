//! `--dry-run`.

use clap::ValueEnum;

/// How far a command that writes goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DryRun {
    /// Write it
    #[default]
    None,
    /// Only show it, and ask no server
    Client,
    /// Only show it, after a server was asked
    Server,
}

impl DryRun {
    /// Whether nothing is to be written.
    pub fn is_dry(self) -> bool {
        self != Self::None
    }
}
