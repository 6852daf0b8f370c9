//! The arguments of `kubectl drain-safe export`.

use std::path::PathBuf;

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The output formats of `export`.
#[derive(Clone, Debug)]
pub struct ExportFormats;

impl FormatSet for ExportFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl drain-safe export`.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// Directory to write to: it must be empty, or not be there
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,

    /// Export Secrets, too
    #[arg(long)]
    pub secrets: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ExportFormats>,
}
