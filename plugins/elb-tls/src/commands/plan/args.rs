//! The arguments of `plan`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::{inputs::ServiceFlags, key_changes::KeyFlags};

/// The output formats of `plan`.
#[derive(Clone, Debug)]
pub struct PlanFormats;

impl FormatSet for PlanFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl elb-tls plan`.
#[derive(Args, Clone, Debug)]
pub struct PlanArgs {
    /// Which Services.
    #[command(flatten)]
    pub services: ServiceFlags,

    /// What changes.
    #[command(flatten)]
    pub changes: KeyFlags,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<PlanFormats>,
}
