//! The flags of `undo`.

use clap::Args;

use crate::switching::WriteFlags;

pub const LONG_ABOUT: &str = "\
Undo the last change to the kubeconfig

The files get back the bytes they had, unless something else has changed them since. One change is remembered for each \
KUBECONFIG; running it again redoes the change.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Undo the last switch, rename or deletion
  kubectl ns-switch undo

  # Show what that would change
  kubectl ns-switch undo --dry-run

Exit status:
  0  undone, or nothing to undo
  5  the kubeconfig has changed since
  7  the kubeconfig could not be read or written";

/// The arguments of `kubectl ns-switch undo`.
#[derive(Args, Clone, Copy, Debug)]
pub struct UndoArgs {
    /// Answer the confirmation with yes
    ///
    /// Go back to a protected context, or rename or delete one: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,

    /// The flags of commands that write.
    #[command(flatten)]
    pub write: WriteFlags,
}
