//! The arguments of `kubectl quota rbac`.

use clap::{Args, ValueEnum};

/// The commands that ask a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RbacCommand {
    /// Show what is used
    Usage,
    /// Show who uses it
    Who,
    /// Check manifests
    Check,
    /// Show how many more pods are admitted
    Fits,
    /// Check a rolling update
    Rollout,
    /// Explain why pods are refused
    Explain,
    /// Recount what is used
    Verify,
    /// Find quotas that do not work
    Lint,
    /// Show LimitRanges
    Limits,
    /// Recommend quotas
    Recommend,
    /// Create a quota
    Create,
    /// Try another quota
    WhatIf,
    /// Compare two dumps
    Diff,
}

/// The arguments of `kubectl quota rbac`.
#[derive(Args, Clone, Debug)]
pub struct RbacArgs {
    /// The command that is to be permitted
    #[arg(value_enum, value_name = "COMMAND")]
    pub command: RbacCommand,

    /// Print a ClusterRole, for all namespaces, instead of a Role
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,
}
