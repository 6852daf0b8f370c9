//! The arguments of `kubectl drain-safe rbac`.

use clap::{Args, ValueEnum};

/// The commands whose rights are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RbacCommand {
    /// Plan a drain
    Plan,
    /// Explain one pod
    Explain,
    /// Look at all nodes
    Doctor,
    /// Drain nodes
    Drain,
    /// Go on with a drain
    Resume,
    /// Drain nodes one after the other
    Rolling,
    /// Show the drains of the cluster
    Status,
    /// Let pods in again
    Finish,
    /// Take a drain back
    Undo,
    /// Write objects to files
    Export,
    /// Write objects and a snapshot of etcd to files; etcd itself is asked with its own certificates
    Backup,
    /// Create objects that are missing
    Restore,
}

/// The arguments of `kubectl drain-safe rbac`.
#[derive(Args, Clone, Debug)]
pub struct RbacArgs {
    /// The command that is to be permitted
    #[arg(value_enum, value_name = "COMMAND")]
    pub command: RbacCommand,
}
