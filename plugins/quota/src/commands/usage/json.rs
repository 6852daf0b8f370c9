//! The shape of `usage -o json` and `-o yaml`. Keys are added to, never renamed.

use serde::Serialize;
use shared::{client::incomplete::Skipped, quantity::Quantity};

use super::{
    group::{Group, GroupBy, Total},
    row::Row,
    state::State,
};
use crate::{api_version::API_VERSION, document::List};

/// The document of `usage` for these rows, in their order.
pub fn usage_list<'a>(rows: &'a [Row], skipped: &'a [Skipped]) -> impl Serialize + use<'a> {
    List::new("UsageList", rows.iter().map(Item::new), skipped)
}

/// One row.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item<'a> {
    namespace: &'a str,
    quota: &'a str,
    scopes: &'a [String],
    resource: &'a str,
    hard: &'a Quantity,
    spec_hard: Option<&'a Quantity>,
    used: Option<&'a Quantity>,
    free: Option<Quantity>,
    ratio: Option<f64>,
    state: State,
    reason: &'a str,
    binding: bool,
}

impl<'a> Item<'a> {
    /// One row as JSON has it.
    pub fn new(row: &'a Row) -> Self {
        Self {
            namespace: &row.place.namespace,
            quota: &row.place.quota,
            scopes: &row.place.scopes,
            resource: &row.resource,
            hard: &row.hard,
            spec_hard: row.spec_hard.as_ref(),
            used: row.used.as_ref(),
            free: row.free(),
            ratio: row.ratio(),
            state: row.state,
            reason: &row.reason,
            binding: row.binding,
        }
    }
}

/// The document of `usage --by`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageGroupList<'a> {
    api_version: &'static str,
    kind: &'static str,
    by: String,
    items: Vec<GroupItem<'a>>,
    skipped: &'a [Skipped],
}

impl<'a> UsageGroupList<'a> {
    /// The document for these groups, in their order.
    pub fn new(by: &GroupBy, groups: &'a [Group], skipped: &'a [Skipped]) -> Self {
        let items = groups.iter().map(GroupItem::new).collect();
        Self { api_version: API_VERSION, kind: "UsageGroupList", by: by.to_string(), items, skipped }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupItem<'a> {
    group: &'a str,
    namespaces: usize,
    quotas: usize,
    tightest: Item<'a>,
    totals: Vec<TotalItem<'a>>,
}

impl<'a> GroupItem<'a> {
    fn new(group: &'a Group) -> Self {
        Self {
            group: &group.name,
            namespaces: group.namespaces,
            quotas: group.quotas,
            tightest: Item::new(&group.tightest),
            totals: group.totals.iter().map(TotalItem::new).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TotalItem<'a> {
    resource: &'a str,
    scopes: &'a [String],
    namespaces: usize,
    hard: &'a Quantity,
    used: &'a Quantity,
    free: &'a Quantity,
    ratio: Option<f64>,
    state: State,
    uncounted: usize,
}

impl<'a> TotalItem<'a> {
    fn new(total: &'a Total) -> Self {
        Self {
            resource: &total.resource,
            scopes: &total.scopes,
            namespaces: total.namespaces,
            hard: &total.hard,
            used: &total.used,
            free: &total.free,
            ratio: total.ratio,
            state: total.state,
            uncounted: total.uncounted,
        }
    }
}
