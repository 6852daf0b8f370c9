//! The arguments of `status`.

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{
    completers,
    inputs::{ControllerFlag, ServiceFlags},
};

/// The output formats of `status`.
#[derive(Clone, Debug)]
pub struct StatusFormats;

impl FormatSet for StatusFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl elb-tls status`.
#[derive(Args, Clone, Debug)]
pub struct StatusArgs {
    /// The name of the Service
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub name: String,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Judge by the rules of this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The region of the load balancer [default: that of its hostname and of nodes]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<StatusFormats>,
}

impl StatusArgs {
    /// Returns the flags as commands with several Services have them.
    pub fn service_flags(&self) -> ServiceFlags {
        ServiceFlags {
            names: vec![self.name.clone()],
            dump: self.dump.clone(),
            controller: self.controller,
            region: self.region.clone(),
            ..ServiceFlags::default()
        }
    }
}
