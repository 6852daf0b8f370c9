//! The shape of `list -o json` and `-o yaml`. Keys are added to, never renamed.

use jiff::Timestamp;
use serde::Serialize;

use super::list::{NamespaceRow, Namespaces};
use crate::api_version::API_VERSION;

/// The document of `list`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceList<'a> {
    api_version: &'static str,
    kind: &'static str,
    context: Option<&'a str>,
    items: Vec<Item<'a>>,
    skipped: Vec<Skipped<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    name: &'a str,
    current: bool,
    phase: Option<&'a str>,
    created: Option<Timestamp>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    verb: &'static str,
    resource: &'static str,
    namespace: &'static str,
    reason: &'a str,
}

impl<'a> NamespaceList<'a> {
    /// The document of these namespaces, in their order.
    pub fn new(namespaces: &'a Namespaces, current: &str, context: Option<&'a str>) -> Self {
        let item = |row: &'a NamespaceRow| Item {
            name: &row.name,
            current: row.name == current,
            phase: Some(row.phase.as_str()).filter(|phase| !phase.is_empty()),
            created: row.created,
        };
        let refused = namespaces.refused.iter().map(|error| Skipped {
            verb: "list",
            resource: "namespaces",
            namespace: "",
            reason: error.api_status().map_or("", |api| &api.message),
        });
        Self {
            api_version: API_VERSION,
            kind: "NamespaceList",
            context,
            items: namespaces.rows.iter().map(item).collect(),
            skipped: refused.collect(),
        }
    }
}
