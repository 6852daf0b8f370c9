//! The arguments of `kubectl drain-safe restore`.

use std::path::PathBuf;

use clap::Args;

use crate::flags::{DocumentFlags, WriteFlags};

/// The arguments of `kubectl drain-safe restore`.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// Directories or files that export or a drain has written
    #[arg(value_name = "DIR", required = true)]
    pub paths: Vec<PathBuf>,

    /// Who confirms, and how far it goes.
    #[command(flatten)]
    pub write: WriteFlags,

    /// Whether a document is the output.
    #[command(flatten)]
    pub document: DocumentFlags,
}
