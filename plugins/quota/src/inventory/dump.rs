//! Reads inventories from a dump.

use std::path::Path;

use shared::{
    Result,
    dump::Dump,
    manifest::kinds::Kinds,
    model::{LimitRange, Pod, ResourceQuota},
    snapshot::from_dump,
    workload::daemon_nodes,
};

use super::{Inventories, InventoryBuilder};

/// Reads the inventory of one namespace, or of all namespaces of a dump.
///
/// # Errors
/// A dump that cannot be read, or with objects that no API server would return.
pub fn read_dump(path: &Path, namespace: Option<&str>, now: i64) -> Result<Inventories> {
    let dump = Dump::read(path)?;
    let mut kinds = Kinds::default();
    let objects = dump.objects()?;
    kinds.learn_definitions(&objects);
    let mut builder = InventoryBuilder::new(kinds, now);
    for pod in dump.take::<Pod>()? {
        builder.add_pod(&pod)?;
    }
    for quota in dump.take::<ResourceQuota>()? {
        builder.add_quota(quota)?;
    }
    for range in dump.take::<LimitRange>()? {
        builder.add_limit_range(&range)?;
    }
    let cluster_facts = from_dump::cluster_facts(&objects)?;
    let nodes: Vec<_> =
        objects.iter().map(|one| &one.object).filter(|one| one["kind"] == "Node").cloned().collect();
    for mut one in objects {
        let is_untold = one.object["kind"] == "DaemonSet" && daemon_nodes::tell_alone(&one.object);
        if is_untold && !nodes.is_empty() {
            daemon_nodes::write_wanted(&mut one.object, &nodes);
        }
        match one.object["kind"].as_str() {
            Some("Pod" | "ResourceQuota" | "LimitRange") => {}
            Some(kind @ ("ConfigMap" | "Secret")) => {
                let counted = format!("{}s", kind.to_lowercase());
                if let Some(namespace) = one.object["metadata"]["namespace"].as_str() {
                    *builder.namespace_mut(namespace).counted.entry(counted).or_default() += 1;
                }
            }
            _ => builder.add_object(one.object)?,
        }
    }
    let mut all = builder.finish(cluster_facts, Vec::new());
    all.namespaces.retain(|inventory| namespace.is_none_or(|namespace| inventory.namespace == namespace));
    Ok(all)
}
