//! What both commands are asked.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of both commands.
#[derive(Clone, Debug)]
pub struct CapacityFormats;

impl FormatSet for CapacityFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// Which workload, from where, and how to show the answer.
#[derive(Args, Clone, Debug)]
pub struct CapacityArgs {
    /// The workload: deployment/web, sts/db, rs/…, ds/…, rc/…, job/…, cronjob/…
    #[arg(value_name = "TYPE/NAME", required_unless_present = "filename", conflicts_with = "filename")]
    pub workload: Option<String>,

    /// The name, where the type stands alone before it: deployment web
    #[arg(value_name = "NAME", requires = "workload")]
    pub name: Option<String>,

    /// A manifest of the workload instead, - for standard input; what runs under its name counts
    #[arg(short = 'f', long = "filename", value_name = "FILE|-")]
    pub filename: Option<PathBuf>,

    /// Take the cluster's side from a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a
    /// folder such as a must-gather, or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<CapacityFormats>,
}
