//! Counts what a dump has in the namespaces of quotas that have no status yet.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ClusterSnapshot,
    object_counts::{Found, resources_by_namespace},
};
use crate::{
    admission::{object::Object, quota_facts::QuotaFacts, read_object::existing_object},
    manifest::{json::text, kinds::Kinds},
};

impl ClusterSnapshot {
    /// Counts, in the namespace of each quota, the existing objects that the quota will count. A resource of which the
    /// dump has nothing in any namespace may have been left out of it, so its number is unknown.
    pub fn count_existing(&mut self, kinds: &Kinds, quotas: &[QuotaFacts]) {
        let wanted = resources_by_namespace(quotas);
        let mut objects: BTreeMap<(String, String), Vec<Object>> = BTreeMap::new();
        let mut present = BTreeSet::new();
        for (key, value) in &self.existing {
            let kind = kinds.find_or_guess(text(&value["apiVersion"]), &key.kind.1);
            let resource = kind.resource();
            present.insert(resource.clone());
            let counted = (key.namespace.clone(), resource);
            if wanted.contains(&counted)
                && let Ok(object) = existing_object(&kind, &key.namespace, &key.name, value, self.now)
            {
                objects.entry(counted).or_default().push(object.of_version(self.version()));
            }
        }
        for counted in wanted {
            let found = match present.contains(&counted.1) {
                true => Found::Objects(objects.remove(&counted).unwrap_or_default()),
                false => Found::Unread,
            };
            let (namespace, resource) = counted;
            self.object_counts.entry(namespace.clone()).or_default().add(&namespace, resource, found);
        }
    }
}
