//! What `usage` was asked, checked and ready to use.

use std::path::PathBuf;

use shared::{
    Error, Result,
    client::ListOptions,
    output::{Format, TableOptions},
    quantity::Percent,
};

use super::{args::UsageArgs, group::GroupBy, order::SortKey, thresholds::Thresholds};

/// The options of `usage`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the facts come from.
    pub source: Source,
    /// The quotas of all namespaces instead of one's.
    pub all_namespaces: bool,
    /// `--namespace`, where given.
    pub namespace: Option<String>,
    /// Only quotas of these names; all when empty.
    pub names: Vec<String>,
    /// The server's selectors.
    pub list: ListOptions,
    /// How to show it.
    pub format: Format,
    /// Headers and width of tables.
    pub table: TableOptions,
    /// The order of rows.
    pub sort: SortKey,
    /// How many rows at most.
    pub top: Option<usize>,
    /// Gathered by what, if at all.
    pub by: Option<GroupBy>,
    /// Only rows that bind.
    pub effective: bool,
    /// What is a warning, what critical.
    pub thresholds: Thresholds,
    /// From which share on the command fails.
    pub fail_at: Option<Percent>,
    /// Go on with what changes.
    pub watch: bool,
}

/// Where facts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The cluster of the connection flags.
    Cluster,
    /// A file, a folder, or `-`.
    Dump(PathBuf),
}

impl Options {
    /// From what was typed.
    ///
    /// # Errors
    /// Usage errors: thresholds in the wrong order, a format that can't be watched.
    pub fn resolve(args: UsageArgs, namespace: Option<String>) -> Result<Self> {
        let format = args.output.format;
        if args.warn > args.crit {
            return Err(Error::usage(format!("--warn {} is above --crit {}", args.warn, args.crit))
                .with_hint("give both, the warning first: --warn 80 --crit 95"));
        }
        if args.watch && !matches!(format, Format::Table | Format::Wide) {
            return Err(Error::usage(format!("--watch shows tables only, not -o {}", format.as_str()))
                .with_hint("leave -o out, or ask again without --watch"));
        }
        if args.by.is_some() && matches!(format, Format::Prom | Format::Name) {
            return Err(Error::usage(format!("-o {} has no groups", format.as_str()))
                .with_hint("leave --by out, or choose table, json, yaml, csv or markdown"));
        }
        let default_sort = if args.top.is_some() { SortKey::Percent } else { SortKey::Name };
        Ok(Self {
            source: args.from.map_or(Source::Cluster, Source::Dump),
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
