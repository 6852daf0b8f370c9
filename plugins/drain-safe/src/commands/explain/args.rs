//! The arguments of `kubectl drain-safe explain`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{completers, flags::DecisionFlags};

/// The output formats of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainFormats;

impl FormatSet for ExplainFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl drain-safe explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// The pod, in the namespace in effect
    #[arg(value_name = "POD", add = completers::pods())]
    pub pod: String,

    /// What decides about pods.
    #[command(flatten)]
    pub decision: DecisionFlags,

    /// Where everything comes from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
