//! The answer of `usage`: which rows in which order, what is said beside them, and the exit status.

use shared::{
    Error, Result,
    cli::ExitStatus,
    quantity::{Percent, reaches_percent},
};

use super::{
    collect::{Collected, Coverage},
    group::{Allocatable, GroupBy, NamespaceLabels},
    named_quota::NamedQuota,
    options::{Options, Source},
    order::sort,
    row::{Place, Row},
    row_collector::QuotaRows,
};

/// Everything that is shown.
#[derive(Debug)]
pub struct Answer {
    /// The rows, selected and sorted, and their quotas.
    pub quotas: QuotaRows,
    /// Which namespaces they are from.
    pub coverage: Coverage,
    /// The labels of namespaces, where rows are grouped by them and they could be read.
    pub labels: Option<NamespaceLabels>,
    /// What nodes have, where limits are compared with it and it could be read.
    pub allocatable: Option<Allocatable>,
    /// What could not be read.
    pub warnings: Vec<String>,
    /// What the rows do not say.
    pub notes: Vec<String>,
    /// The exit status.
    pub status: ExitStatus,
}

impl Answer {
    /// Decides what to show.
    ///
    /// # Errors
    /// A quota requested by name that does not exist, as in `kubectl get`.
    pub fn decide(collected: Collected, options: &Options) -> Result<Self> {
        let Collected { mut quotas, coverage, labels, allocatable, limit_ranges } = collected;
        check_names(&quotas, &coverage, options)?;
        let skipped = coverage.skipped.iter().map(|skipped| skipped.sentence());
        let warnings = coverage.remarks.iter().cloned().chain(skipped).collect();
        let status = exit_status(&quotas.rows, &coverage, options);
        let mut notes = reached(&quotas.rows, options);
        if let Some(namespace) = coverage.namespace.as_ref().filter(|_| options.all_namespaces)
            && matches!(options.source, Source::Cluster)
        {
            notes.push(format!("only namespace {namespace} is shown"));
        }
        if quotas.quotas == 0 && options.names.is_empty() {
            notes.push(no_quota(&coverage, limit_ranges, options));
        }
        for quota in &quotas.without_limits {
            notes.push(format!("resourcequota {quota} limits nothing: its spec.hard is empty"));
        }
        notes.extend(missing_label(&quotas, labels.as_ref(), options));
        if options.effective {
            notes.extend(keep_binding(&mut quotas.rows));
        }
        sort(&mut quotas.rows, options.sort);
        if options.by.is_none() {
            quotas.rows.truncate(options.top.unwrap_or(usize::MAX));
        }
        Ok(Self { quotas, coverage, labels, allocatable, warnings, notes, status })
    }
}

/// Returns a note where no namespace with a quota has the label that rows are grouped by: it may be mistyped.
fn missing_label(quotas: &QuotaRows, labels: Option<&NamespaceLabels>, options: &Options) -> Option<String> {
    let (Some(GroupBy::Label(key)), Some(labels)) = (&options.by, labels) else { return None };
    let has_label = |row: &Row| labels.get(&row.place.namespace).is_some_and(|own| own.contains_key(key));
    let is_missing = !quotas.rows.is_empty() && !quotas.rows.iter().any(has_label);
    is_missing.then(|| format!("none of these namespaces has the label {key}"))
}

/// Checks that every quota requested by name exists.
fn check_names(quotas: &QuotaRows, coverage: &Coverage, options: &Options) -> Result<()> {
    let is_there = |named: &&NamedQuota| quotas.names.iter().any(|(kind, name)| named.is(*kind, name));
    let Some(named) = options.names.iter().find(|named| !is_there(named)) else { return Ok(()) };
    let place =
        coverage.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"));
    let missing = match coverage.skipped.first() {
        None => Error::new(format!("no {named} in {place}")),
        // What may not be listed may be there.
        Some(skipped) => {
            Error::new(format!("no {named} in what can be read of {place}: {}", skipped.sentence()))
                .with_status(ExitStatus::Incomplete)
        }
    };
    let missing =
        missing.with_hint("`kubectl quota usage` lists the quotas, `kubectl quota --help` the commands");
    Err(if named.is_typed() { missing } else { missing.about_word(named.name()) })
}

/// Says that there is no quota, and what limits the namespace instead: an empty table would look like an answer.
fn no_quota(coverage: &Coverage, limit_ranges: Option<usize>, options: &Options) -> String {
    let selected = match (&options.list.label_selector, &options.list.field_selector) {
        (None, None) => "",
        _ => " that the selector matches",
    };
    let place =
        coverage.namespace.as_ref().map_or("any namespace".to_owned(), |one| format!("namespace {one}"));
    let source = match options.source {
        Source::Cluster => "",
        Source::Dump(_) => " of the dump",
    };
    let limits = limit_ranges.map_or_else(String::new, |count| format!(" (LimitRange: {count})"));
    format!("No ResourceQuota{selected} in {place}{source}{limits}")
}

/// Keeps the rows that bind. Returns a note where scoped rows are left out.
fn keep_binding(rows: &mut Vec<Row>) -> Option<String> {
    let scoped = rows.iter().filter(|row| row.is_scoped()).count();
    rows.retain(|row| row.binding || !row.is_own());
    (scoped > 0).then(|| {
        format!(
            "Rows of scoped quotas are left out ({scoped}): they count only some objects and cannot be compared; run without --effective to see them"
        )
    })
}

/// The number of rows that `--fail-at` names.
const NAMED: usize = 10;

/// Names the rows that reach `--fail-at`: in a pipeline they are the reason why it fails.
fn reached(rows: &[Row], options: &Options) -> Vec<String> {
    let Some(percent) = options.fail_at else { return Vec::new() };
    let reaching: Vec<_> = rows.iter().filter(|row| reaches(row, percent)).collect();
    let named = reaching.iter().take(NAMED).map(|row| {
        let (Place { namespace, .. }, quota) = (&*row.place, row.quota_cell());
        let used = row.used.as_ref().map(ToString::to_string).unwrap_or_default();
        let quota = if namespace.is_empty() { quota } else { format!("{namespace}/{quota}").into() };
        format!("{quota}: {} is {} used ({used} of {})", row.resource, row.percent(), row.hard)
    });
    let more = reaching.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {more} more rows at or above {percent}%"));
    named.chain(more).collect()
}

/// Returns whether a row reaches a percentage. Quotas on quotas are full by design.
fn reaches(row: &Row, percent: Percent) -> bool {
    !row.counts_quotas() && row.used.as_ref().is_some_and(|used| reaches_percent(used, &row.hard, percent))
}

/// Returns the exit status: `--fail-at` was reached, something could not be read, or neither.
fn exit_status(rows: &[Row], coverage: &Coverage, options: &Options) -> ExitStatus {
    let fails = options.fail_at.is_some_and(|percent| rows.iter().any(|row| reaches(row, percent)));
    match (fails, coverage.skipped.is_empty()) {
        (true, _) => ExitStatus::No,
        (false, false) => ExitStatus::Incomplete,
        (false, true) => ExitStatus::Success,
    }
}

#[cfg(test)]
mod tests;
