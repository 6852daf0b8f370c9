//! The arguments of `kubectl quota verify`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{completers, quota_name};

/// The output formats of `verify`.
#[derive(Clone, Debug)]
pub struct VerifyFormats;

impl FormatSet for VerifyFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Csv, Format::Markdown];
}

/// The arguments of `kubectl quota verify`.
#[derive(Args, Clone, Debug)]
pub struct VerifyArgs {
    /// Verify only quotas with these names
    #[arg(value_name = "QUOTA", value_parser = quota_name::parse, add = completers::quotas())]
    pub names: Vec<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Show what agrees as well, not only drift; JSON and YAML always show all
    #[arg(long)]
    pub all: bool,

    /// Where quotas and objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<VerifyFormats>,
}
