//! The JSON and YAML documents of `usage`. Keys are added, never renamed.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use shared::client::incomplete::Skipped;

use super::{
    group::{Group, GroupBy},
    row::Row,
};
use crate::{api_version::API_VERSION, document::list};

/// Returns the document of `usage`, the rows in their order.
pub fn usage_list<'a>(rows: &'a [Row], skipped: &'a [Skipped]) -> impl Serialize + use<'a> {
    list("UsageList", rows, skipped)
}

/// A row with its quota's fields beside its own, and with what is computed from them.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut item = serializer.serialize_struct("Row", 13)?;
        item.serialize_field("namespace", &self.place.namespace)?;
        item.serialize_field("quota", &self.place.quota)?;
        item.serialize_field("kind", self.place.kind.name())?;
        item.serialize_field("scopes", &self.place.scopes)?;
        item.serialize_field("resource", &self.resource)?;
        item.serialize_field("hard", &self.hard)?;
        item.serialize_field("specHard", &self.spec_hard)?;
        item.serialize_field("used", &self.used)?;
        item.serialize_field("free", &self.free())?;
        item.serialize_field("ratio", &self.ratio())?;
        item.serialize_field("state", &self.state)?;
        item.serialize_field("reason", &self.reason)?;
        item.serialize_field("binding", &self.binding)?;
        item.end()
    }
}

/// The document of `usage --by`.
#[derive(Serialize)]
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
