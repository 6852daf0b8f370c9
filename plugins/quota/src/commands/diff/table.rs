//! The table of `diff`.

use std::cmp::Ordering;

use shared::{
    output::{Cell, Column, Style, Table},
    quantity::Quantity,
};

use super::decide::{Amounts, Row};

/// Returns the table of these rows.
pub fn table<'a>(rows: impl Iterator<Item = &'a Row>) -> Table {
    let headers = ["NAMESPACE", "QUOTA", "RESOURCE", "USED", "CHANGE", "HARD", "CHANGE"];
    let mut table = Table::new(headers.map(Column::new));
    for row in rows {
        let used = |amounts: &Option<Amounts>| match amounts {
            Some(Amounts { used: Some(used), .. }) => used.text().into_owned(),
            Some(_) => "?".to_owned(),
            None => "-".to_owned(),
        };
        let hard = |amounts: &Option<Amounts>| {
            amounts.as_ref().map_or("-".to_owned(), |amounts| amounts.hard.text().into_owned())
        };
        let both = |part: &dyn Fn(&Option<Amounts>) -> String| match (part(&row.before), part(&row.after)) {
            (before, after) if before == after => before,
            (before, after) => format!("{before} -> {after}"),
        };
        table.push([
            row.namespace.as_str().into(),
            row.quota.as_str().into(),
            row.resource.as_str().into(),
            both(&used).into(),
            Cell::styled(signed(row.used_change.as_ref()), style(row)),
            both(&hard).into(),
            signed(row.hard_change.as_ref()).into(),
        ]);
    }
    table
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
