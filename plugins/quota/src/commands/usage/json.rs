//! The JSON and YAML documents of `usage`. Keys are added, never renamed.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use shared::{client::incomplete::Skipped, quantity::Quantity};

use super::{
    group::{Group, GroupBy},
    row::Row,
    state::State,
};
use crate::{api_version::API_VERSION, document::list};

/// Returns the document of `usage`, the rows in their order.
pub fn usage_list<'a>(rows: &'a [Row], skipped: &'a [Skipped]) -> impl Serialize + use<'a> {
    list("UsageList", rows, skipped)
}

/// A row with its quota's fields beside its own, and with what is computed from them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Row")]
struct Item<'a> {
    /// The namespace of the quota; empty where it is in none.
    namespace: &'a str,
    /// The name of the quota.
    quota: &'a str,
    /// The kind of the quota.
    kind: &'a str,
    /// Which objects the quota counts; empty for all.
    scopes: &'a [String],
    /// The resource as the quota lists it.
    resource: &'a str,
    /// The limit that is enforced.
    hard: &'a Quantity,
    /// The limit of the spec; null where the spec no longer has the resource.
    spec_hard: Option<&'a Quantity>,
    /// What the server counts; null where it does not.
    used: Option<&'a Quantity>,
    /// What is left, never below 0.
    free: Option<Quantity>,
    /// Used divided by hard; null where either is unknown or hard is 0.
    ratio: Option<f64>,
    state: State,
    /// Why the state is not Ok; empty for Ok.
    reason: &'a str,
    /// Whether this is the tightest of the unscoped quotas of its namespace for this resource.
    binding: bool,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Item {
            namespace: &self.place.namespace,
            quota: &self.place.quota,
            kind: self.place.kind.name(),
            scopes: &self.place.scopes,
            resource: &self.resource,
            hard: &self.hard,
            spec_hard: self.spec_hard.as_ref(),
            used: self.used.as_ref(),
            free: self.free(),
            ratio: self.ratio(),
            state: self.state,
            reason: &self.reason,
            binding: self.binding,
        }
        .serialize(serializer)
    }
}

impl JsonSchema for Row {
    fn schema_name() -> Cow<'static, str> {
        Item::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Item::json_schema(generator)
    }
}

/// The document of `usage --by`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageGroupList<'a> {
    api_version: &'static str,
    kind: &'static str,
    by: String,
    items: &'a [Group],
    skipped: &'a [Skipped],
}

impl<'a> UsageGroupList<'a> {
    /// Creates the document of these groups, in their order.
    pub fn new(by: &GroupBy, groups: &'a [Group], skipped: &'a [Skipped]) -> Self {
        Self { api_version: API_VERSION, kind: "UsageGroupList", by: by.to_string(), items: groups, skipped }
    }
}
