//! The flags of `explain`.

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

/// The formats of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainFormats;

impl FormatSet for ExplainFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// What can be typed after `kubectl quota explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// What is stuck: deployment/web, sts/db, rs/…, ds/…, job/…, cronjob/…, rc/…, pod/…, or - for refusals pasted on
    /// standard input: an error, events, a log; without it all of the namespace that is stuck
    #[arg(value_name = "TYPE/NAME|-")]
    pub target: Option<String>,

    /// The name, where the type stands alone before it: deployment web
    #[arg(value_name = "NAME", requires = "target")]
    pub name: Option<String>,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
