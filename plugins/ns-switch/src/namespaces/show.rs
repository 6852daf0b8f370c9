//! Prints lists of namespaces in every format.

use jiff::Timestamp;
use shared::{
    Result,
    cli::ExitStatus,
    output::{Format, Printer, TableOptions, natural_order},
};

use super::{json::document, list::Namespaces, table::table};

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
    match format {
        Format::Name => {
            namespaces.rows.sort_by(|left, right| left.name.cmp(&right.name));
            let names: String =
                namespaces.rows.iter().map(|row| format!("namespace/{}\n", row.name)).collect();
            printer.data(&names)?;
        }
        Format::Table => {
            namespaces.rows.sort_by(|left, right| natural_order(&left.name, &right.name));
            printer.table(&table(&namespaces.rows, Timestamp::now()), options)?;
        }
        format => {
            namespaces.rows.sort_by(|left, right| natural_order(&left.name, &right.name));
            printer.document(format, &document(&namespaces))?;
        }
    }
    Ok(if namespaces.refused.is_some() { ExitStatus::Incomplete } else { ExitStatus::Success })
}
