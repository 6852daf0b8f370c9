//! The flags of `explain`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
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

    /// Take the cluster's side from a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a
    /// folder such as a must-gather, or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
