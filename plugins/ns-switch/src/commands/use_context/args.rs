//! The words and flags of `use`.

use clap::Args;

use crate::{completers, switching::WriteFlags};

/// What can be typed after `kubectl ns-switch use`.
#[derive(Args, Clone, Debug)]
pub struct UseArgs {
    /// The context, and after a / the namespace in it; - for the context before; without it one is chosen from a list
    #[arg(value_name = "CONTEXT[/NAMESPACE]", add = completers::contexts(), conflicts_with = "literal")]
    pub target: Option<String>,

    /// The same, for a name that is called - or begins with it
    #[arg(last = true, value_name = "CONTEXT[/NAMESPACE]")]
    pub literal: Option<String>,

    /// Switch without asking the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// Switch to a protected context without being asked
    #[arg(short, long)]
    pub yes: bool,

    /// How to write.
    #[command(flatten)]
    pub write: WriteFlags,
}
