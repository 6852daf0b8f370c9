//! `--sort` and `--top`.

use std::cmp::Ordering;

use clap::ValueEnum;

use super::{group::Group, row::Row};

/// What rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortKey {
    /// Namespace, quota and resource, as kubectl sorts
    Name,
    /// The share used, largest first
    #[value(alias = "pct", alias = "ratio", alias = "use")]
    Percent,
    /// What is left, least first
    Free,
    /// What is used, most first
    Used,
    /// What may be used, most first
    Hard,
    /// The state, worst first
    State,
}

/// Sorts rows by `key`; rows that tie, and rows without a value last among themselves, stay in the order of their names.
pub fn sort(rows: &mut [Row], key: SortKey) {
    rows.sort_by(|a, b| by_key(a, b, key).then_with(|| by_name(a, b)));
}

/// Puts groups in the order of their tightest rows and keeps the first `top`; by name they already are in order.
pub fn arrange(groups: &mut Vec<Group>, key: SortKey, top: Option<usize>) {
    groups.sort_by(|a, b| by_key(&a.tightest, &b.tightest, key).then_with(|| a.name.cmp(&b.name)));
    groups.truncate(top.unwrap_or(usize::MAX));
}

fn by_key(a: &Row, b: &Row, key: SortKey) -> Ordering {
    match key {
        SortKey::Name => Ordering::Equal,
        SortKey::Percent => present_first(&a.ratio(), &b.ratio(), |a, b| b.total_cmp(a)),
        SortKey::Free => present_first(&a.free(), &b.free(), |a, b| a.cmp(b)),
        SortKey::Used => present_first(&a.used, &b.used, |a, b| b.cmp(a)),
        SortKey::Hard => b.hard.cmp(&a.hard),
        SortKey::State => b.state.cmp(&a.state),
    }
}

/// Compares two values where both are there; a row without one comes after those with one.
fn present_first<T>(a: &Option<T>, b: &Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// What a row is called: namespace, quota, resource.
fn name(row: &Row) -> (&str, &str, &str) {
    (&row.place.namespace, &row.place.quota, &row.resource)
}

fn by_name(a: &Row, b: &Row) -> Ordering {
    name(a).cmp(&name(b))
}
