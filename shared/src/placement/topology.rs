//! Domains: the nodes that share a label's value, by number.

use std::collections::HashMap;
use std::sync::Arc;

use super::label_selector::Labels;

/// A topology of the cluster, by number.
pub(super) type TopologyId = usize;

/// The value of nodes without the label.
pub(super) const NONE: u32 = u32::MAX;

/// One label and its values.
#[derive(Debug)]
pub(super) struct Topology {
    key: String,
    /// For every node the number of its domain, or [`NONE`].
    pub(super) domain_of: Vec<u32>,
    /// How many domains there are.
    pub(super) domains: usize,
}

impl Topology {
    pub(super) fn domain(&self, node: usize) -> Option<usize> {
        self.domain_of.get(node).filter(|domain| **domain != NONE).map(|domain| *domain as usize)
    }
}

/// All topologies that a term or constraint has named so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Topologies {
    labels: Arc<Vec<Arc<Labels>>>,
    known: Vec<Arc<Topology>>,
}

impl Topologies {
    pub(super) fn new(labels: Vec<Arc<Labels>>) -> Self {
        Self { labels: Arc::new(labels), known: Vec::new() }
    }

    /// Returns the number of the topology of a key, a new one if need be.
    pub(super) fn register(&mut self, key: &str) -> TopologyId {
        if let Some(known) = self.known.iter().position(|topology| topology.key == key) {
            return known;
        }
        let mut numbers = HashMap::new();
        let mut domain_of = Vec::with_capacity(self.labels.len());
        for labels in self.labels.iter() {
            let next = u32::try_from(numbers.len()).unwrap_or(NONE);
            domain_of
                .push(labels.get(key).map_or(NONE, |value| *numbers.entry(value.as_str()).or_insert(next)));
        }
        let domains = numbers.len();
        self.known.push(Arc::new(Topology { key: key.to_owned(), domain_of, domains }));
        self.known.len() - 1
    }

    pub(super) fn get(&self, id: TopologyId) -> &Topology {
        &self.known[id]
    }
}
