//! `--sort` and `--top`.

use std::cmp::Ordering;

use clap::ValueEnum;
use shared::quantity::Quantity;

use super::{group::Group, row::Row, state::State};

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
pub fn sort(rows: &mut Vec<Row>, key: SortKey) {
    if key == SortKey::Name {
        rows.sort_by(by_name);
        return;
    }
    // Shares and differences are exact arithmetic: worth doing once a row instead of once a comparison.
    let mut keyed: Vec<(Rank, Row)> = rows.drain(..).map(|row| (Rank::of(&row, key), row)).collect();
    keyed.sort_by(|(a, row_a), (b, row_b)| a.compare(b).then_with(|| by_name(row_a, row_b)));
    rows.extend(keyed.into_iter().map(|(_, row)| row));
}

/// Puts groups in the order of their tightest rows and keeps the first `top`; by name they already are in order.
pub fn arrange(groups: &mut Vec<Group>, key: SortKey, top: Option<usize>) {
    groups.sort_by(|a, b| Rank::of(&a.tightest, key).compare(&Rank::of(&b.tightest, key)));
    groups.truncate(top.unwrap_or(usize::MAX));
}

/// What a row is ranked by. Rows without the value come last.
enum Rank {
    Name,
    LargestFirst(Option<f64>),
    LeastFirst(Option<Quantity>),
    MostFirst(Option<Quantity>),
    WorstFirst(State),
}

impl Rank {
    fn of(row: &Row, key: SortKey) -> Self {
        match key {
            SortKey::Name => Self::Name,
            SortKey::Percent => Self::LargestFirst(row.ratio()),
            SortKey::Free => Self::LeastFirst(row.free()),
            SortKey::Used => Self::MostFirst(row.used.clone()),
            SortKey::Hard => Self::MostFirst(Some(row.hard.clone())),
            SortKey::State => Self::WorstFirst(row.state),
        }
    }

    /// Ranks of different kinds are never compared.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::LargestFirst(a), Self::LargestFirst(b)) => present_first(a, b, |a, b| b.total_cmp(a)),
            (Self::LeastFirst(a), Self::LeastFirst(b)) => present_first(a, b, Ord::cmp),
            (Self::MostFirst(a), Self::MostFirst(b)) => present_first(a, b, |a, b| b.cmp(a)),
            (Self::WorstFirst(a), Self::WorstFirst(b)) => b.cmp(a),
            _ => Ordering::Equal,
        }
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
