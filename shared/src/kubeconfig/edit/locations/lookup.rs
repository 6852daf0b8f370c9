//! From names to nodes: which pair of a mapping counts, and whether its bytes are its own.

use super::Locations;
use crate::kubeconfig::edit::{blocker::Blocker, change::List};
use crate::yaml::{NodeContent, NodeId, ValueContent};

/// The nodes from the root to a mapping or value.
#[derive(Clone)]
pub(super) struct Path(Vec<NodeId>);

impl Path {
    pub fn root(root: NodeId) -> Self {
        Self(vec![root])
    }

    pub fn with(&self, node: NodeId) -> Self {
        let mut nodes = self.0.clone();
        nodes.push(node);
        Self(nodes)
    }

    pub fn last(&self) -> NodeId {
        *self.0.last().expect("a path has a root")
    }
}

/// Where the value of a key comes from.
pub(super) enum Found {
    /// No pair has the key.
    Nowhere,
    /// A merge key provides it, and no pair of the mapping itself has the key.
    Merged,
    /// The last pair with the key.
    Direct { key: NodeId, value: NodeId },
}

impl Locations<'_> {
    /// Finds what counts for `key` in a mapping: the last pair. A merge key after it overrides it, which is an
    /// blocker: there is no place whose bytes could be changed alone.
    pub(super) fn find(&self, mapping: NodeId, key: &str) -> Result<Found, Blocker> {
        let NodeContent::Mapping(pairs) = &self.document.node(mapping).content else {
            return Err(self.unusual(mapping));
        };
        let mut found = Found::Nowhere;
        for (pair_key, pair_value) in pairs {
            if self.is_merge(*pair_key) {
                if !self.provides(*pair_value, key, 0) {
                    continue;
                }
                match found {
                    Found::Direct { .. } => {
                        return Err(Blocker::Merged { line: self.document.node(*pair_key).line });
                    }
                    _ => found = Found::Merged,
                }
            } else if self.is_key(*pair_key, key) {
                found = Found::Direct { key: *pair_key, value: *pair_value };
            }
        }
        Ok(found)
    }

    pub(super) fn is_key(&self, node: NodeId, key: &str) -> bool {
        match &self.document.node(node).content {
            NodeContent::Scalar(text, _) => text == key,
            NodeContent::Alias(target) => self.is_key(*target, key),
            _ => false,
        }
    }

    fn is_merge(&self, key: NodeId) -> bool {
        // Whether `<<` in quotes is one doesn't matter here: it is treated with the same care.
        self.is_key(key, "<<")
    }

    /// Tells whether a merged mapping, or one of a list of them, has the key.
    fn provides(&self, source: NodeId, key: &str, depth: usize) -> bool {
        // The parser has refused anchors that contain themselves; this is for the ones it never followed.
        if depth > 64 {
            return true;
        }
        match &self.document.node(source).content {
            NodeContent::Alias(target) => self.provides(*target, key, depth + 1),
            NodeContent::Sequence(sources) => {
                sources.iter().any(|source| self.provides(*source, key, depth + 1))
            }
            NodeContent::Mapping(pairs) => pairs.iter().any(|(pair_key, value)| {
                self.is_key(*pair_key, key)
                    || (self.is_merge(*pair_key) && self.provides(*value, key, depth + 1))
            }),
            NodeContent::Scalar(..) => false,
        }
    }

    /// Finds a list: the path to it, its key, and the sequence.
    pub(super) fn list(&self, list: List) -> Result<(Path, NodeId, NodeId), Blocker> {
        let Some(root) = self.document.root() else { return Err(Blocker::Unusual { line: 1 }) };
        match self.find(root, list.key())? {
            Found::Direct { key, value } => match self.document.node(value).content {
                NodeContent::Sequence(_) => Ok((Path::root(root).with(value), key, value)),
                NodeContent::Alias(target) => Err(self.shared(target)),
                _ => Err(self.unusual(value)),
            },
            Found::Merged => Err(self.merged(root)),
            Found::Nowhere => Err(self.unusual(root)),
        }
    }

    /// Finds the entry of a context and the path to it.
    pub(super) fn item(&self, name: &str) -> Result<(Path, NodeId), Blocker> {
        let (path, _, list) = self.list(List::Contexts)?;
        let index = self.item_names(List::Contexts).position(|item| item == name);
        let NodeContent::Sequence(items) = &self.document.node(list).content else {
            return Err(self.unusual(list));
        };
        let Some(item) = index.and_then(|index| items.get(index)) else { return Err(self.unusual(list)) };
        match self.document.node(*item).content {
            NodeContent::Mapping(_) => Ok((path.with(*item), *item)),
            NodeContent::Alias(target) => Err(self.shared(target)),
            _ => Err(self.unusual(*item)),
        }
    }

    /// Returns the names in a list, in its order.
    pub(super) fn item_names(&self, list: List) -> impl Iterator<Item = &str> {
        let list = self.value.and_then(|value| value.get(list.key()));
        let items = match list.map(|list| &list.content) {
            Some(ValueContent::Sequence(items)) => &items[..],
            _ => &[],
        };
        items.iter().map(|item| match item.get("name").map(|name| &name.content) {
            Some(ValueContent::Text(name)) => name.as_ref(),
            _ => "",
        })
    }

    /// Refuses a path on which something is repeated elsewhere by an alias.
    pub(super) fn check_own(&self, path: &Path) -> Result<(), Blocker> {
        let shared = path.0.iter().find(|id| {
            self.document.node(**id).anchored && self.document.aliases().any(|(_, target)| target == **id)
        });
        match shared {
            Some(id) => Err(self.shared(*id)),
            None => Ok(()),
        }
    }

    /// Refuses to remove nodes that an alias elsewhere repeats.
    pub(super) fn check_unused(&self, removed: &std::ops::Range<usize>) -> Result<(), Blocker> {
        let within = |id: NodeId| removed.contains(&self.document.node(id).span.start);
        match self.document.aliases().find(|(alias, target)| within(*target) && !within(*alias)) {
            Some((_, target)) => Err(self.shared(target)),
            None => Ok(()),
        }
    }

    pub(super) fn shared(&self, node: NodeId) -> Blocker {
        Blocker::Shared { line: self.document.node(node).line }
    }

    pub(super) fn merged(&self, mapping: NodeId) -> Blocker {
        Blocker::Merged { line: self.document.node(mapping).line }
    }

    pub(super) fn unusual(&self, node: NodeId) -> Blocker {
        Blocker::Unusual { line: self.document.node(node).line }
    }
}
