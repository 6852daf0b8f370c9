//! `--sort` and `--top`.

use std::cmp::Ordering;

use clap::ValueEnum;
use shared::quantity::Quantity;

use super::{
    group::Group,
    row::{QuotaKind, Row},
    state::State,
};

/// Key that rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortKey {
    /// Namespace, quota and resource, as kubectl sorts
    Name,
    /// Percentage used, highest first
    #[value(alias = "pct", alias = "ratio", alias = "use")]
    Percent,
    /// Amount free, lowest first
    Free,
    /// Amount used, highest first
    Used,
    /// Limit, highest first
    Hard,
    /// State, worst first
    State,
}

/// Sorts rows by `key`, rows without a value last, and ties by name.
pub fn sort(rows: &mut Vec<Row>, key: SortKey) {
    if key == SortKey::Name {
        rows.sort_by(by_name);
        return;
    }
    // Exact arithmetic is slow: keys are computed once for each row instead of in each comparison.
    let mut keyed: Vec<(Rank, Row)> = rows.drain(..).map(|row| (Rank::of(&row, key), row)).collect();
    keyed.sort_by(|(a, row_a), (b, row_b)| a.compare(b).then_with(|| by_name(row_a, row_b)));
    rows.extend(keyed.into_iter().map(|(_, row)| row));
}

/// Sorts groups by their tightest rows and keeps the first `top`. They are sorted by name already.
pub fn arrange(groups: &mut Vec<Group>, key: SortKey, top: Option<usize>) {
    groups.sort_by(|a, b| Rank::of(&a.tightest, key).compare(&Rank::of(&b.tightest, key)));
    groups.truncate(top.unwrap_or(usize::MAX));
}

/// Value that a row is ranked by. Rows without a value come last.
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

    /// Compares two ranks of the same kind.
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

/// Compares two optional values; `None` comes last.
fn present_first<T>(a: &Option<T>, b: &Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Returns namespace, kind, quota and resource.
fn name(row: &Row) -> (&str, QuotaKind, &str, &str) {
    (&row.place.namespace, row.place.kind, &row.place.quota, &row.resource)
}

fn by_name(a: &Row, b: &Row) -> Ordering {
    name(a).cmp(&name(b))
}
