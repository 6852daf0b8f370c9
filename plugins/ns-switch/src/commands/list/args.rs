//! The flags of `list`.

use clap::Args;
use shared::cli::OutputFlags;

use crate::namespaces::NamespaceFormats;

/// What can be typed after `kubectl ns-switch list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<NamespaceFormats>,
}
