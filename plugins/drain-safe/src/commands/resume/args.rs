//! The arguments of `resume`.

use clap::Args;

use crate::flags::DocumentFlags;

/// The arguments of `kubectl drain-safe resume`.
#[derive(Args, Clone, Debug)]
pub struct ResumeArgs {
    /// The run to go on with, or nodes of it [default: the one that nobody carries out]
    #[arg(value_name = "RUN|NODE")]
    pub words: Vec<String>,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Whether a document is the output.
    #[command(flatten)]
    pub document: DocumentFlags,
}
