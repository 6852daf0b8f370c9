//! The tables of `limits`.

use shared::{
    output::{Cell, Column, Style, Table, sanitize_line},
    quantity::Quantity,
};

use super::{
    containers::{Outlook, Row},
    json::LimitRow,
};

fn amount(amount: Option<&Quantity>) -> String {
    amount.map_or("-".to_owned(), |amount| amount.text().into_owned())
}

/// Returns the table of LimitRanges.
pub fn ranges(rows: &[LimitRow<'_>], namespaced: bool) -> Table {
    let namespace = namespaced.then_some("NAMESPACE");
    let headers =
        ["LIMITRANGE", "TYPE", "RESOURCE", "MIN", "MAX", "DEFAULT REQUEST", "DEFAULT LIMIT", "MAX RATIO"];
    let mut table = Table::new(namespace.into_iter().chain(headers).map(Column::new));
    for row in rows {
        let cells: [Cell<'_>; 8] = [
            row.limit_range.into(),
            row.kind.into(),
            row.resource.into(),
            amount(row.min).into(),
            amount(row.max).into(),
            amount(row.default_request).into(),
            amount(row.default).into(),
            amount(row.max_limit_request_ratio).into(),
        ];
        table.push(namespaced.then(|| Cell::from(row.namespace)).into_iter().chain(cells));
    }
    table
}

/// Returns the table of containers.
pub fn containers(rows: &[&Row], namespaced: bool) -> Table {
    let namespace = namespaced.then_some("NAMESPACE");
    let headers = ["WORKLOAD", "CONTAINER", "RESOURCE", "REQUEST", "FROM", "LIMIT", "FROM", "CERTAIN"];
    let mut table = Table::new(namespace.into_iter().chain(headers).map(Column::new));
    for row in rows {
        let from = |source: &Option<String>| source.clone().unwrap_or_default();
        let cells: [Cell<'_>; 8] = [
            row.workload.to_string().into(),
            row.container.as_str().into(),
            row.resource.as_str().into(),
            amount(row.request.as_ref()).into(),
            from(&row.request_from).into(),
            amount(row.limit.as_ref()).into(),
            from(&row.limit_from).into(),
            if row.certain { Cell::from("yes") } else { Cell::styled("no", Style::Warning) },
        ];
        table.push(namespaced.then(|| Cell::from(row.namespace.as_str())).into_iter().chain(cells));
    }
    table
}

/// Returns what follows the table of containers: why pods would be refused.
pub fn refusals(outlooks: &[Outlook]) -> String {
    let mut text = String::new();
    for outlook in outlooks.iter().filter(|outlook| !outlook.refusals.is_empty()) {
        let verb =
            if outlook.certain { "would be" } else { "may be, depending on which LimitRange is first," };
        text.push_str(&format!("\nIts pods {verb} refused:\n"));
        for message in &outlook.refusals {
            text.push_str(&format!("  {}\n", sanitize_line(message)));
        }
    }
    text
}
