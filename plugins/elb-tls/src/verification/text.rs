//! The report as people read it.

use shared::{
    Result,
    output::{Cell, Column, Printer, Severity, Style, Table, TableOptions, sanitize_line},
};

use super::item::{Item, Verdict};

/// Prints the items, and below them what is wrong.
///
/// # Errors
/// Standard output can't be written.
pub fn show(items: &[Item], options: TableOptions, printer: &mut Printer) -> Result<()> {
    printer.table(&table(items), options)?;
    for item in items {
        for problem in &item.problems {
            let name = item.server_name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
            let word = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            let line = format!("{}{name}: {word} {}: {}", item.address, problem.code, problem.message);
            printer.data(&format!("{}\n", sanitize_line(&line)))?;
        }
    }
    Ok(())
}

fn table(items: &[Item]) -> Table {
    let columns = [
        Column::new("ADDRESS"),
        Column::new("PORT"),
        Column::new("SERVERNAME"),
        Column::new("VERDICT"),
        Column::new("DAYS-LEFT"),
        Column::new("VERSIONS"),
        Column::new("ALPN"),
        Column::wide("SUBJECT"),
        Column::wide("ISSUER"),
        Column::wide("KEY"),
        Column::wide("NAMES"),
    ];
    let mut table = Table::new(columns);
    for item in items {
        let style = match item.verdict {
            Verdict::Ok => Style::Plain,
            Verdict::Mismatch => Style::Critical,
            Verdict::TimedOut | Verdict::Unreachable => Style::Warning,
        };
        let dash = || "-".to_owned();
        let versions = item.versions.as_ref().map(|versions| match versions.as_slice() {
            [] => "none".to_owned(),
            versions => versions.iter().map(|version| version.word()).collect::<Vec<_>>().join(","),
        });
        let certificate = item.certificate.as_ref();
        table.push([
            item.address.clone().into(),
            item.port.to_string().into(),
            item.server_name.clone().unwrap_or_else(dash).into(),
            Cell::styled(item.verdict.word(), style),
            certificate.map_or_else(dash, |one| one.days_left.to_string()).into(),
            versions.unwrap_or_else(dash).into(),
            item.alpn.clone().unwrap_or_else(dash).into(),
            certificate.map(|one| one.subject.clone()).unwrap_or_default().into(),
            certificate.map(|one| one.issuer.clone()).unwrap_or_default().into(),
            certificate.map(|one| one.key.clone()).unwrap_or_default().into(),
            certificate.map(|one| one.names.join(",")).unwrap_or_default().into(),
        ]);
    }
    table
}
