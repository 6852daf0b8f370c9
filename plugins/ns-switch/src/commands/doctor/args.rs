//! The flags of `doctor`.

use clap::Args;
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `doctor`.
#[derive(Clone, Debug)]
pub struct FindingFormats;

impl FormatSet for FindingFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// What can be typed after `kubectl ns-switch doctor`.
#[derive(Args, Clone, Debug)]
pub struct DoctorArgs {
    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<FindingFormats>,
}
