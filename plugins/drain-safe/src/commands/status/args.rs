//! The arguments of `status`.

use clap::Args;

use crate::flags::DocumentFormat;

/// The arguments of `kubectl drain-safe status`.
#[derive(Args, Clone, Debug)]
pub struct StatusArgs {
    /// Print a document instead of a table
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<DocumentFormat>,
}
