//! `contexts` as a table.

use jiff::Timestamp;
use shared::output::{Cell, Column, Style, Table, TableOptions, fits, without_end, without_middle};

use crate::{credentials::Expiry, kubeconfigs::ContextSummary};

/// How much of the table is shown.
#[derive(Clone, Copy, Debug)]
struct Extent {
    /// The longest name.
    name: usize,
    /// The longest text in other columns.
    text: usize,
    /// Columns left out.
    without: &'static [&'static str],
}

const WHOLE: Extent = Extent { name: usize::MAX, text: usize::MAX, without: &[] };

/// The extents to try on a terminal, until the table fits. Names are what users type, so they are cut last.
const EXTENTS: [Extent; 8] = [
    Extent { name: usize::MAX, text: 48, without: &[] },
    Extent { name: usize::MAX, text: 28, without: &[] },
    Extent { name: 48, text: 28, without: &[] },
    Extent { name: usize::MAX, text: 28, without: &["SERVER"] },
    Extent { name: 40, text: 28, without: &["SERVER", "USER"] },
    Extent { name: 40, text: 28, without: &["CLUSTER", "SERVER", "USER"] },
    Extent { name: 24, text: 20, without: &["CLUSTER", "SERVER", "USER"] },
    Extent { name: 20, text: 16, without: &["CLUSTER", "SERVER", "USER", "EXPIRES"] },
];

/// Returns the whole table.
pub fn table(rows: &[ContextSummary], now: Timestamp) -> Table {
    extended(rows, now, WHOLE)
}

/// Returns as much of the table as fits on a terminal, and the columns that are left out.
pub fn fitted(
    rows: &[ContextSummary],
    now: Timestamp,
    options: TableOptions,
    width: usize,
) -> (Table, &'static [&'static str]) {
    let mut last = (table(rows, now), WHOLE.without);
    for extent in EXTENTS {
        if fits(&last.0, options, width) {
            break;
        }
        last = (extended(rows, now, extent), extent.without);
    }
    last
}

fn extended(rows: &[ContextSummary], now: Timestamp, extent: Extent) -> Table {
    let checked = rows.iter().any(|row| row.check.is_some());
    let guarded = rows.iter().any(|row| row.protected);
    let shown = |name: &&str| match *name {
        "PROTECTED" => guarded,
        "CHECK" => checked,
        name => !extent.without.contains(&name),
    };
    let columns: Vec<&str> = [
        "CURRENT",
        "NAME",
        "PROTECTED",
        "CLUSTER",
        "SERVER",
        "NAMESPACE",
        "USER",
        "AUTH",
        "EXPIRES",
        "CHECK",
    ]
    .into_iter()
    .filter(shown)
    .collect();
    let wide = [Column::wide("FILE"), Column::wide("PROBLEMS")];
    let mut table = Table::new(columns.iter().copied().map(Column::new).chain(wide));
    for row in rows {
        let named = columns.iter().map(|column| cell(row, column, now, extent));
        let wide = [row.file.to_string_lossy().into(), row.problems.join("; ").into()];
        table.push(named.chain(wide));
    }
    table
}

fn cell<'row>(row: &'row ContextSummary, column: &str, now: Timestamp, extent: Extent) -> Cell<'row> {
    let expiry = Expiry { at: row.auth.expires, now };
    let middle = |text: &'row Option<String>| {
        Cell::from(without_middle(text.as_deref().unwrap_or_default(), extent.text))
    };
    match column {
        "CURRENT" => Cell::styled(if row.current { "*" } else { "" }, Style::Ok),
        "NAME" => {
            let style = if row.current { Style::Ok } else { Style::Plain };
            match row.beside {
                false => Cell::styled(without_middle(&row.name, extent.name), style),
                // Other files may have the same name.
                true => {
                    let file = row.file.file_name().unwrap_or_default().to_string_lossy();
                    let name = format!("{} ({file})", row.name);
                    Cell::styled(without_middle(&name, extent.name).into_owned(), style)
                }
            }
        }
        "PROTECTED" => Cell::styled(if row.protected { "yes" } else { "" }, Style::Critical),
        "CLUSTER" => middle(&row.cluster),
        "SERVER" => middle(&row.server),
        "NAMESPACE" => row.namespace.as_deref().unwrap_or_default().into(),
        "USER" => middle(&row.user),
        "AUTH" => without_end(&row.auth.description(), extent.text).into_owned().into(),
        "EXPIRES" => Cell::styled(expiry.words(), expiry.style()),
        _ => row.check.as_ref().map_or_else(Cell::default, |check| {
            Cell::styled(
                without_end(&check.words(), extent.text).into_owned(),
                if check.error.is_some() { Style::Critical } else { Style::Ok },
            )
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::{CredentialKind, Credentials};

    #[test]
    fn the_current_one_is_marked_and_what_has_ended_is_red() {
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let expired = ContextSummary {
            name: "old".into(),
            current: true,
            cluster: Some("c".into()),
            server: Some("https://host:6443".into()),
            auth: Credentials {
                kind: CredentialKind::ClientCertificate,
                common_name: Some("me".into()),
                expires: Some("2026-06-10T12:00:00Z".parse().unwrap()),
                ..Credentials::default()
            },
            ..ContextSummary::default()
        };
        let rows = [
            expired,
            ContextSummary {
                name: "new".into(),
                namespace: Some("shop".into()),
                ..ContextSummary::default()
            },
        ];
        let plain = table(&rows, now).render(Default::default(), false);
        assert_eq!(
            plain,
            "CURRENT   NAME   CLUSTER   SERVER              NAMESPACE   USER   AUTH                       EXPIRES\n\
             *         old    c         https://host:6443                      client-certificate CN=me   expired 5d ago\n\
             \u{20}         new                                  shop               none                       -\n"
        );
        let colored = table(&rows, now).render(Default::default(), true);
        assert!(colored.contains("\u{1b}[31mexpired 5d ago\u{1b}[0m"), "{colored}");
    }

    #[test]
    fn a_narrow_terminal_gets_what_fits_and_learns_what_does_not() {
        let row = ContextSummary {
            name: "arn:aws:eks:eu-west-1:123456789012:cluster/shop".into(),
            cluster: Some("arn:aws:eks:eu-west-1:123456789012:cluster/shop".into()),
            server: Some("https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com".into()),
            user: Some("me".into()),
            ..ContextSummary::default()
        };
        let at = |width| {
            let rows = [row.clone()];
            let (table, without) = fitted(&rows, Timestamp::UNIX_EPOCH, Default::default(), width);
            let text = table.render(Default::default(), false);
            let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
            (longest <= width, text.contains(&row.name), without)
        };
        assert_eq!(at(300), (true, true, &[][..]));
        assert_eq!(at(180), (true, true, &[][..]));
        assert_eq!(at(130), (true, true, &["SERVER"][..]));
        assert_eq!(at(80), (true, false, &["CLUSTER", "SERVER", "USER"][..]));
        assert_eq!(at(60), (true, false, &["CLUSTER", "SERVER", "USER", "EXPIRES"][..]));
        assert_eq!(at(20).2.len(), 4, "narrower than that it wraps");
    }
}
