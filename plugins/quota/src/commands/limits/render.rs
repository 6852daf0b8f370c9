//! The tables of `limits`.

use shared::{
    output::{Cell, Column, Prose, Style, Table},
    quantity::Quantity,
};

use super::{
    containers::{Outlook, Row},
    json::LimitRow,
};

/// The columns of where amounts come from. What is in them stands below a table that has no room for them.
pub const FROM: [&str; 2] = ["REQUEST FROM", "LIMIT FROM"];

fn amount(amount: Option<&Quantity>) -> String {
    amount.map_or("-".to_owned(), |amount| amount.text().into_owned())
}

/// Returns the table of LimitRanges.
pub fn ranges(rows: &[LimitRow<'_>], namespaced: bool) -> Table {
    let namespace = namespaced.then_some("NAMESPACE");
    let headers =
        ["LIMITRANGE", "TYPE", "RESOURCE", "MIN", "MAX", "DEFAULT REQUEST", "DEFAULT LIMIT", "MAX RATIO"];
    let mut table = Table::new(namespace.into_iter().chain(headers).map(|header| match header {
        "MIN" | "MAX" | "DEFAULT REQUEST" | "DEFAULT LIMIT" | "MAX RATIO" => Column::new(header).of_amounts(),
        header => Column::new(header),
    }));
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
    let [request_from, limit_from] = FROM;
    let headers =
        ["WORKLOAD", "CONTAINER", "RESOURCE", "REQUEST", request_from, "LIMIT", limit_from, "CERTAIN"];
    let mut table = Table::new(namespace.into_iter().chain(headers).map(|header| match header {
        "REQUEST" | "LIMIT" => Column::new(header).of_amounts(),
        header => Column::new(header),
    }));
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

/// Returns which columns of LimitRanges a narrow terminal can do without: first those without any amount.
pub fn droppable_of_ranges(rows: &[LimitRow<'_>]) -> Vec<&'static str> {
    let has_none = |of: fn(&LimitRow<'_>) -> bool| !rows.iter().any(of);
    let empty = [
        ("MIN", has_none(|row| row.min.is_some())),
        ("MAX", has_none(|row| row.max.is_some())),
        ("MAX RATIO", has_none(|row| row.max_limit_request_ratio.is_some())),
        ("DEFAULT REQUEST", has_none(|row| row.default_request.is_some())),
        ("DEFAULT LIMIT", has_none(|row| row.default.is_some())),
    ];
    let mut droppable: Vec<_> =
        empty.into_iter().filter(|(_, is_empty)| *is_empty).map(|(name, _)| name).collect();
    for header in ["MAX RATIO", "TYPE"] {
        if !droppable.contains(&header) {
            droppable.push(header);
        }
    }
    droppable
}

/// Returns which columns of containers a narrow terminal can do without: first those that say the same in each row.
pub fn droppable_of_containers(rows: &[&Row]) -> Vec<&'static str> {
    let is_one = |differ: fn(&Row, &Row) -> bool| {
        !rows.windows(2).any(|pair| matches!(pair, [one, next] if differ(one, next)))
    };
    let columns = [
        ("NAMESPACE", is_one(|one, next| one.namespace != next.namespace)),
        ("CERTAIN", rows.iter().all(|row| row.certain)),
        ("WORKLOAD", is_one(|one, next| one.workload.to_string() != next.workload.to_string())),
        (FROM[1], true),
        (FROM[0], true),
    ];
    columns.into_iter().filter(|(_, is_droppable)| *is_droppable).map(|(name, _)| name).collect()
}

/// What amounts of a container come from each source.
type Sources<'a> = Vec<(&'a str, Vec<String>)>;

/// Returns where amounts come from, for below a table that has no room for it: what all of a container's amounts have in
/// common is said once.
pub fn sources(rows: &[&Row]) -> Prose {
    let mut sources: Vec<(String, Sources<'_>)> = Vec::new();
    let is_one = rows
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if one.workload.to_string() == next.workload.to_string()));
    for row in rows {
        let container = match is_one {
            true => row.container.clone(),
            false => format!("{} {}", row.workload, row.container),
        };
        if sources.last().is_none_or(|(last, _)| *last != container) {
            sources.push((container, Vec::new()));
        }
        let Some((_, sources)) = sources.last_mut() else { continue };
        for (what, from) in [("request", &row.request_from), ("limit", &row.limit_from)] {
            let Some(from) = from else { continue };
            let amount = format!("{} {what}", row.resource);
            match sources.iter_mut().find(|(source, _)| source == from) {
                Some((_, amounts)) => amounts.push(amount),
                None => sources.push((from, vec![amount])),
            }
        }
    }
    let mut prose = Prose::default();
    prose.blank();
    prose.sentence(0, "Where they come from:");
    for (container, sources) in &sources {
        match sources.as_slice() {
            [(source, _)] => prose.sentence(2, &format!("{container}: {source}")),
            several => several.iter().for_each(|(source, amounts)| {
                prose.sentence(2, &format!("{container}: {source} ({})", amounts.join(", ")));
            }),
        }
    }
    prose
}

/// Returns what follows the table of containers: why pods would be refused.
pub fn refusals(outlooks: &[Outlook]) -> Prose {
    let mut prose = Prose::default();
    for outlook in outlooks.iter().filter(|outlook| !outlook.refusals.is_empty()) {
        let verb =
            if outlook.certain { "would be" } else { "may be, depending on which LimitRange is first," };
        prose.blank();
        prose.sentence(0, &format!("Its pods {verb} refused:"));
        outlook.refusals.iter().for_each(|message| prose.sentence(2, message));
    }
    prose
}
