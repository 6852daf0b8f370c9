//! The arguments of `kubectl quota limits`.

use std::path::PathBuf;

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::completers;

/// The output formats of `limits`.
#[derive(Clone, Debug)]
pub struct LimitsFormats;

impl FormatSet for LimitsFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Csv, Format::Markdown];
}

/// The arguments of `kubectl quota limits`.
#[derive(Args, Clone, Debug)]
pub struct LimitsArgs {
    /// Show what the containers of this workload get, such as deployment/web or pod/web
    #[arg(value_name = "TYPE/NAME", conflicts_with_all = ["filename", "all_namespaces"], add = completers::workloads())]
    pub workload: Option<String>,

    /// The name, if the type is a word of its own: deployment web
    #[arg(value_name = "NAME", requires = "workload", add = completers::names_of_type())]
    pub name: Option<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Show what the containers of the workloads in these manifests get, or - for standard input
    #[arg(
        short = 'f',
        long = "filename",
        value_name = "FILE|DIR|-",
        value_delimiter = ',',
        conflicts_with = "all_namespaces"
    )]
    pub filename: Vec<PathBuf>,

    /// Where LimitRanges and workloads come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<LimitsFormats>,
}
