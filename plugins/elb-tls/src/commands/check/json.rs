//! The document of `check`.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    client::incomplete::Skipped,
    output::{Envelope, Finding},
};

use crate::api_version::API_VERSION;

/// The content of the document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Findings<'a> {
    items: &'a [Finding],
    skipped: &'a [Skipped],
}

/// Returns the document.
pub fn document<'a>(findings: &'a [Finding], skipped: &'a [Skipped]) -> Envelope<Findings<'a>> {
    Envelope::new(API_VERSION, "Findings", Findings { items: findings, skipped })
}
