//! The arguments of `kubectl drain-safe plan`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::flags::{DecisionFlags, TargetFlags};

/// The output formats of `plan`.
#[derive(Clone, Debug)]
pub struct PlanFormats;

impl FormatSet for PlanFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Wide, Format::Json, Format::Yaml, Format::Markdown];
}

/// The arguments of `kubectl drain-safe plan`.
#[derive(Args, Clone, Debug)]
pub struct PlanArgs {
    /// The nodes.
    #[command(flatten)]
    pub targets: TargetFlags,

    /// What decides about pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// Where everything comes from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<PlanFormats>,
}
