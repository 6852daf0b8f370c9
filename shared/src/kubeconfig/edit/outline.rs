//! What one file says about contexts: all that choosing one needs to know.

use std::path::Path;

use super::change::List;
use crate::kubeconfig::{Context, Problem, decode::decode_contexts};
use crate::yaml::{Document, SourceText, Value, ValueContent, YamlError};

/// The contexts of one file and its `current-context`, and which clusters and users it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Its own current context; none where it is missing, null or empty.
    pub current: Option<String>,
    pub contexts: Vec<OutlineContext>,
    /// The names of its clusters, of which nothing else is read.
    pub clusters: Vec<String>,
    /// The names of its users.
    pub users: Vec<String>,
}

/// One entry of `contexts`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OutlineContext {
    pub name: String,
    pub cluster: Option<String>,
    pub user: Option<String>,
    pub namespace: Option<String>,
}

impl Outline {
    /// Reads the outline of a text (without byte order mark) with the full parser.
    pub fn parse(text: &[u8]) -> Result<Self, Problem> {
        let failure = |error: YamlError| Problem {
            path: Path::new("").into(),
            line: error.line,
            message: error.message,
            hint: None,
        };
        let source = SourceText::decode(text).map_err(failure)?;
        let document = Document::parse(&source.text).map_err(failure)?;
        let value = Value::resolve(&document).map_err(failure)?;
        let (current, entries) = decode_contexts(&document, value.as_ref())?;
        let contexts = entries.into_iter().map(|entry| {
            let Context { cluster, user, namespace, .. } = entry.entry;
            OutlineContext { name: entry.name, cluster, user, namespace }
        });
        Ok(Self {
            current,
            contexts: contexts.collect(),
            clusters: entry_names(value.as_ref(), List::Clusters),
            users: entry_names(value.as_ref(), List::Users),
        })
    }

    /// Where in the list the context of this name is.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.contexts.iter().position(|context| context.name == name)
    }

    pub fn context(&self, name: &str) -> Option<&OutlineContext> {
        self.contexts.iter().find(|context| context.name == name)
    }
}

/// Returns the names in a list, without entries that have none. Other mistakes in the list are not reported here.
fn entry_names(value: Option<&Value<'_>>, list: List) -> Vec<String> {
    let Some(ValueContent::Sequence(items)) =
        value.and_then(|value| value.get(list.key())).map(|list| &list.content)
    else {
        return Vec::new();
    };
    let name = |item: &Value<'_>| match item.get("name").map(|name| &name.content) {
        Some(ValueContent::Text(name)) if !name.is_empty() => Some(name.to_string()),
        _ => None,
    };
    items.iter().filter_map(name).collect()
}
