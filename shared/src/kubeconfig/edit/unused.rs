//! Clusters and users that no context names.

use std::collections::HashSet;

use super::{
    change::List,
    outline::{Outline, OutlineContext},
    sources::Sources,
};

/// Names of clusters and users that no context names, each once, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// Names of clusters.
    pub clusters: Vec<String>,
    /// Names of users.
    pub users: Vec<String>,
}

impl Unused {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.users.is_empty()
    }

    /// All of them, each with `cluster` or `user` before it.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let clusters = self.clusters.iter().map(|name| (List::Clusters.entry(), name.as_str()));
        clusters.chain(self.users.iter().map(|name| (List::Users.entry(), name.as_str())))
    }
}

impl Sources {
    /// The clusters and users that no entry of a context names, in any of the files.
    pub fn unused(&self) -> Unused {
        self.unnamed(&[])
    }

    /// Those that become unused when these contexts are deleted. An entry of such a context that an earlier file hides
    /// stays, and with it what it names.
    pub fn unused_without(&self, contexts: &[String]) -> Unused {
        let (before, mut after) = (self.unused(), self.unnamed(contexts));
        after.clusters.retain(|name| !before.clusters.contains(name));
        after.users.retain(|name| !before.users.contains(name));
        after
    }

    /// The names of all clusters and users, by `cluster` or `user`, in the order of the files; one that several files
    /// have as often.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [List::Clusters, List::Users].into_iter().flat_map(|list| {
            let names = self.read_files().flat_map(move |(_, file)| list.names(file.reading.outline()));
            names.map(move |name| (list.entry(), name.as_str()))
        })
    }

    /// Whether some file has a cluster of that name.
    pub fn has_cluster(&self, name: &str) -> bool {
        self.has(List::Clusters, name)
    }

    /// Whether some file has a user of that name.
    pub fn has_user(&self, name: &str) -> bool {
        self.has(List::Users, name)
    }

    fn has(&self, list: List, name: &str) -> bool {
        self.read_files()
            .any(|(_, file)| list.names(file.reading.outline()).iter().any(|entry| entry == name))
    }

    /// What no context names, but for the entries that go: of each of these contexts the first.
    fn unnamed(&self, deleted: &[String]) -> Unused {
        let outlines = || self.read_files().map(|(_, file)| file.reading.outline());
        let mut gone: HashSet<&str> = HashSet::new();
        let mut staying: Vec<&OutlineContext> = Vec::new();
        for context in outlines().flat_map(|outline| &outline.contexts) {
            if !deleted.contains(&context.name) || !gone.insert(&context.name) {
                staying.push(context);
            }
        }
        let unnamed = |list: List| {
            let mut known: HashSet<&str> =
                staying.iter().filter_map(|context| list.of(context)).map(String::as_str).collect();
            let names = outlines().flat_map(|outline| list.names(outline));
            names.filter(|name| known.insert(name)).cloned().collect()
        };
        Unused { clusters: unnamed(List::Clusters), users: unnamed(List::Users) }
    }
}

impl List {
    /// The names of its entries.
    pub(super) fn names(self, outline: &Outline) -> &[String] {
        match self {
            Self::Clusters => &outline.clusters,
            Self::Users => &outline.users,
            Self::Contexts => &[],
        }
    }

    /// Which of its entries a context names.
    pub(super) fn of(self, context: &OutlineContext) -> Option<&String> {
        match self {
            Self::Clusters => context.cluster.as_ref(),
            Self::Users => context.user.as_ref(),
            Self::Contexts => None,
        }
    }
}
