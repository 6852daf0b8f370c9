//! The words and flags of `shell`.

use std::ffi::OsString;

use clap::Args;

use crate::completers;

pub const LONG_ABOUT: &str = "\
Open a shell with a context of its own

The kubeconfig files stay as they are. A small file without credentials stands before them in KUBECONFIG and takes all \
switches: kubectl, helm and this program stay in the shell with them, and `-` and undo count for the shell alone. The \
file is removed when the shell ends. Nothing has to be writable for it.

Examples:
  # Open a shell in context prod
  kubectl ns-switch shell prod

  # Open a shell in context prod and namespace web
  kubectl ns-switch shell prod/web

  # Open a shell in the current context, which others then may change
  kubectl ns-switch shell

  # Run one command in context prod, and return its exit status
  kubectl ns-switch shell prod -- kubectl get pods";

/// The arguments of `kubectl ns-switch shell`.
#[derive(Args, Clone, Debug)]
pub struct ShellArgs {
    /// The context, and after a / the namespace in it
    ///
    /// Without it the shell starts in the current context.
    #[arg(value_name = "CONTEXT[/NAMESPACE]", add = completers::contexts())]
    pub target: Option<String>,

    /// The command to run instead of $SHELL
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,

    /// Do not ask the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// Switch to a protected context without being asked
    #[arg(short, long)]
    pub yes: bool,
}
