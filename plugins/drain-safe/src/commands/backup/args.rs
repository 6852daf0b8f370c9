//! The arguments of `kubectl drain-safe backup`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The output formats of `backup`.
#[derive(Clone, Debug)]
pub struct BackupFormats;

impl FormatSet for BackupFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

/// The arguments of `kubectl drain-safe backup`.
#[derive(Args, Clone, Debug)]
pub struct BackupArgs {
    /// Directory to write to: it must be empty, or not be there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub to: PathBuf,

    /// Where etcd is, and the certificates for it.
    #[command(flatten)]
    pub etcd: EtcdFlags,

    /// Write Secrets to files, too; the snapshot of etcd holds them in any case
    #[arg(long)]
    pub secrets: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<BackupFormats>,
}

/// Where etcd is, and the certificates for it.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "etcd")]
pub struct EtcdFlags {
    /// Take the snapshot from the first of these endpoints that answers
    #[arg(long = "etcd", value_name = "ENDPOINTS", value_delimiter = ',')]
    pub endpoints: Vec<String>,

    /// Trust only this certificate authority
    #[arg(long = "etcd-cacert", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub authority: Option<PathBuf>,

    /// Show this client certificate
    #[arg(long = "etcd-cert", value_name = "FILE", value_hint = ValueHint::FilePath, requires = "key")]
    pub certificate: Option<PathBuf>,

    /// Use this private key of the client certificate
    #[arg(long = "etcd-key", value_name = "FILE", value_hint = ValueHint::FilePath, requires = "certificate")]
    pub key: Option<PathBuf>,
}
