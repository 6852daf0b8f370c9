//! The flags of commands that write.

use clap::{Arg, Args};
use shared::cli::DryRun;

/// The flags of every command that writes kubeconfig files.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct WriteFlags {
    /// Remove a lock file that an ended process left behind
    #[arg(long)]
    pub break_lock: bool,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,
}

/// Words the help of `--dry-run` for a command that never asks a server.
pub fn without_server(dry_run: Arg) -> Arg {
    dry_run.help("Show what would be written, and write nothing; no server is asked either way")
}
