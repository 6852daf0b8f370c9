//! The arguments of `wait`.

use clap::Args;
use shared::{
    cli::{OutputFlags, RequestTimeout},
    output::{Format, FormatSet},
};

use crate::{
    completers,
    inputs::{ControllerFlag, ServiceFlags},
    sync_state::Goal,
};

/// The output formats of `wait`.
#[derive(Clone, Debug)]
pub struct WaitFormats;

impl FormatSet for WaitFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl elb-tls wait`.
#[derive(Args, Clone, Debug)]
pub struct WaitArgs {
    /// The name of the Service
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub name: String,

    /// Say what to wait for
    #[arg(long = "for", value_name = "WHAT", default_value = "synced")]
    pub goal: Goal,

    /// Give up after this long (1m30s); 0 waits for ever
    #[arg(long, value_name = "DURATION", default_value = "5m")]
    pub timeout: RequestTimeout,

    /// Judge by the rules of this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<WaitFormats>,
}

impl WaitArgs {
    /// Returns the flags as commands with several Services have them.
    pub fn service_flags(&self) -> ServiceFlags {
        ServiceFlags {
            names: vec![self.name.clone()],
            controller: self.controller,
            ..ServiceFlags::default()
        }
    }
}
