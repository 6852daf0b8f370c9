//! The arguments of `recommend`.

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
    quantity::Percent,
};

use crate::proposal::{LimitFlags, ResourceAmount};
use crate::sizing::options::{Autoscalers, Terminating};

/// The output formats of `recommend`.
#[derive(Clone, Debug)]
pub struct RecommendFormats;

impl FormatSet for RecommendFormats {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Json, Format::Table, Format::Wide];
}

/// The arguments of `kubectl quota recommend`.
#[derive(Args, Clone, Debug)]
pub struct RecommendArgs {
    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Recommend for namespaces with these labels only (with --all-namespaces)
    #[arg(short = 'l', long, value_name = "SELECTOR", requires = "all_namespaces", conflicts_with = "from")]
    pub selector: Option<String>,

    /// The dump to read instead of a cluster.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Add this percentage of headroom to what is needed
    #[arg(long, value_name = "PERCENT", default_value = "20%")]
    pub headroom: Percent,

    /// Reserve capacity for terminating pods beside their replacements
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub terminating: Terminating,

    /// Reserve capacity for autoscalers
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub autoscalers: Autoscalers,

    /// Also set default limits for containers that have none (applied when their pods are recreated)
    #[arg(long)]
    pub default_limits: bool,

    /// Also set min and max for containers, from the smallest and largest that run
    #[arg(long)]
    pub bounds: bool,

    /// Also limit the numbers of Services, ConfigMaps, Secrets and claims
    #[arg(long)]
    pub object_counts: bool,

    /// Name the quota [default: the quota without scopes that limits most of what pods request, else "quota"]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Use these hard limits instead of the recommended ones
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',')]
    pub hard: Vec<ResourceAmount>,

    /// Bounds and defaults instead of the recommended ones.
    #[command(flatten)]
    pub limits: LimitFlags,

    /// Allow values that would break running workloads
    #[arg(long)]
    pub force: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<RecommendFormats>,
}
