//! The words and flags of the default command.

use clap::Args;
use shared::{cli::OutputFlags, output::Format};

use crate::{completers, namespaces::NamespaceFormats, switching::WriteFlags};

/// What can be typed after `kubectl ns-switch`, or `kubectl ns-switch to`.
#[derive(Args, Clone, Debug)]
pub struct SwitchNamespaceArgs {
    /// The namespace to switch to, or - for the one before; without it one is chosen from a list on a terminal, and
    /// listed elsewhere
    #[arg(value_name = "NAME", add = completers::namespaces(), conflicts_with_all = ["current", "unset", "literal", "format", "no_headers"])]
    pub name: Option<String>,

    /// The namespace to switch to, for names that are words of this command: -- list
    #[arg(last = true, value_name = "NAME", conflicts_with_all = ["current", "unset", "format", "no_headers"])]
    pub literal: Option<String>,

    /// Print the namespace in effect
    #[arg(short, long, conflicts_with_all = ["unset", "force", "format", "no_headers"])]
    pub current: bool,

    /// Take the namespace out of the context, so that kubectl takes "default"
    #[arg(short, long, conflicts_with_all = ["format", "no_headers"])]
    pub unset: bool,

    /// Switch without asking the cluster whether the namespace exists
    #[arg(short, long)]
    pub force: bool,

    /// How to write.
    #[command(flatten)]
    pub write: WriteFlags,

    /// How to show the list.
    #[command(flatten)]
    pub output: OutputFlags<NamespaceFormats>,
}

impl SwitchNamespaceArgs {
    /// Whether a list was asked for in a certain form, so that nothing is to be chosen.
    pub fn wants_list(&self) -> bool {
        self.output.no_headers || self.output.format != Format::Table
    }
}
