//! The validated options of `usage`.

use std::path::PathBuf;

use shared::{
    Error, Result,
    client::ListOptions,
    output::{Format, TableOptions},
    quantity::Percent,
};

use super::{args::UsageArgs, group::GroupBy, named_quota::NamedQuota, order::SortKey, state::Thresholds};

/// Options of `usage`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the quotas come from.
    pub source: Source,
    /// Whether to show the quotas of all namespaces.
    pub all_namespaces: bool,
    /// The value of `--namespace`.
    pub namespace: Option<String>,
    /// Names of the quotas to show; empty for all.
    pub names: Vec<NamedQuota>,
    /// Label and field selectors.
    pub list: ListOptions,
    /// Output format.
    pub format: Format,
    /// Headers and width of tables.
    pub table: TableOptions,
    /// The order of rows.
    pub sort: SortKey,
    /// Maximum number of rows.
    pub top: Option<usize>,
    /// What rows are grouped by.
    pub by: Option<GroupBy>,
    /// Whether to show only rows that bind.
    pub effective: bool,
    /// Thresholds of the states Warn and Crit.
    pub thresholds: Thresholds,
    /// Percentage used from which the command fails.
    pub fail_at: Option<Percent>,
    /// Whether to watch for changes after listing.
    pub watch: bool,
}

/// Source of the quotas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The cluster that the connection flags name.
    Cluster,
    /// A dump: a file, a directory, or `-`.
    Dump(PathBuf),
}

impl Options {
    /// Validates the arguments and fills in defaults.
    ///
    /// # Errors
    /// Usage errors: thresholds in the wrong order, a format that can't be watched.
    pub fn resolve(args: UsageArgs, namespace: Option<String>) -> Result<Self> {
        let format = args.output.format;
        if args.warn > args.crit {
            return Err(Error::usage(format!("--warn {} is above --crit {}", args.warn, args.crit))
                .with_hint("set both, for example --warn 80 --crit 95"));
        }
        if args.watch && !matches!(format, Format::Table | Format::Wide | Format::Json) {
            return Err(Error::usage(format!("--watch prints tables and JSON, not -o {}", format.as_str()))
                .with_hint("use -o table, -o wide or -o json, or remove --watch"));
        }
        if args.by.is_some() && matches!(format, Format::Prom | Format::Name) {
            return Err(Error::usage(format!("-o {} cannot show groups", format.as_str()))
                .with_hint("remove --by, or use -o table, wide, json, yaml, csv or markdown"));
        }
        let default_sort = if args.top.is_some() { SortKey::Percent } else { SortKey::Name };
        Ok(Self {
            source: args.dump.from.map_or(Source::Cluster, Source::Dump),
            all_namespaces: args.all_namespaces,
            namespace,
            names: args.names,
            list: ListOptions { label_selector: args.selector, field_selector: args.field_selector },
            format,
            table: args.output.table_options(),
            sort: args.sort.unwrap_or(default_sort),
            top: args.top,
            by: args.by,
            effective: args.effective,
            thresholds: Thresholds { warn: args.warn, crit: args.crit },
            fail_at: args.fail_at,
            watch: args.watch,
        })
    }
}
