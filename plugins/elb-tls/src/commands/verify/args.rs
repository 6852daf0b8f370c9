//! The arguments of `verify`.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

use crate::{
    completers,
    inputs::{ControllerFlag, ServiceFlags},
    verification::Survey,
};

/// The output formats of `verify`.
#[derive(Clone, Debug)]
pub struct VerifyFormats;

impl FormatSet for VerifyFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl elb-tls verify`.
#[derive(Args, Clone, Debug)]
pub struct VerifyArgs {
    /// The name of the Service
    #[arg(value_name = "SERVICE", add = completers::services())]
    pub name: String,

    /// Verify this port of the Service alone
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,

    /// Ask for these names [default: those of the annotation external-dns.alpha.kubernetes.io/hostname]
    #[arg(long = "servername", value_name = "HOST,…", value_delimiter = ',')]
    pub server_names: Vec<String>,

    /// Dial this address instead of those of the hostname
    #[arg(long, value_name = "IP:PORT")]
    pub address: Option<SocketAddr>,

    /// Trust the certificates of this file alone, in PEM [default: those that the system trusts]
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,

    /// Warn of certificates that end within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub warn_days: i64,

    /// Try each version of TLS, from 1.0 to 1.3
    #[arg(long)]
    pub probe_versions: bool,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Judge by the rules of this controller, instead of the one that acts
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub controller: ControllerFlag,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<VerifyFormats>,
}

impl VerifyArgs {
    /// Returns what is asked, and how it is judged.
    pub fn survey(&self) -> Survey {
        Survey {
            port: self.port,
            server_names: self.server_names.clone(),
            address: self.address,
            authorities: self.ca.clone(),
            warn_days: self.warn_days,
            probe_versions: self.probe_versions,
        }
    }

    /// Returns the flags as commands with several Services have them.
    pub fn service_flags(&self) -> ServiceFlags {
        ServiceFlags {
            names: vec![self.name.clone()],
            dump: self.dump.clone(),
            controller: self.controller,
            ..ServiceFlags::default()
        }
    }
}
