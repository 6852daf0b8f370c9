//! `list` as a table.

use jiff::Timestamp;
use shared::output::{Cell, Column, Style, Table, age};

use super::list::NamespaceRow;

/// Returns the table of namespaces, in their order.
pub fn table(rows: &[NamespaceRow], now: Timestamp) -> Table {
    let mut table = Table::new(["CURRENT", "NAME", "STATUS", "AGE"].map(Column::new));
    for row in rows {
        let status = match row.phase.as_deref() {
            None => Cell::styled("?", Style::Warning),
            Some("Active") => "Active".into(),
            Some(other) => Cell::styled(other.to_owned(), Style::Warning),
        };
        table.push([
            Cell::styled(if row.current { "*" } else { "" }, Style::Ok),
            Cell::styled(row.name.clone(), if row.current { Style::Ok } else { Style::Plain }),
            status,
            age(row.created, now).into(),
        ]);
    }
    table
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
