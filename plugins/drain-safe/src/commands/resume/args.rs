//! The arguments of `resume`.

use clap::Args;

/// The arguments of `kubectl drain-safe resume`.
#[derive(Args, Clone, Debug)]
pub struct ResumeArgs {
    /// The run to go on with, or nodes of it [default: the one that nobody carries out]
    #[arg(value_name = "RUN|NODE")]
    pub words: Vec<String>,

    /// Answer the confirmation with yes
    #[arg(short = 'y', long)]
    pub yes: bool,

    /// Print a document of what was done instead of lines
    #[arg(short = 'o', long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    pub output: Option<crate::flags::DocumentFormat>,
}
