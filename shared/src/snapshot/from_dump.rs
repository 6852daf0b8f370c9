//! The cluster's side out of a dump.

use std::path::Path;

use serde_json::Value;

use super::{
    ClusterSnapshot, class_objects, count_dump::object_counts_of_dump, object_counts::CountsByNamespace,
    pending_quotas,
};
use crate::{
    Result,
    admission::{Classes, limit_range::LimitRangeFacts, quota_facts::QuotaFacts},
    manifest::{Key, Manifest, kinds::Kinds},
    model::{Dump, DumpObject, LimitRange, ResourceQuota},
};

/// Reads all of a dump that can decide. Classes of a kind the dump lacks are taken on trust.
///
/// # Errors
/// A dump that can't be read or holds what no API server would have given.
pub fn cluster_snapshot(path: &Path, kinds: &mut Kinds, now: i64) -> Result<ClusterSnapshot> {
    let dump = Dump::read(path)?;
    let mut snapshot = ClusterSnapshot { now, ..ClusterSnapshot::default() };
    for quota in dump.take::<ResourceQuota>()? {
        let quota = QuotaFacts::of(quota)?;
        snapshot.namespaces.entry(quota.namespace.clone()).or_default().quotas.push(quota);
    }
    for range in dump.take::<LimitRange>()? {
        let range = LimitRangeFacts::of(&range)?;
        snapshot.namespaces.entry(range.namespace.clone()).or_default().limit_ranges.push(range);
    }
    let objects = dump.objects()?;
    kinds.learn_definitions(&objects);
    snapshot.classes = classes(&objects)?;
    let nodes = || objects.iter().map(|one| &one.object).filter(|object| object["kind"] == "Node");
    snapshot.nodes = nodes().next().map(|_| nodes().cloned().collect());
    for one in objects {
        let object = one.object;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let kind = kinds.find_or_guess(&text(&object["apiVersion"]), &text(&object["kind"]));
        let metadata = &object["metadata"];
        let namespace = if kind.namespaced { text(&metadata["namespace"]) } else { String::new() };
        snapshot.existing.insert(Key::new(&kind, &namespace, &text(&metadata["name"])), object);
    }
    Ok(snapshot)
}

/// The classes that a dump holds; those of a kind that it lacks are taken on trust.
///
/// # Errors
/// An overhead that is no quantity.
pub fn classes(objects: &[DumpObject]) -> Result<Classes> {
    let of_kind = |kind: &'static str| {
        let of_kind =
            move || objects.iter().map(|one| &one.object).filter(move |object| object["kind"] == kind);
        of_kind().next().map(|_| of_kind())
    };
    Ok(Classes {
        priority: of_kind("PriorityClass").map(class_objects::priority),
        storage: of_kind("StorageClass").map(class_objects::storage),
        runtime: of_kind("RuntimeClass").map(class_objects::runtime).transpose()?,
    })
}

/// What the dump has in the namespaces of the quotas among the manifests.
pub fn object_counts(snapshot: &ClusterSnapshot, kinds: &Kinds, manifests: &[Manifest]) -> CountsByNamespace {
    let quotas: Vec<_> =
        pending_quotas::among(manifests, |manifest| snapshot.existing.get(&manifest.key()?)).collect();
    object_counts_of_dump(snapshot, kinds, &quotas)
}
