//! The quotas whose objects are counted, by namespace.

use std::{collections::HashMap, ops::Range};

use shared::{Result, admission::quota_facts::QuotaFacts, model::ResourceQuota, snapshot::ObjectCounts};

/// Quotas in the order of namespaces and names.
#[derive(Clone, Debug, Default)]
pub struct Quotas {
    /// The quotas as they are recorded.
    pub facts: Vec<QuotaFacts>,
    /// The quotas as the quota controller counts them: by what is in `spec.hard`, from nothing.
    pub counted: Vec<QuotaFacts>,
    by_namespace: HashMap<String, Range<usize>>,
}

impl Quotas {
    /// Returns the quotas in order.
    ///
    /// # Errors
    /// A quantity that only an edited dump can hold.
    pub fn new(quotas: impl IntoIterator<Item = ResourceQuota>) -> Result<Self> {
        let mut facts = quotas.into_iter().map(QuotaFacts::new).collect::<Result<Vec<_>>>()?;
        facts.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        let mut by_namespace: HashMap<String, Range<usize>> = HashMap::new();
        for (index, quota) in facts.iter().enumerate() {
            by_namespace.entry(quota.namespace.clone()).or_insert(index..index).end = index + 1;
        }
        let empty = ObjectCounts::default();
        let counted = facts.iter().map(|quota| empty.enforced(quota.clone())).collect();
        Ok(Self { facts, counted, by_namespace })
    }

    /// Returns the places of the quotas of a namespace.
    pub fn of_namespace(&self, namespace: &str) -> Range<usize> {
        self.by_namespace.get(namespace).cloned().unwrap_or(0..0)
    }
}
