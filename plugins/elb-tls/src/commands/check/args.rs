//! The arguments of `check`.

use clap::Args;
use shared::{
    cli::{FailOn, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{completers, inputs::ServiceFlags};

/// The output formats of `check`.
#[derive(Clone, Debug)]
pub struct CheckFormats;

impl FormatSet for CheckFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Json, Format::Yaml, Format::Sarif, Format::Junit];
}

/// The arguments of `kubectl elb-tls check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Which Services.
    #[command(flatten)]
    pub services: ServiceFlags,

    /// Exit with status 3 at findings of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,

    /// Leave findings of these rules out; may be repeated
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', add = completers::rules())]
    pub ignore: Vec<String>,

    /// Take it as wanted that ports lose TLS (ELB-IMP-005)
    #[arg(long)]
    pub allow_plaintext: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<CheckFormats>,
}
