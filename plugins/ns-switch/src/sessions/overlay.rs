//! The overlay: the current context and where each context leads, without clusters, users and credentials.

use serde::Serialize;
use shared::{Result, output::yaml};

use crate::kubeconfigs::{ContextIndex, IndexedContext};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Overlay<'index> {
    #[serde(rename = "apiVersion")]
    api_version: &'static str,
    kind: &'static str,
    current_context: &'index str,
    contexts: Vec<Named<'index>>,
}

#[derive(Serialize)]
struct Named<'index> {
    name: &'index str,
    context: Context<'index>,
}

#[derive(Serialize)]
struct Context<'index> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<&'index str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'index str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'index str>,
}

/// Returns the overlay of these contexts. All of them have to be in it: kubectl writes a namespace to the file that
/// has the context.
///
/// # Errors
/// It can't be written as YAML.
pub fn text(index: &ContextIndex) -> Result<String> {
    yaml(&Overlay {
        api_version: "v1",
        kind: "Config",
        current_context: index.current.as_deref().unwrap_or_default(),
        contexts: index.contexts.iter().map(named).collect(),
    })
}

fn named(context: &IndexedContext) -> Named<'_> {
    Named {
        name: &context.name,
        context: Context {
            cluster: context.cluster.as_deref(),
            user: context.user.as_deref(),
            namespace: context.namespace.as_deref(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_where_each_context_leads_and_nothing_else() {
        let context = |name: &str, namespace: Option<&str>| IndexedContext {
            name: name.into(),
            cluster: Some("c".into()),
            user: None,
            namespace: namespace.map(Into::into),
        };
        let index = ContextIndex {
            current: Some("on".into()),
            contexts: vec![context("on", Some("123")), context("a: b", None)],
            ..ContextIndex::default()
        };
        assert_eq!(
            text(&index).unwrap(),
            "apiVersion: v1\nkind: Config\ncurrent-context: \"on\"\ncontexts:\n- name: \"on\"\n  context:\n    cluster: c\n    \
             namespace: \"123\"\n- name: \"a: b\"\n  context:\n    cluster: c\n"
        );
    }
}
