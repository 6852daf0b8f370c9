//! The arguments of `rbac`.

use clap::{Args, ValueEnum};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The output formats of `rbac`.
#[derive(Clone, Debug)]
pub struct RbacFormats;

impl FormatSet for RbacFormats {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Json];
}

/// The arguments of `kubectl elb-tls rbac`.
#[derive(Args, Clone, Debug)]
pub struct RbacArgs {
    /// The command that the role is for
    #[arg(value_name = "COMMAND", default_value = "check")]
    pub command: RoleOf,

    /// Print a ClusterRole, for all namespaces, instead of a Role
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<RbacFormats>,
}

/// The commands that ask a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleOf {
    /// `list`
    List,
    /// `plan`
    Plan,
    /// `check`
    Check,
    /// `annotate`
    Annotate,
    /// `rollback`
    Rollback,
    /// `status`
    Status,
    /// `wait`
    Wait,
    /// `verify`
    Verify,
    /// `migrate`
    Migrate,
}
