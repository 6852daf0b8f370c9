//! The arguments of `policies`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::policies::LoadBalancerType;

/// The output formats of `policies`.
#[derive(Clone, Debug)]
pub struct PolicyFormats;

impl FormatSet for PolicyFormats {
    const FORMATS: &'static [Format] =
        &[Format::Table, Format::Json, Format::Yaml, Format::Csv, Format::Markdown, Format::Name];
    const NAME_HELP: &'static str = "Only names";
}

/// The arguments of `kubectl elb-tls policies`.
#[derive(Args, Clone, Debug)]
pub struct PoliciesArgs {
    /// List only policies of this type of load balancer
    #[arg(long = "for", value_name = "TYPE")]
    pub of: Option<LoadBalancerType>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<PolicyFormats>,
}
