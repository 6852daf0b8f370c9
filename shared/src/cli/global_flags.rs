//! The flags every command of every plugin takes.

use clap::Args;

use super::ConnectionFlags;
use crate::output::ColorChoice;

/// The flags every command takes, flattened into each plugin's arguments.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalFlags {
    /// Which cluster, as whom.
    #[command(flatten)]
    pub connection: ConnectionFlags,

    /// When to colour output
    // `main` reads it off the raw arguments, since errors about the others are coloured too.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, help_heading = "Options")]
    pub color: ColorChoice,
}
