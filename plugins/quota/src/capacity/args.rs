//! The arguments that `fits` and `rollout` share.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::completers;

/// The output formats of both commands.
#[derive(Clone, Debug)]
pub struct CapacityFormats;

impl FormatSet for CapacityFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// Arguments for one workload, or all.
#[derive(Args, Clone, Debug)]
pub struct CapacityArgs {
    /// The workload, such as deployment/web, sts/db or ds/agent [default: all of the namespace]
    #[arg(value_name = "TYPE/NAME", conflicts_with_all = ["filename", "all_namespaces"], add = completers::workloads())]
    pub workload: Option<String>,

    /// The name, if the type is a word of its own: deployment web
    #[arg(value_name = "NAME", requires = "workload", add = completers::names_of_type())]
    pub name: Option<String>,

    /// Look at all namespaces
    #[arg(short = 'A', long, conflicts_with = "filename")]
    pub all_namespaces: bool,

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

impl CapacityArgs {
    /// Returns whether all workloads are meant, and not one.
    pub fn is_about_all(&self) -> bool {
        self.workload.is_none() && self.filename.is_none()
    }
}
