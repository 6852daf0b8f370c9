//! The envelopes of JSON documents. Keys are added, never renamed.

use serde::Serialize;
use shared::client::incomplete::Skipped;

use crate::api_version::API_VERSION;

/// Document about one thing, whose keys are at the top level.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct One<'a, T> {
    api_version: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    item: T,
    skipped: &'a [Skipped],
}

/// Document with a list of items.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a, T> {
    api_version: &'static str,
    kind: &'static str,
    items: Vec<T>,
    skipped: &'a [Skipped],
}

impl<'a, T> One<'a, T> {
    /// Creates a document of this kind.
    pub fn new(kind: &'static str, item: T, skipped: &'a [Skipped]) -> Self {
        Self { api_version: API_VERSION, kind, item, skipped }
    }
}

impl<'a, T> List<'a, T> {
    /// Creates a document of this kind, the items in their order.
    pub fn new(kind: &'static str, items: impl IntoIterator<Item = T>, skipped: &'a [Skipped]) -> Self {
        Self { api_version: API_VERSION, kind, items: items.into_iter().collect(), skipped }
    }
}
