//! The flags of `check`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `check`.
#[derive(Clone, Debug)]
pub struct CheckFormats;

impl FormatSet for CheckFormats {
    const FORMATS: &'static [Format] = &[
        Format::Table,
        Format::Wide,
        Format::Json,
        Format::Yaml,
        Format::Csv,
        Format::Markdown,
        Format::Junit,
    ];
}

/// What can be typed after `kubectl quota check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// The manifests: a file, a folder with all below it, or - for standard input; may be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-", required = true)]
    pub filenames: Vec<PathBuf>,

    /// Take the cluster's side from a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a
    /// folder such as a must-gather, or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<CheckFormats>,
}
