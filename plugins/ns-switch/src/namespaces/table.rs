//! `list` as a table.

use jiff::Timestamp;
use shared::output::{Cell, Column, Style, Table, age};

use super::{list::NamespaceRow, quota_pressure::QuotaPressure};

/// Returns the table of namespaces, in their order.
pub fn table(rows: &[NamespaceRow], now: Timestamp) -> Table {
    let columns = ["CURRENT", "NAME", "STATUS", "AGE"].map(Column::new);
    let mut table = Table::new(columns.into_iter().chain(["QUOTA", "LABELS"].map(Column::wide)));
    for row in rows {
        let status = match row.phase.as_deref() {
            None => Cell::styled("?", Style::Warning),
            Some("Active") => "Active".into(),
            Some(other) => Cell::styled(other.to_owned(), Style::Warning),
        };
        let labels: Vec<String> = row.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        table.push([
            Cell::styled(if row.current { "*" } else { "" }, Style::Ok),
            Cell::styled(row.name.clone(), if row.current { Style::Ok } else { Style::Plain }),
            status,
            age(row.created, now).into(),
            row.quota.as_ref().map_or_else(|| "-".into(), quota),
            if labels.is_empty() { "-".into() } else { labels.join(",").into() },
        ]);
    }
    table
}

/// Returns the quota that is nearest to its limit: `requests.cpu 7/8 (87%)`.
fn quota(pressure: &QuotaPressure) -> Cell<'static> {
    let QuotaPressure { resource, used, hard, percent, .. } = pressure;
    let style = match percent {
        100.. => Style::Critical,
        80..100 => Style::Warning,
        _ => Style::Plain,
    };
    Cell::styled(format!("{resource} {used}/{hard} ({percent}%)"), style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_one_is_marked_and_what_ends_stands_out() {
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let row = |name: &str, phase: &str, created: Option<&str>| NamespaceRow {
            name: name.into(),
            current: name == "shop",
            phase: Some(phase.to_owned()).filter(|phase| !phase.is_empty()),
            created: created.map(|created| created.parse().unwrap()),
            ..NamespaceRow::default()
        };
        let rows = [
            row("default", "Active", Some("2026-06-05T12:00:00Z")),
            row("shop", "Terminating", Some("2026-06-15T11:59:00Z")),
            row("hidden", "", None),
        ];
        assert_eq!(
            table(&rows, now).render(Default::default(), false),
            "CURRENT   NAME      STATUS        AGE\n\
             \u{20}         default   Active        10d\n\
             *         shop      Terminating   60s\n\
             \u{20}         hidden    ?             <unknown>\n"
        );
    }
}
