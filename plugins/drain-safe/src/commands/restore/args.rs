//! The arguments of `kubectl drain-safe restore`.

use std::path::PathBuf;

use clap::Args;
use shared::cli::DryRun;

use crate::flags::DocumentFormat;

/// The arguments of `kubectl drain-safe restore`.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// Directories or files that export or a drain has written
    #[arg(value_name = "DIR", required = true)]
    pub paths: Vec<PathBuf>,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Show what would be created without creating it; with `server`, let the API server check it
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
