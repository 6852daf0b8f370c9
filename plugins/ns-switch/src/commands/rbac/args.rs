//! The arguments of `rbac`.

use clap::{Args, ValueEnum};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `rbac`.
#[derive(Clone, Debug)]
pub struct RbacFormats;

impl FormatSet for RbacFormats {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Json];
}

pub const LONG_ABOUT: &str = "\
Print the least role that a command needs

Every command works with less: what may not be read is told, and left out.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Print the role of whoever creates namespaces for teams, to be bound
  kubectl ns-switch rbac create

  # Print the role of whoever issues certificates, as JSON
  kubectl ns-switch rbac user -o json

Exit status:
  0  printed";

/// The arguments of `kubectl ns-switch rbac`.
#[derive(Args, Clone, Debug)]
pub struct RbacArgs {
    /// The command that the role is for
    #[arg(value_name = "COMMAND", value_enum)]
    pub command: RoleOf,

    /// The format of the role.
    #[command(flatten)]
    pub output: OutputFlags<RbacFormats>,
}

/// The commands that ask a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleOf {
    /// Switching to a namespace, which looks whether it exists
    To,
    /// Switching to a context and a namespace
    Use,
    /// `list`
    List,
    /// `create`
    Create,
    /// `user add`, `user renew` and `user list`
    User,
    /// `whoami`, which everybody who is logged in may do
    Whoami,
    /// `contexts --check`, likewise
    Contexts,
}
