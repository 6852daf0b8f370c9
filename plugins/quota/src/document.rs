//! The content of JSON documents, with what could not be read. Keys are added, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    client::incomplete::Skipped,
    output::{Envelope, Items},
};

use crate::api_version::API_VERSION;

/// The content of a document, and beside it what could not be read.
#[derive(Serialize, JsonSchema)]
pub struct WithSkipped<'a, T> {
    #[serde(flatten)]
    content: T,
    skipped: &'a [Skipped],
}

/// Returns a document of this kind about one thing, whose keys are at the top level.
pub fn one<'a, T>(kind: &'static str, content: T, skipped: &'a [Skipped]) -> Envelope<WithSkipped<'a, T>> {
    Envelope::new(API_VERSION, kind, WithSkipped { content, skipped })
}

/// Returns a document of this kind with a list of items, in their order.
pub fn list<'a, T>(
    kind: &'static str,
    items: impl IntoIterator<Item = T>,
    skipped: &'a [Skipped],
) -> Envelope<WithSkipped<'a, Items<T>>> {
    one(kind, Items::new(items), skipped)
}
