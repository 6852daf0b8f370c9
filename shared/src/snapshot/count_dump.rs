//! Counts what a dump has in namespaces for which quotas are to come.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ClusterSnapshot,
    object_counts::{CountsByNamespace, resources},
};
use crate::{
    admission::{object::Object, quota_facts::QuotaFacts, read_object::existing_object},
    manifest::kinds::Kinds,
};

/// What the dump has of all that these quotas count. A kind of which it has nothing at all may have been left out of
/// it.
pub fn object_counts_of_dump(
    snapshot: &ClusterSnapshot,
    kinds: &Kinds,
    quotas: &[QuotaFacts],
) -> CountsByNamespace {
    let mut object_counts = CountsByNamespace::new();
    for quota in quotas {
        object_counts.entry(quota.namespace.clone()).or_default();
    }
    for (namespace, counts_of_namespace) in &mut object_counts {
        let wanted = resources(quotas.iter().filter(|quota| quota.namespace == *namespace));
        let mut of_resource: BTreeMap<String, Vec<Object>> = BTreeMap::new();
        let mut present = BTreeSet::new();
        for (key, value) in &snapshot.existing {
            let (_, name) = &key.kind;
            let version = value["apiVersion"].as_str().unwrap_or_default();
            let kind = kinds.find_or_guess(version, name);
            let resource = kind.resource();
            present.insert(resource.clone());
            if key.namespace == *namespace
                && let Ok(object) = existing_object(&kind, namespace, &key.name, value, snapshot.now)
            {
                of_resource.entry(resource).or_default().push(object);
            }
        }
        for resource in wanted {
            let objects = of_resource.remove(&resource).unwrap_or_default();
            if !present.contains(&resource) {
                counts_of_namespace.unread.insert(resource.clone());
            }
            counts_of_namespace.objects.extend(objects.into_iter().map(|object| (object, 1)));
        }
    }
    object_counts
}
