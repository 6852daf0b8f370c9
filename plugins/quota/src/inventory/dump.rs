//! Inventories out of a dump.

use std::path::Path;

use shared::{
    Result,
    dump::Dump,
    manifest::kinds::Kinds,
    model::{LimitRange, Pod, ResourceQuota},
    snapshot::from_dump,
};

use super::{Gathering, Inventories};

/// Reads the namespaces of a dump: the one asked for, else all that it holds.
///
/// # Errors
/// A dump that can't be read or holds what no API server would have given.
pub fn dump(path: &Path, namespace: Option<&str>, now: i64) -> Result<Inventories> {
    let dump = Dump::read(path)?;
    let mut kinds = Kinds::default();
    let objects = dump.objects()?;
    kinds.learn_definitions(&objects);
    let mut gathering = Gathering::new(kinds, now);
    for pod in dump.take::<Pod>()? {
        gathering.pod(&pod)?;
    }
    for quota in dump.take::<ResourceQuota>()? {
        gathering.quota(quota)?;
    }
    for range in dump.take::<LimitRange>()? {
        gathering.limit_range(&range)?;
    }
    let classes = from_dump::classes(&objects)?;
    for one in objects {
        match one.object["kind"].as_str() {
            Some("Pod" | "ResourceQuota" | "LimitRange") => {}
            Some(kind @ ("ConfigMap" | "Secret")) => {
                let counted = format!("{}s", kind.to_lowercase());
                if let Some(namespace) = one.object["metadata"]["namespace"].as_str() {
                    *gathering.namespace(namespace).counted.entry(counted).or_default() += 1;
                }
            }
            _ => gathering.object(one.object)?,
        }
    }
    let mut all = gathering.finish(classes, Vec::new());
    all.namespaces.retain(|inventory| namespace.is_none_or(|namespace| inventory.namespace == namespace));
    Ok(all)
}
