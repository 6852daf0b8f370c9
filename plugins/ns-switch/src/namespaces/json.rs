//! The shape of `list -o json` and `-o yaml`. Keys are added to, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::output::Envelope;

use super::list::{NamespaceRow, Namespaces};
use crate::api_version::API_VERSION;

/// The content of the document.
#[derive(Serialize, JsonSchema)]
pub struct NamespaceList<'a> {
    context: Option<&'a str>,
    items: &'a [NamespaceRow],
    skipped: Vec<Skipped<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Skipped<'a> {
    verb: &'static str,
    resource: &'static str,
    namespace: &'static str,
    reason: &'a str,
}

/// Returns the document of these namespaces, in their order.
pub fn document(namespaces: &Namespaces) -> Envelope<NamespaceList<'_>> {
    let skipped = |resource: &'static str| {
        move |error| Skipped { verb: "list", resource, namespace: "", reason: reason(error) }
    };
    let refused = namespaces.refused.iter().map(skipped("namespaces"));
    let refused = refused.chain(namespaces.quotas_refused.iter().map(skipped("resourcequotas")));
    let content = NamespaceList {
        context: namespaces.context.as_deref(),
        items: &namespaces.rows,
        skipped: refused.collect(),
    };
    Envelope::new(API_VERSION, "NamespaceList", content)
}

fn reason(error: &shared::Error) -> &str {
    error.api_status().map_or("", |api| &api.message)
}
