//! The arguments of `kubectl drain-safe doctor`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::flags::DecisionFlags;

/// The output formats of `doctor`.
#[derive(Clone, Debug)]
pub struct DoctorFormats;

impl FormatSet for DoctorFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl drain-safe doctor`.
#[derive(Args, Clone, Debug)]
pub struct DoctorArgs {
    /// What decides about pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// Where everything comes from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<DoctorFormats>,
}
