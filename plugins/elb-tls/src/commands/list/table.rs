//! The table of `list`.

use shared::output::{Cell, Column, Style, Table};

use super::decide::{Port, Row};

/// Returns the table; namespaces are a column where there are several.
pub fn table(rows: &[Row], with_namespace: bool) -> Table {
    let namespace = with_namespace.then(|| Column::new("NAMESPACE"));
    let columns = [
        Column::new("NAME"),
        Column::new("CONTROLLER"),
        Column::new("SCHEME"),
        Column::new("PORTS"),
        Column::new("POLICY"),
        Column::new("FINDINGS"),
        Column::wide("HOSTNAME"),
        Column::wide("CERTIFICATES"),
    ];
    let mut table = Table::new(namespace.into_iter().chain(columns));
    for row in rows {
        let namespace = with_namespace.then(|| Cell::from(row.namespace.as_str()));
        let dash = || "-".to_owned();
        let cells = [
            row.name.as_str().into(),
            row.controller.word().into(),
            row.scheme.map_or("-", |scheme| scheme.word()).into(),
            row.ports.iter().map(words).collect::<Vec<_>>().join(",").into(),
            row.policy.clone().unwrap_or_else(dash).into(),
            findings(row),
            row.hostname.clone().unwrap_or_else(dash).into(),
            row.certificates.join(",").into(),
        ];
        table.push(namespace.into_iter().chain(cells));
    }
    table
}

fn words(port: &Port) -> String {
    match (port.tls, port.protocol.as_str()) {
        (true, _) => format!("{}/TLS", port.port),
        (false, "TCP") => format!("{}/PLAIN", port.port),
        (false, other) => format!("{}/{other}", port.port),
    }
}

fn findings(row: &Row) -> Cell<'static> {
    let counts = row.findings;
    let list = [(counts.error, "E"), (counts.warning, "W"), (counts.info, "I")];
    let words: Vec<String> = list
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, letter)| format!("{count}{letter}"))
        .collect();
    let style = match (counts.error, counts.warning) {
        (0, 0) => Style::Muted,
        (0, _) => Style::Warning,
        _ => Style::Critical,
    };
    if words.is_empty() { Cell::styled("-", style) } else { Cell::styled(words.join(" "), style) }
}
