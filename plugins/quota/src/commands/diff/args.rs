//! The arguments of `kubectl quota diff`.

use std::path::PathBuf;

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The output formats of `diff`.
#[derive(Clone, Debug)]
pub struct DiffFormats;

impl FormatSet for DiffFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Csv, Format::Markdown];
}

/// The arguments of `kubectl quota diff`.
#[derive(Args, Clone, Debug)]
pub struct DiffArgs {
    /// The earlier dump: a file made by `kubectl get quota -A -o yaml|json`, a directory, or - for standard input
    #[arg(value_name = "OLD", value_hint = clap::ValueHint::AnyPath)]
    pub old: PathBuf,

    /// The later dump
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    pub new: PathBuf,

    /// Show what did not change as well
    #[arg(long)]
    pub all: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<DiffFormats>,
}
