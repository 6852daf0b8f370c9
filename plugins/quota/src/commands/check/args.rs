//! The arguments of `check`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
};

/// The output formats of `check`.
#[derive(Clone, Debug)]
pub struct CheckFormats;

impl FormatSet for CheckFormats {
    const FORMATS: &'static [Format] = &[
        Format::Table,
        Format::Wide,
        Format::Json,
        Format::Yaml,
        Format::Csv,
        Format::Markdown,
        Format::Junit,
    ];
}

/// The arguments of `kubectl quota check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Read manifests from a file, a directory with all below it, or - for standard input; may be repeated
    #[arg(
        short = 'f',
        long = "filename",
        value_name = "FILE|DIR|-",
        value_delimiter = ',',
        required_unless_present = "kustomize"
    )]
    pub filenames: Vec<PathBuf>,

    /// Read what kubectl builds of a kustomization, as `kubectl apply -k` does
    #[arg(short = 'k', long, value_name = "DIR", conflicts_with_all = ["filenames", "recursive"])]
    pub kustomize: Option<PathBuf>,

    /// Read directories with all below them, which is done without it, too
    #[arg(short = 'R', long)]
    pub recursive: bool,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Send a dry run of each object and of one pod of each workload, so that webhooks and policies count; needs
    /// permission to create pods
    #[arg(long, conflicts_with = "from")]
    pub ask_server: bool,

    /// Judge changed resources of existing pods as `kubectl patch --subresource resize` sends them; `kubectl apply` is
    /// refused such changes
    #[arg(long, value_name = "resize", value_parser = ["resize"])]
    pub subresource: Option<String>,

    /// Treat uncertain results as refusals: exit 3 for Unknown, for warnings, such as defaults that depend on the
    /// order of LimitRanges and fields that this version of Kubernetes drops, and for what is not checked
    #[arg(long)]
    pub strict: bool,

    /// Evaluate with the rules of this Kubernetes minor version, 1.30 to 1.37; 1.37/1.35 is a server of 1.37 that
    /// emulates 1.35 [default: the server's]
    #[arg(long, value_name = "MINOR")]
    pub k8s: Option<String>,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<CheckFormats>,
}
