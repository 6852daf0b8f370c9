//! Reads inventories from a dump.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;
use shared::{
    Result,
    dump::{AmountRemarks, Dump, impossible_amounts, more_than_once, require_quantities},
    manifest::{json::text, kinds::Kinds},
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
    let dump = Dump::read_in_place(path)?;
    dump.require_any()?;
    let now = dump.taken_at(now);
    let mut remarks = Vec::new();
    let mut kinds = Kinds::default();
    let mut amounts = AmountRemarks::default();
    let is_wanted = |object: &Value| {
        let own = &object["metadata"]["namespace"];
        own.is_null() || namespace.is_none_or(|namespace| *own == namespace)
    };
    let (mut objects, mut wrong) = (Vec::new(), None);
    dump.each_object(&mut |object| {
        let kind = text(&object["kind"]);
        if is_wanted(&object) {
            if matches!(kind, "Pod" | "PersistentVolumeClaim") {
                wrong = wrong.take().or(require_quantities(&object).err());
            }
            amounts.look_at(&object);
        }
        // Pods, which are most of what there is, are read without what does not count.
        if kind != "Pod" {
            objects.push(object);
        }
    })?;
    if let Some(error) = wrong {
        return Err(error);
    }
    objects.iter().for_each(|object| kinds.learn_definition(object));
    let mut builder = InventoryBuilder::new(kinds, now);
    for pod in dump.take_last::<Pod>(&mut remarks)? {
        builder.add_pod(&pod)?;
    }
    let quotas = dump.take_last::<ResourceQuota>(&mut remarks)?;
    remarks.extend(impossible_amounts(&quotas));
    for quota in quotas {
        builder.add_quota(quota)?;
    }
    for range in dump.take_last::<LimitRange>(&mut remarks)? {
        builder.add_limit_range(&range)?;
    }
    let cluster_facts = from_dump::cluster_facts(&objects)?;
    let nodes: Vec<_> = objects.iter().filter(|one| one["kind"] == "Node").cloned().collect();
    for mut one in last_of_each_name(objects, &mut remarks) {
        let is_untold = one["kind"] == "DaemonSet" && daemon_nodes::tell_alone(&one);
        if is_untold && !nodes.is_empty() {
            daemon_nodes::write_wanted(&mut one, &nodes);
        }
        match one["kind"].as_str() {
            Some(kind @ ("ConfigMap" | "Secret")) => {
                let counted = format!("{}s", kind.to_lowercase());
                if let Some(namespace) = one["metadata"]["namespace"].as_str() {
                    *builder.namespace_mut(namespace).counted.entry(counted).or_default() += 1;
                }
            }
            _ => builder.add_object(one)?,
        }
    }
    let mut all = builder.finish(cluster_facts, Vec::new());
    remarks.extend(amounts.into_remarks());
    all.remarks = remarks;
    all.namespaces.retain(|inventory| namespace.is_none_or(|namespace| inventory.namespace == namespace));
    Ok(all)
}

/// Keeps the last of the objects of each name, but for those kinds that are taken otherwise.
fn last_of_each_name(objects: Vec<Value>, remarks: &mut Vec<String>) -> Vec<Value> {
    let mut kept: BTreeMap<(String, String, String), Value> = BTreeMap::new();
    for one in objects {
        let (kind, metadata) = (text(&one["kind"]).to_owned(), &one["metadata"]);
        if matches!(kind.as_str(), "Pod" | "ResourceQuota" | "LimitRange") {
            continue;
        }
        let (namespace, name) = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
        let uid = metadata["uid"].clone();
        let before = kept.insert((kind.clone(), namespace.clone(), name.clone()), one);
        if before.is_some_and(|before| uid.is_null() || before["metadata"]["uid"] != uid) {
            remarks.push(more_than_once(&kind, &namespace, &name));
        }
    }
    kept.into_values().collect()
}
