//! The arguments of `usage`.

use clap::Args;

use shared::{
    cli::{DumpFlag, OutputFlags},
    output::{Format, FormatSet},
    quantity::Percent,
};

use super::{group::GroupBy, named_quota::NamedQuota, order::SortKey};
use crate::completers;

/// The output formats of `usage`.
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

/// The arguments of `kubectl quota usage`.
#[derive(Args, Clone, Debug)]
pub struct UsageArgs {
    /// Show only quotas with these names
    #[arg(value_name = "QUOTA", value_parser = NamedQuota::parse, add = completers::quotas())]
    pub names: Vec<NamedQuota>,

    /// Look at all namespaces
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Show only quotas with these labels (key=value, key!=value, key in (a,b), key, !key)
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub selector: Option<String>,

    /// Show only quotas with these fields (metadata.name=x, metadata.namespace!=y)
    #[arg(long, value_name = "SELECTOR")]
    pub field_selector: Option<String>,

    /// Where the quotas come from.
    #[command(flatten)]
    pub dump: DumpFlag,

    /// Sort rows by this key [default: name; with --top: percent]
    #[arg(long, visible_alias = "sort-by", value_name = "KEY")]
    pub sort: Option<SortKey>,

    /// Show only the first N rows; without --sort, those with the highest percentage used
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,

    /// Group rows by namespace, quota, resource, or the value of a namespace label (label:KEY)
    #[arg(long, value_name = "BY", add = completers::groups())]
    pub by: Option<GroupBy>,

    /// Show only binding rows: of several quotas on the same resource, the one with the least free
    #[arg(long, conflicts_with = "by")]
    pub effective: bool,

    /// Warn at or above this percentage used
    #[arg(long, value_name = "PERCENT", default_value = "80")]
    pub warn: Percent,

    /// Report Crit at or above this percentage used
    #[arg(long, value_name = "PERCENT", default_value = "95")]
    pub crit: Percent,

    /// Exit with status 3 when any row is at or above this percentage used
    #[arg(long, value_name = "PERCENT")]
    pub fail_at: Option<Percent>,

    /// After listing, watch for changes and show the delta of each
    #[arg(short, long, conflicts_with_all = ["from", "by", "top", "fail_at"])]
    pub watch: bool,

    /// The output format.
    #[command(flatten)]
    pub output: OutputFlags<UsageFormats>,
}
