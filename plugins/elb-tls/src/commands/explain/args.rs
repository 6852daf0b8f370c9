//! The arguments of `explain`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::completers;

/// The output formats of `explain`.
#[derive(Clone, Debug)]
pub struct ExplainFormats;

impl FormatSet for ExplainFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl elb-tls explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// A key, short or full, or the name of a rule; without it, all are listed
    #[arg(value_name = "KEY|RULE", add = completers::short_keys_and_rules())]
    pub subject: Option<String>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<ExplainFormats>,
}
