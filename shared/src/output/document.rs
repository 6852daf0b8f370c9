//! The envelope of every JSON and YAML document: `apiVersion`, `kind`, and what the command found. Keys are added to,
//! never renamed.

use schemars::JsonSchema;
use serde::Serialize;

/// A document whose content stands beside `apiVersion` and `kind`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Envelope<T> {
    api_version: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    content: T,
}

/// The content of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Items<T> {
    items: Vec<T>,
}

impl<T> Envelope<T> {
    /// Returns a document of this version and kind.
    pub fn new(api_version: &'static str, kind: &'static str, content: T) -> Self {
        Self { api_version, kind, content }
    }
}

impl<T> Items<T> {
    /// Returns a list of these items, in their order.
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::json;

    #[test]
    fn the_content_stands_beside_version_and_kind() {
        let document = Envelope::new("kubectl-quota/v1", "UsageList", Items::new([1, 2]));
        let value: serde_json::Value = serde_json::from_str(&json(&document).unwrap()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"apiVersion": "kubectl-quota/v1", "kind": "UsageList", "items": [1, 2]})
        );
    }
}
