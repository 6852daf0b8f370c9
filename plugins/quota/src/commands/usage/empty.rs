//! What `usage` says where there is no quota: an empty table would look like an answer.

use shared::{Result, client::Client, output::Printer};

use super::{
    collect::{Coverage, limit_ranges_of_empty},
    options::Options,
};

/// Says on standard error that there is no quota, and what limits the namespace instead.
///
/// # Errors
/// The namespace does not exist.
pub async fn explain(
    client: &Client,
    coverage: &Coverage,
    options: &Options,
    printer: &mut Printer,
) -> Result<()> {
    let limits = match &coverage.namespace {
        Some(namespace) => limit_ranges_of_empty(client, namespace).await?,
        None => None,
    };
    let limits = limits.map_or_else(String::new, |count| format!(" (LimitRange: {count})"));
    printer.note(format!("{}{limits}", sentence(coverage, options)));
    Ok(())
}

/// That there is no quota, and where.
pub fn sentence(coverage: &Coverage, options: &Options) -> String {
    let selected = match (&options.list.label_selector, &options.list.field_selector) {
        (None, None) => "",
        _ => " that the selector matches",
    };
    match &coverage.namespace {
        Some(namespace) => format!("No ResourceQuota{selected} in namespace {namespace}"),
        None => format!("No ResourceQuota{selected} in any namespace"),
    }
}
