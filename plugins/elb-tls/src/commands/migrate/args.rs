//! The arguments of `migrate`.

use clap::{Args, ValueEnum};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

use crate::{
    completers,
    controllers::ControllerKind,
    inputs::{ControllerFlag, ServiceFlags},
};

/// The output formats of `migrate`.
#[derive(Clone, Debug)]
pub struct MigrateFormats;

impl FormatSet for MigrateFormats {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Json];
}

/// The arguments of `kubectl elb-tls migrate`.
#[derive(Args, Clone, Debug)]
pub struct MigrateArgs {
    /// The name of the Service
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub name: String,

    /// Say what makes the new load balancer
    #[arg(long, value_name = "KIND")]
    pub to: Destination,

    /// Call the new Service so [default: SERVICE-nlb]
    #[arg(long = "name", value_name = "NAME")]
    pub new_name: Option<String>,

    /// Judge by the rules of this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<MigrateFormats>,
}

/// The values of `--to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Destination {
    /// The cloud provider, with a Network Load Balancer
    Nlb,
    /// The AWS Load Balancer Controller, with a Network Load Balancer
    Lbc,
}

impl Destination {
    /// Returns the controller.
    pub fn kind(self) -> ControllerKind {
        match self {
            Self::Nlb => ControllerKind::NlbInTree,
            Self::Lbc => ControllerKind::Lbc,
        }
    }
}

impl MigrateArgs {
    /// Returns the flags as commands with several Services have them.
    pub fn service_flags(&self) -> ServiceFlags {
        ServiceFlags {
            names: vec![self.name.clone()],
            controller: self.controller,
            ..ServiceFlags::default()
        }
    }
}
