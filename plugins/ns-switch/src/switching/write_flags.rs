//! The flags of commands that write.

use clap::{Arg, Args};
use shared::cli::DryRun;

/// The flags of every command that writes kubeconfig files.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct WriteFlags {
    /// Remove a lock file that an ended process left behind
    #[arg(long)]
    pub break_lock: bool,

    /// Print what would change in which file, and write nothing; fail where the command itself would fail; with
    /// server, the cluster is asked whether the namespace exists
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
}

/// Words the help of `--dry-run` for a command that never asks a server.
pub fn without_server(dry_run: Arg) -> Arg {
    dry_run.help(
        "Print what would change in which file, and write nothing; fail where the command itself would fail; \
         no server is asked either way",
    )
}
