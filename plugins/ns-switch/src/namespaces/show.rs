//! Prints lists of namespaces in every format.

use jiff::Timestamp;
use shared::{
    Result,
    cli::ExitStatus,
    output::{Format, Printer, TableOptions, age, natural_order, sanitize_line},
};

use super::{
    json::document,
    list::{NamespaceRow, Namespaces},
    table::table,
};

/// Prints namespaces in natural order, or for `-o name` in byte order.
///
/// # Errors
/// Standard output can't be written; or listing is forbidden and no namespace is known.
pub fn show(
    mut namespaces: Namespaces,
    format: Format,
    options: TableOptions,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    if let Some(refusal) = &namespaces.refused {
        if namespaces.rows.is_empty() {
            return Err(refusal.clone().with_hint(
                "switch to one whose name you know: it is looked up by itself; or name yours under [namespaces] in the settings",
            ));
        }
        let reason = refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone());
        printer.warning(format!("can't list namespaces, so only known ones are shown: {reason}"));
    }
    if let Some(refusal) = &namespaces.quotas_refused {
        let reason = refusal.api_status().map_or_else(|| refusal.to_string(), |api| api.message.clone());
        printer.warning(format!("can't list quotas, so none is shown: {reason}"));
    }
    match format {
        Format::Name => {
            namespaces.rows.sort_by(|left, right| left.name.cmp(&right.name));
            let names: String =
                namespaces.rows.iter().map(|row| format!("namespace/{}\n", row.name)).collect();
            printer.data(&names)?;
        }
        Format::Table | Format::Wide => {
            namespaces.rows.sort_by(|left, right| natural_order(&left.name, &right.name));
            let now = Timestamp::now();
            printer.table(&table(&namespaces.rows, now), options)?;
            namespaces.rows.iter().filter_map(|row| held(row, now)).for_each(|line| printer.note(line));
        }
        format => {
            namespaces.rows.sort_by(|left, right| natural_order(&left.name, &right.name));
            printer.document(format, &document(&namespaces))?;
        }
    }
    Ok(if namespaces.refused.is_some() { ExitStatus::Incomplete } else { ExitStatus::Success })
}

/// Says what holds a namespace that is being deleted.
fn held(row: &NamespaceRow, now: Timestamp) -> Option<String> {
    let deleted = row.deleted.filter(|_| !row.holding.is_empty())?;
    let holding = row.holding.join("; ");
    let age = age(Some(deleted), now);
    Some(format!("{} is being deleted since {age}: {}", row.name, sanitize_line(&holding)))
}
