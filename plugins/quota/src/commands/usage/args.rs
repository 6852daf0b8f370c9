//! The flags of `usage`.

use std::path::PathBuf;

use clap::Args;

use shared::{
    cli::OutputFlags,
    output::{Format, FormatSet},
    quantity::Percent,
};

use super::{group::GroupBy, order::SortKey};

/// The formats of `usage`.
#[derive(Clone, Debug)]
pub struct UsageFormats;

impl FormatSet for UsageFormats {
    const FORMATS: &'static [Format] = &[
        Format::Table,
        Format::Wide,
        Format::Json,
        Format::Yaml,
        Format::Csv,
        Format::Markdown,
        Format::Name,
        Format::Prom,
    ];
}

/// What can be typed after `kubectl quota usage`.
#[derive(Args, Clone, Debug)]
pub struct UsageArgs {
    /// Show only the quotas of these names
    #[arg(value_name = "QUOTA")]
    pub names: Vec<String>,

    /// Show the quotas of all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Show only quotas with these labels (key=value, key!=value, key in (a,b), key, !key)
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub selector: Option<String>,

    /// Show only quotas with these fields (metadata.name=x, metadata.namespace!=y)
    #[arg(long, value_name = "SELECTOR")]
    pub field_selector: Option<String>,

    /// Read a dump instead of a cluster: a file made by `kubectl get … -o yaml|json`, a folder such as a
    /// must-gather, or - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    pub from: Option<PathBuf>,

    /// Sort by this instead of by name
    #[arg(long, visible_alias = "sort-by", value_name = "KEY")]
    pub sort: Option<SortKey>,

    /// Show only the first N rows; without --sort those with the largest share used
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,

    /// Gather by namespace, quota, resource, or the value of a namespace's label (label:KEY)
    #[arg(long, value_name = "BY")]
    pub by: Option<GroupBy>,

    /// Show only what binds: of several quotas on a resource the one with the least left
    #[arg(long, conflicts_with = "by")]
    pub effective: bool,

    /// From this share on a row is a warning, in percent
    #[arg(long, value_name = "PERCENT", default_value = "80")]
    pub warn: Percent,

    /// From this share on a row is critical, in percent
    #[arg(long, value_name = "PERCENT", default_value = "95")]
    pub crit: Percent,

    /// Exit with status 3 when any row reaches this share, in percent
    #[arg(long, value_name = "PERCENT")]
    pub fail_at: Option<Percent>,

    /// Go on showing what changes, each change with its difference
    #[arg(short, long, conflicts_with_all = ["from", "by", "top"])]
    pub watch: bool,

    /// How to show it.
    #[command(flatten)]
    pub output: OutputFlags<UsageFormats>,
}
