//! The arguments of `undo`.

use clap::Args;

/// The arguments of `kubectl drain-safe undo`.
#[derive(Args, Clone, Debug)]
pub struct UndoArgs {
    /// The run to take back, or nodes of it [default: the one that nobody carries out]
    #[arg(value_name = "RUN|NODE")]
    pub words: Vec<String>,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,
}
