//! The flags of `check`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
};

/// The formats of `check`.
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

impl CheckArgs {
    /// Whether the server is to be asked.
    pub fn asks_server(&self) -> bool {
        self.ask_server || self.server.as_deref() == Some("")
    }
}

/// What can be typed after `kubectl quota check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// The manifests: a file, a folder with all below it, or - for standard input; may be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-", required = true)]
    pub filenames: Vec<PathBuf>,

    /// Take the cluster's side from a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a
    /// folder such as a must-gather, or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// Ask the server as well, by dry run of each object and of a pod of each workload, so that webhooks and policies
    /// count; needs the permission to create pods
    #[arg(long, conflicts_with = "from")]
    pub ask_server: bool,

    /// Without a value: --ask-server. With one: the address and port of the Kubernetes API server, as everywhere
    // The same name as the connection's flag, whose place it takes here.
    #[arg(short, long, num_args = 0..=1, default_missing_value = "", value_name = "URL")]
    pub server: Option<String>,

    /// Take everything that is not certain for a refusal: exit with status 3 for Unknown and for warnings, too, such as
    /// defaults that hang on chance and fields that this version of Kubernetes drops
    #[arg(long)]
    pub strict: bool,

    /// Judge by the rules of this minor version of Kubernetes, 1.29 to 1.36; the server's own if left out
    #[arg(long, value_name = "MINOR")]
    pub k8s: Option<String>,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<CheckFormats>,
}
