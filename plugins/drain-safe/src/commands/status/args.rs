//! The arguments of `status`.

use clap::Args;

use crate::flags::DocumentFlags;

/// The arguments of `kubectl drain-safe status`.
#[derive(Args, Clone, Debug)]
pub struct StatusArgs {
    /// Whether a document is the output.
    #[command(flatten)]
    pub document: DocumentFlags,
}
