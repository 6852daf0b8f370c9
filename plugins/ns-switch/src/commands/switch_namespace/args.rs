//! The words and flags of the default command.

use clap::Args;
use shared::{cli::OutputFlags, output::Format};

use crate::{completers, namespaces::NamespaceFormats, switching::WriteFlags};

pub const LONG_ABOUT: &str = "\
Switch to a namespace (the default command)

The namespace is set in the current context, or in that of --context, after the cluster was asked whether it exists.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Work in namespace shop
  kubectl ns-switch shop

  # Go back to the previous namespace
  kubectl ns-switch -

  # Choose a namespace from a list
  kubectl ns-switch

  # Print the namespace in effect
  kubectl ns-switch -c

  # Switch to a namespace without asking the cluster
  kubectl ns-switch shop --force

  # Show what would change
  kubectl ns-switch shop --dry-run

Exit status:
  0    switched, printed or listed
  1    the namespace does not exist, or the cluster could not be asked
  5    the context is protected
  7    the kubeconfig could not be read or written
  130  canceled";

/// The arguments of `kubectl ns-switch` and `kubectl ns-switch to`.
#[derive(Args, Clone, Debug)]
pub struct SwitchNamespaceArgs {
    /// The namespace to switch to, or - for the previous one; a name that is also a command goes after --
    ///
    /// Without a name one is chosen from a list; where there is not a terminal, the namespaces are listed.
    #[arg(value_name = "NAME", add = completers::namespaces(), conflicts_with_all = ["current", "unset", "format", "no_headers"])]
    pub name: Option<String>,

    /// A name that is also a command
    #[arg(last = true, hide = true, value_name = "NAME", conflicts_with_all = ["name", "current", "unset", "format", "no_headers"])]
    pub literal: Option<String>,

    /// Print the namespace in effect
    #[arg(short, long, conflicts_with_all = ["unset", "force", "format", "no_headers"])]
    pub current: bool,

    /// Remove the namespace from the context, so that kubectl uses "default"
    #[arg(short, long, conflicts_with_all = ["format", "no_headers"])]
    pub unset: bool,

    /// Switch without asking the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// The flags of commands that write.
    #[command(flatten)]
    pub write: WriteFlags,

    /// The format of the list.
    #[command(flatten)]
    pub output: OutputFlags<NamespaceFormats>,
}

impl SwitchNamespaceArgs {
    /// Returns whether a list was asked for in a certain format, so that nothing is to be chosen.
    pub fn wants_list(&self) -> bool {
        self.output.no_headers || self.output.format != Format::Table
    }
}
