//! The objects of a cluster that decide what a controller creates.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::manifest::Key;

/// Existing objects and nodes, wherever they were read.
#[derive(Clone, Copy, Debug)]
pub struct ClusterObjects<'a> {
    /// Existing objects as the API has them. What was not read is missing.
    pub existing: &'a BTreeMap<Key, Value>,
    /// The nodes; `None` where they could not be read.
    pub nodes: Option<&'a [Value]>,
}

impl ClusterObjects<'_> {
    /// Returns whether an object of this key exists.
    pub fn exists(&self, key: &Key) -> bool {
        self.existing.contains_key(key)
    }
}
