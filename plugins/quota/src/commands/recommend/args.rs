//! The flags of `recommend`.

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
    quantity::Percent,
};

use crate::proposal::{LimitFlags, ResourceAmount};
use crate::sizing::options::{Autoscalers, Terminating};

/// The formats of `recommend`.
#[derive(Clone, Debug)]
pub struct RecommendFormats;

impl FormatSet for RecommendFormats {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Json, Format::Table, Format::Wide];
}

/// What can be typed after `kubectl quota recommend`.
#[derive(Args, Clone, Debug)]
pub struct RecommendArgs {
    /// For every namespace
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// With -A: for namespaces of these labels only
    #[arg(short = 'l', long, value_name = "SELECTOR", requires = "all_namespaces", conflicts_with = "from")]
    pub selector: Option<String>,

    /// Where the cluster's objects come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Room to grow, on top of all that is known
    #[arg(long, value_name = "PERCENT", default_value = "20%")]
    pub headroom: Percent,

    /// Room for pods that are still terminating while their successors come
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub terminating: Terminating,

    /// Whether autoscalers are to reach their maxReplicas
    #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
    pub autoscalers: Autoscalers,

    /// Limit what containers without a limit get, too: they are given one when their pods are made anew
    #[arg(long)]
    pub default_limits: bool,

    /// The name of the quota [default: that of the only quota without scopes, else "quota"]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Use these values instead of the recommended ones
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',')]
    pub hard: Vec<ResourceAmount>,

    /// Bounds and defaults to use instead of the recommended ones.
    #[command(flatten)]
    pub limits: LimitFlags,

    /// Use values that would break what runs
    #[arg(long)]
    pub force: bool,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<RecommendFormats>,
}
