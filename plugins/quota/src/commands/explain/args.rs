//! The arguments of `explain`.

use clap::Args;

use crate::completers;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

/// The output formats of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainFormats;

impl FormatSet for ExplainFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl quota explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// Explain this object: deployment/web, sts/db, rs/…, ds/…, job/…, cronjob/…, rc/… or pod/…; with `-`, explain the
    /// refusals on standard input, such as an error, events or a log [default: everything in the namespace that is stuck]
    #[arg(value_name = "TYPE/NAME|-", conflicts_with = "all_namespaces", add = completers::workloads())]
    pub target: Option<String>,

    /// Explain the object of this name, if the type is given alone: deployment web
    #[arg(value_name = "NAME", requires = "target")]
    pub name: Option<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// The dump to read instead of a cluster.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
