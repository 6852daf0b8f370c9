//! What one file says about contexts: all that choosing one needs to know.

use std::path::Path;

use crate::kubeconfig::{Context, LoadOptions, Problem, decode::decode_file, parsed_file::ParsedEntry};

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
    /// Reads the outline of a text (without byte order mark) with the full parser, which decodes the file as a load does.
    pub fn parse(text: &[u8]) -> Result<Self, Problem> {
        let options = LoadOptions { undecodable_data: true, discard_keys: true, ..LoadOptions::default() };
        let nowhere = Path::new("");
        let file = decode_file(text, nowhere, nowhere, options)?;
        let contexts = file.contexts.into_iter().map(|entry| {
            let Context { cluster, user, namespace, .. } = entry.entry;
            OutlineContext { name: entry.name, cluster, user, namespace }
        });
        Ok(Self {
            current: file.current_context,
            contexts: contexts.collect(),
            clusters: names(file.clusters),
            users: names(file.users),
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

/// Returns the names of entries, without those that have none.
fn names<T>(entries: Vec<ParsedEntry<T>>) -> Vec<String> {
    entries.into_iter().map(|entry| entry.name).filter(|name| !name.is_empty()).collect()
}
