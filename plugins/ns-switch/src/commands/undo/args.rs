//! The flags of `undo`.

use clap::Args;

use crate::switching::WriteFlags;

/// What can be typed after `kubectl ns-switch undo`.
#[derive(Args, Clone, Debug)]
pub struct UndoArgs {
    /// How to write.
    #[command(flatten)]
    pub write: WriteFlags,
}
