//! The flags every command of every plugin takes.

use clap::{Args, builder::Resettable};

use super::ConnectionFlags;
use crate::output::ColorChoice;

/// The flags every command takes, flattened into each plugin's arguments.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalFlags {
    /// The cluster and user to connect to.
    #[command(flatten)]
    pub connection: ConnectionFlags,

    /// How it looks.
    #[command(flatten)]
    pub look: LookFlags,
}

/// The flags for how output looks.
// Without the reset, these and all flags of the plugin after them would stand under "Connection" in help: a
// flattened struct's heading stays on.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = Resettable::Reset)]
pub struct LookFlags {
    /// When to color output
    // `main` reads it off the raw arguments, since errors about the others are colored too.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
}
