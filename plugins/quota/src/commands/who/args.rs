//! The arguments of `kubectl quota who`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{completers, quota_name};

/// The output formats of `who`.
#[derive(Clone, Debug)]
pub struct WhoFormats;

impl FormatSet for WhoFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Csv, Format::Markdown];
}

/// The arguments of `kubectl quota who`.
#[derive(Args, Clone, Debug)]
pub struct WhoArgs {
    /// Show only quotas with these names
    #[arg(value_name = "QUOTA", value_parser = quota_name::parse, add = completers::quotas())]
    pub names: Vec<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Show only these resources, as quotas name them (requests.cpu); cpu means requests.cpu as well
    #[arg(
        short = 'r',
        long = "resource",
        value_name = "RESOURCE",
        value_delimiter = ',',
        add = completers::resources()
    )]
    pub resources: Vec<String>,

    /// Show the pods of each workload as well
    #[arg(long)]
    pub pods: bool,

    /// Compare requests of CPU and memory with what metrics-server measures
    #[arg(long, conflicts_with = "from")]
    pub unused: bool,

    /// Where quotas and objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<WhoFormats>,
}

impl WhoArgs {
    /// Returns the resources that are wanted; none for all.
    pub fn wanted_resources(&self) -> Vec<String> {
        match (self.unused, self.resources.is_empty()) {
            // Nothing else is measured.
            (true, true) => vec!["requests.cpu".to_owned(), "requests.memory".to_owned()],
            _ => self.resources.clone(),
        }
    }
}
