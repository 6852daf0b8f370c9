//! The words and flags of `shell`.

use std::ffi::{OsStr, OsString};

use clap::Args;
use shared::{Error, Result};

use crate::completers;

pub const LONG_ABOUT: &str = "\
Open a shell with a context of its own

The kubeconfig files stay as they are. A small file without credentials stands before them in KUBECONFIG and takes all \
switches: kubectl, helm and this program stay in the shell with them, and `-` and undo count for the shell alone. The \
file is removed when the shell ends. Nothing has to be writable for it.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Open a shell in context prod
  kubectl ns-switch shell prod

  # Open a shell in context prod and namespace web
  kubectl ns-switch shell prod/web

  # Open a shell in the current context, which others then may change
  kubectl ns-switch shell

  # Run one command in context prod, and return its exit status
  kubectl ns-switch shell prod -- kubectl get pods

Exit status:
  0  the exit status of the shell or command
  1  the context does not exist, or the shell could not be started";

/// The arguments of `kubectl ns-switch shell`.
#[derive(Args, Clone, Debug)]
pub struct ShellArgs {
    /// The context, and after a / the namespace in it; - for the previous context; a name that begins with - goes
    /// after --, and a command after another --
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

    /// Answer the confirmation with yes
    ///
    /// Switch to a protected context: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,
}

impl ShellArgs {
    /// Returns the context and the command. No command begins with a dash: what does is a context behind the first `--`.
    ///
    /// # Errors
    /// Such a context is followed by a word without another `--` in between.
    pub fn target_and_command(&self) -> Result<(Option<&str>, &[OsString])> {
        let literal =
            self.command.first().and_then(|word| word.to_str()).filter(|word| word.starts_with('-'));
        match (&self.target, literal, self.command.get(1)) {
            (Some(_), _, _) | (None, None, _) => Ok((self.target.as_deref(), &self.command)),
            (None, Some(context), None) => Ok((Some(context), &[])),
            (None, Some(context), Some(next)) if next == OsStr::new("--") => {
                Ok((Some(context), &self.command[2..]))
            }
            (None, Some(context), Some(_)) => {
                Err(Error::usage(format!("after the context {context:?}, the command needs another --"))
                    .with_hint("kubectl ns-switch shell -- CONTEXT -- COMMAND"))
            }
        }
    }
}
