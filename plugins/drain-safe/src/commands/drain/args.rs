//! The arguments of a drain.

use std::path::PathBuf;

use clap::Args;
use shared::cli::DryRun;

use crate::flags::{DecisionFlags, DocumentFormat, RunFlags, TargetFlags};

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

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Show what would be written without writing it; with `server`, ask for the first wave's evictions once
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_value_t,
        default_missing_value = "client"
    )]
    pub dry_run: DryRun,

    /// Print a document of what was done instead of lines
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<DocumentFormat>,
}
