//! What one file says about contexts: all that choosing one needs to know.

use std::path::Path;

use crate::kubeconfig::{
    Context, Problem,
    decode::decode_contexts,
    yaml::{Document, SourceText, Value, YamlError},
};

/// The contexts of one file and its `current-context`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Its own current context; none where it is missing, null or empty.
    pub current: Option<String>,
    pub contexts: Vec<OutlineContext>,
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
        Ok(Self { current, contexts: contexts.collect() })
    }

    /// Where in the list the context of this name is.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.contexts.iter().position(|context| context.name == name)
    }

    pub fn context(&self, name: &str) -> Option<&OutlineContext> {
        self.contexts.iter().find(|context| context.name == name)
    }
}
