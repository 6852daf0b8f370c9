//! The arguments that `fits` and `rollout` share.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

/// The output formats of both commands.
#[derive(Clone, Debug)]
pub struct CapacityFormats;

impl FormatSet for CapacityFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// Arguments for one workload.
#[derive(Args, Clone, Debug)]
pub struct CapacityArgs {
    /// The workload, such as deployment/web, sts/db or ds/agent
    #[arg(value_name = "TYPE/NAME", required_unless_present = "filename", conflicts_with = "filename")]
    pub workload: Option<String>,

    /// The name, if the type is a word of its own: deployment web
    #[arg(value_name = "NAME", requires = "workload")]
    pub name: Option<String>,

    /// Read the workload from a manifest, or - for standard input; existing pods of that name count
    #[arg(short = 'f', long = "filename", value_name = "FILE|-")]
    pub filename: Option<PathBuf>,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<CapacityFormats>,
}
