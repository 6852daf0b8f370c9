//! The table of `diff`.

use std::cmp::Ordering;

use shared::{
    output::{Cell, Column, Style, Table},
    quantity::Quantity,
};

use super::decide::{Amounts, Row};

/// Returns the table of these rows for programs: a column for each amount.
pub fn of_amounts<'a>(rows: impl Iterator<Item = &'a Row>) -> Table {
    let names = ["NAMESPACE", "QUOTA", "RESOURCE"].map(Column::new);
    let amounts = ["USED BEFORE", "USED AFTER", "USED CHANGE", "HARD BEFORE", "HARD AFTER", "HARD CHANGE"];
    let amounts = amounts.map(|header| Column::new(header).of_amounts());
    let mut table = Table::new(names.into_iter().chain(amounts));
    for row in rows {
        table.push([
            row.namespace.as_str().into(),
            row.quota.as_str().into(),
            row.resource.as_str().into(),
            used(row.before.as_ref()).into(),
            used(row.after.as_ref()).into(),
            signed(row.used_change.as_ref()).into(),
            hard(row.before.as_ref()).into(),
            hard(row.after.as_ref()).into(),
            signed(row.hard_change.as_ref()).into(),
        ]);
    }
    table
}

/// Returns the table of these rows.
pub fn table<'a>(rows: impl Iterator<Item = &'a Row>) -> Table {
    let headers = ["NAMESPACE", "QUOTA", "RESOURCE", "USED", "USED CHANGE", "HARD", "HARD CHANGE"];
    let mut table = Table::new(headers.map(Column::new));
    for row in rows {
        let both = |part: fn(Option<&Amounts>) -> String| {
            let (before, after) = (part(row.before.as_ref()), part(row.after.as_ref()));
            if before == after { before } else { format!("{before} -> {after}") }
        };
        table.push([
            row.namespace.as_str().into(),
            row.quota.as_str().into(),
            row.resource.as_str().into(),
            both(used).into(),
            Cell::styled(signed(row.used_change.as_ref()), style(row)),
            both(hard).into(),
            signed(row.hard_change.as_ref()).into(),
        ]);
    }
    table
}

fn used(amounts: Option<&Amounts>) -> String {
    match amounts {
        Some(Amounts { used: Some(used), .. }) => used.text().into_owned(),
        Some(_) => "?".to_owned(),
        None => "-".to_owned(),
    }
}

fn hard(amounts: Option<&Amounts>) -> String {
    amounts.map_or_else(|| "-".to_owned(), |amounts| amounts.hard.text().into_owned())
}

fn signed(change: Option<&Quantity>) -> String {
    match change {
        Some(change) if change.is_positive() => format!("+{}", change.text()),
        Some(change) if change.is_zero() => String::new(),
        Some(change) => change.text().into_owned(),
        None => String::new(),
    }
}

/// More use is what one looks for.
fn style(row: &Row) -> Style {
    match row.used_change.as_ref().map(Quantity::sign) {
        Some(Ordering::Greater) => Style::Warning,
        _ => Style::Plain,
    }
}
