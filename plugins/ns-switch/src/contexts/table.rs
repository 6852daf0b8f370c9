//! `contexts` as a table.

use jiff::Timestamp;
use shared::output::{Cell, Column, Style, Table};

use super::row::Row;
use crate::auth::Expiry;

/// Longer servers are cut in the middle on a terminal: the names of cloud providers' clusters differ at both ends.
const LONGEST_SERVER: usize = 48;

/// The table of rows. `terminal` shortens what would wrap lines.
pub fn table(rows: &[Row], now: Timestamp, terminal: bool) -> Table {
    let checked = rows.iter().any(|row| row.check.is_some());
    let mut columns: Vec<Column> =
        ["CURRENT", "NAME", "CLUSTER", "SERVER", "NAMESPACE", "USER", "AUTH", "EXPIRES"]
            .map(Column::new)
            .into();
    if checked {
        columns.push(Column::new("CHECK"));
    }
    columns.push(Column::wide("FILE"));
    columns.push(Column::wide("PROBLEMS"));
    let mut table = Table::new(columns);
    for row in rows {
        let expiry = Expiry { at: row.auth.expires, now };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let server = text(&row.server);
        let name_style = if row.current { Style::Ok } else { Style::Plain };
        let mut cells: Vec<Cell> = vec![
            Cell::styled(if row.current { "*" } else { "" }, Style::Ok),
            Cell::styled(row.name.clone(), name_style),
            text(&row.cluster).into(),
            if terminal { shortened(&server) } else { server }.into(),
            text(&row.namespace).into(),
            text(&row.user).into(),
            row.auth.description().into(),
            Cell::styled(expiry.words(), expiry.style()),
        ];
        if checked {
            cells.push(row.check.as_ref().map_or_else(Cell::default, |check| {
                Cell::styled(check.words(), if check.error.is_some() { Style::Critical } else { Style::Ok })
            }));
        }
        cells.push(row.file.display().to_string().into());
        cells.push(row.problems.join("; ").into());
        table.push(cells);
    }
    table
}

/// A long text with its middle left out.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST_SERVER {
        return text.to_owned();
    }
    let half = (LONGEST_SERVER - 1) / 2;
    let start: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(count - half).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{Auth, AuthKind};

    #[test]
    fn the_current_one_is_marked_and_what_has_ended_is_red() {
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let expired = Row {
            name: "old".into(),
            current: true,
            cluster: Some("c".into()),
            server: Some("https://host:6443".into()),
            auth: Auth {
                kind: AuthKind::ClientCertificate,
                common_name: Some("me".into()),
                expires: Some("2026-06-10T12:00:00Z".parse().unwrap()),
                ..Auth::default()
            },
            ..Row::default()
        };
        let rows = [expired, Row { name: "new".into(), namespace: Some("shop".into()), ..Row::default() }];
        let plain = table(&rows, now, false).render(Default::default(), false);
        assert_eq!(
            plain,
            "CURRENT   NAME   CLUSTER   SERVER              NAMESPACE   USER   AUTH                       EXPIRES\n\
             *         old    c         https://host:6443                      client-certificate CN=me   expired 5d ago\n\
             \u{20}         new                                  shop               none                       -\n"
        );
        let coloured = table(&rows, now, false).render(Default::default(), true);
        assert!(coloured.contains("\u{1b}[31mexpired 5d ago\u{1b}[0m"), "{coloured}");
    }

    #[test]
    fn long_servers_keep_both_ends() {
        let long = format!("https://{}.eks.amazonaws.com", "0123456789ABCDEF".repeat(3));
        let short = shortened(&long);
        assert_eq!(short.chars().count(), 47);
        assert!(
            short.starts_with("https://0123456789ABCDE…") && short.ends_with(".eks.amazonaws.com"),
            "{short}"
        );
    }
}
