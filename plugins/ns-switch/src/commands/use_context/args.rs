//! The words and flags of `use`.

use clap::Args;

use crate::{completers, switching::WriteFlags};

pub const LONG_ABOUT: &str = "\
Switch to a context, and to a namespace in it

With a namespace both are written or neither, after the cluster was asked whether the namespace exists.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Switch to context prod
  kubectl ns-switch use prod

  # Switch to context prod, and to namespace web in it
  kubectl ns-switch use prod/web

  # Go back to the previous context
  kubectl ns-switch use -

  # Choose a context from a list
  kubectl ns-switch use

  # Switch to a protected context without being asked
  kubectl ns-switch use prod --yes

  # Show what a switch to a protected context would change
  kubectl ns-switch use prod --yes --dry-run

Exit status:
  0    switched
  1    the context or namespace does not exist
  5    the context is protected
  7    the kubeconfig could not be read or written
  130  canceled";

/// The arguments of `kubectl ns-switch use`.
#[derive(Args, Clone, Debug)]
pub struct UseArgs {
    /// The context, and after a / the namespace in it; - for the previous context; a name that begins with - goes
    /// after --
    ///
    /// Without a name one is chosen from a list.
    #[arg(value_name = "CONTEXT[/NAMESPACE]", add = completers::contexts_and_namespaces())]
    pub target: Option<String>,

    /// A name that begins with -
    #[arg(last = true, hide = true, value_name = "CONTEXT[/NAMESPACE]", conflicts_with = "target")]
    pub literal: Option<String>,

    /// Switch without asking the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// Answer the confirmation with yes
    ///
    /// Switch to a protected context: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,

    /// The flags of commands that write.
    #[command(flatten)]
    pub write: WriteFlags,
}
