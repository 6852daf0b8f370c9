//! The rows of LimitRanges themselves.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{admission::limit_range::LimitRangeFacts, quantity::Quantity};

/// The limits of one resource. Keys of its JSON are added to, never renamed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LimitRow<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The LimitRange.
    pub limit_range: &'a str,
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// The least a request may be.
    pub min: Option<&'a Quantity>,
    /// The most a limit may be.
    pub max: Option<&'a Quantity>,
    /// The limit of a container that sets none.
    pub default: Option<&'a Quantity>,
    /// The request of a container that sets none.
    pub default_request: Option<&'a Quantity>,
    /// The most that limit divided by request may be.
    pub max_limit_request_ratio: Option<&'a Quantity>,
}

/// Returns a row for each resource of each item, in the order of names.
pub fn rows<'a>(ranges: impl Iterator<Item = &'a LimitRangeFacts>) -> Vec<LimitRow<'a>> {
    let mut rows = Vec::new();
    for range in ranges {
        for item in &range.items {
            let lists = [&item.min, &item.max, &item.default, &item.default_request, &item.ratio];
            let resources: BTreeSet<_> = lists.iter().flat_map(|list| list.keys()).collect();
            rows.extend(resources.into_iter().map(|resource| LimitRow {
                namespace: &range.namespace,
                limit_range: &range.name,
                kind: &item.kind,
                resource,
                min: item.min.get(resource),
                max: item.max.get(resource),
                default: item.default.get(resource),
                default_request: item.default_request.get(resource),
                max_limit_request_ratio: item.ratio.get(resource),
            }));
        }
    }
    rows
}
