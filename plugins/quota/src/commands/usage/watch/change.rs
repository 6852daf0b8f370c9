//! Changes between two states of the rows.

use std::collections::BTreeMap;

use shared::quantity::Quantity;

use super::super::row::Row;

/// A row that was added, changed or deleted.
#[derive(Clone, Debug)]
pub struct Change {
    /// The row after the change, or before its deletion.
    pub row: Row,
    /// The change, such as `used +500m` or `hard 4 -> 8, state Full -> Ok`.
    pub delta: String,
}

type Key<'a> = (&'a str, &'a str, &'a str);

fn key(row: &Row) -> Key<'_> {
    (&row.place.namespace, &row.place.quota, &row.resource)
}

/// Returns the changes from `before` to `after`: in the order of `after`, then the deleted rows.
pub fn changes(before: &[Row], after: &[Row]) -> Vec<Change> {
    let mut old: BTreeMap<Key, &Row> = before.iter().map(|row| (key(row), row)).collect();
    let mut changes: Vec<Change> = Vec::new();
    for row in after {
        let delta = match old.remove(&key(row)) {
            Some(was) => difference(was, row),
            None => "new".to_owned(),
        };
        if !delta.is_empty() {
            changes.push(Change { row: row.clone(), delta });
        }
    }
    changes.extend(old.into_values().map(|row| Change { row: row.clone(), delta: "gone".to_owned() }));
    changes
}

fn difference(was: &Row, is: &Row) -> String {
    let mut parts = Vec::new();
    match (&was.used, &is.used) {
        (Some(was), Some(is)) if was != is => parts.push(format!("used {}", signed(was, is))),
        (None, Some(is)) => parts.push(format!("used {is}")),
        (Some(_), None) => parts.push("used unknown".to_owned()),
        _ => {}
    }
    if was.hard != is.hard {
        parts.push(format!("hard {} -> {}", was.hard, is.hard));
    }
    if was.state != is.state {
        parts.push(format!("state {} -> {}", was.state.word(), is.state.word()));
    }
    parts.join(", ")
}

/// Returns the difference with its sign.
fn signed(was: &Quantity, is: &Quantity) -> String {
    if is > was { format!("+{}", is - was) } else { format!("-{}", was - is) }
}

#[cfg(test)]
mod tests {
    use shared::quantity::Percent;

    use super::*;
    use crate::commands::usage::{decide::rows_of, state::Thresholds};
    use shared::admission::quota_facts::QuotaFacts;

    fn rows(resource: &str, hard: &str, used: &str) -> Vec<Row> {
        let amount = |text: &str| [(resource.to_owned(), Quantity::parse(text).unwrap())].into();
        let facts = QuotaFacts {
            namespace: "team".into(),
            name: "q".into(),
            spec_hard: amount(hard),
            status_hard: amount(hard),
            used: amount(used),
            scopes: Vec::new(),
            requirements: Vec::new(),
        };
        rows_of(facts, &Thresholds { warn: Percent::new(80), crit: Percent::new(95) })
    }

    fn deltas(before: &[Row], after: &[Row]) -> Vec<String> {
        changes(before, after).into_iter().map(|change| change.delta).collect()
    }

    #[test]
    fn a_delta_has_a_sign() {
        let (low, high) = (rows("requests.cpu", "2", "500m"), rows("requests.cpu", "2", "1"));
        assert_eq!(deltas(&low, &high), ["used +500m"]);
        assert_eq!(deltas(&high, &low), ["used -500m"]);
        assert_eq!(deltas(&low, &low), [] as [&str; 0]);
    }

    #[test]
    fn limits_and_states_change() {
        let (four, eight) = (rows("pods", "4", "4"), rows("pods", "8", "4"));
        assert_eq!(deltas(&four, &eight), ["hard 4 -> 8, state Full -> Ok"]);
    }

    #[test]
    fn rows_come_and_go() {
        let (pods, secrets) = (rows("pods", "4", "4"), rows("secrets", "4", "4"));
        let changes = changes(&pods, &secrets);
        let seen: Vec<_> =
            changes.iter().map(|change| (change.row.resource.as_str(), change.delta.as_str())).collect();
        assert_eq!(seen, [("secrets", "new"), ("pods", "gone")]);
    }
}
