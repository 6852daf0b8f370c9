//! The arguments of a drain.

use std::path::PathBuf;

use clap::Args;

use crate::flags::{DecisionFlags, DocumentFlags, RunFlags, TargetFlags, WriteFlags};

/// The arguments of `kubectl drain-safe NODE…`.
#[derive(Args, Clone, Debug)]
pub struct DrainArgs {
    /// Which nodes.
    #[command(flatten)]
    pub targets: TargetFlags,

    /// What decides about their pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// How it is carried out.
    #[command(flatten)]
    pub run: RunFlags,

    /// Carry out only the plan in this file, which `plan -o json` has written; refuse where it has changed
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,

    /// Who confirms, and how far it goes.
    #[command(flatten)]
    pub write: WriteFlags,

    /// Whether a document is the output.
    #[command(flatten)]
    pub document: DocumentFlags,
}
