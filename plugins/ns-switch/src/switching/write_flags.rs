//! The flags of commands that write.

use clap::{Arg, Args};
use shared::cli::DryRun;

/// The flags of every command that writes.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct WriteFlags {
    /// Remove a lock file that somebody left behind, where it hinders writing
    #[arg(long)]
    pub break_lock: bool,

    /// Only show what would change in which file, and write nothing; with server the namespace is looked for
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

/// `--dry-run` of a command for which there is nothing to be asked of a server.
pub fn without_server(dry_run: Arg) -> Arg {
    dry_run
        .help("Only show what would change in which file, and write nothing; no server is asked either way")
}
