//! Reads a snapshot from a dump: all of it.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use serde_json::Value;

use super::{ClusterSnapshot, NamespaceState, class_objects};
use crate::{
    Result,
    admission::{ClusterFacts, version::Version},
    dump::{AmountRemarks, Dump, DumpObject, impossible_amounts, keep_what_rules_read, more_than_once},
    manifest::{Key, json::text, kinds::Kinds},
    model::{LimitRange, Namespace, Pod, Resource, ResourceQuota},
};

impl ClusterSnapshot {
    /// Reads everything in a dump that decides about admission. `kinds` learns the custom resources it defines.
    ///
    /// # Errors
    /// A dump that can't be read, or that holds what no API server would have returned.
    pub fn from_dump(path: &Path, kinds: &mut Kinds, now: i64) -> Result<Self> {
        Self::from_dump_for(path, &[], kinds, now)
    }

    /// As [`ClusterSnapshot::from_dump`], for manifests that may change objects of it: pods of their names stay whole, of
    /// others that controllers made is kept what rules read.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::from_dump`].
    pub fn from_dump_for(path: &Path, manifests: &[DumpObject], kinds: &mut Kinds, now: i64) -> Result<Self> {
        Self::of_dump(&Dump::read_in_place(path)?, manifests, kinds, now)
    }

    /// As [`ClusterSnapshot::from_dump_for`], of a dump from which more is taken: a pipe can be read only once.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::from_dump`].
    pub fn of_dump(dump: &Dump, manifests: &[DumpObject], kinds: &mut Kinds, now: i64) -> Result<Self> {
        let is_changed = |object: &Value| {
            let name = |object: &Value| text(&object["metadata"]["name"]).to_owned();
            manifests.iter().any(|one| one.object["kind"] == "Pod" && name(&one.object) == name(object))
        };
        dump.require_any()?;
        let mut remarks = Vec::new();
        let mut snapshot =
            Self { now: dump.taken_at(now), kinds_of_dump: dump.dump_kinds(), ..Self::default() };
        let quotas = dump.take_last::<ResourceQuota>(&mut remarks)?;
        remarks.extend(impossible_amounts(&quotas));
        for quota in quotas {
            snapshot.add_quota(quota)?;
        }
        for range in dump.take_last::<LimitRange>(&mut remarks)? {
            snapshot.add_limit_range(&range)?;
        }
        let namespaces = dump.take::<Namespace>()?;
        snapshot.has_all_namespaces = !namespaces.is_empty();
        for namespace in namespaces {
            snapshot.add_namespace(&namespace.metadata.name, NamespaceState::of(&namespace));
        }
        let mut amounts = AmountRemarks::default();
        let (mut objects, mut unreadable) = (Vec::new(), BTreeMap::new());
        dump.each_object(&mut |mut object| {
            if amounts.look_at(&object)
                && is_core_pod(&object)
                && let Err(error) = Pod::deserialize(&object)
            {
                unreadable.insert(objects.len(), error.to_string());
            }
            if !is_changed(&object) {
                keep_what_rules_read(&mut object);
            }
            objects.push(object);
        })?;
        objects.iter().for_each(|object| kinds.learn_definition(object));
        snapshot.cluster_facts = cluster_facts(&objects)?;
        let nodes = || objects.iter().filter(|object| object["kind"] == "Node");
        snapshot.nodes = nodes().next().map(|_| nodes().cloned().collect());
        for (index, object) in objects.into_iter().enumerate() {
            let kind = kinds.find_or_guess(text(&object["apiVersion"]), text(&object["kind"]));
            let metadata = &object["metadata"];
            let namespace = if kind.namespaced { text(&metadata["namespace"]) } else { "" }.to_owned();
            if let Some(error) = unreadable.get(&index) {
                remarks.push(format!("pod {namespace}/{} can't be read: {error}", text(&metadata["name"])));
            }
            let (name, uid) = (text(&metadata["name"]).to_owned(), metadata["uid"].clone());
            let before = snapshot.existing.insert(Key::new(&kind, &namespace, &name), object);
            let is_another = |before: &Value| uid.is_null() || before["metadata"]["uid"] != uid;
            // Of these the remark is there already.
            let is_rule = kind.is("", ResourceQuota::KIND) || kind.is("", LimitRange::KIND);
            if before.as_ref().is_some_and(is_another) && !is_rule {
                remarks.push(more_than_once(&kind.kind, &namespace, &name));
            }
        }
        remarks.extend(amounts.into_remarks());
        snapshot.remarks = remarks;
        Ok(snapshot)
    }
}

/// Returns whether an object is a pod, and not one of a custom resource of that name.
fn is_core_pod(object: &Value) -> bool {
    object["kind"] == "Pod" && !text(&object["apiVersion"]).contains('/')
}

/// Returns the classes among the objects of a dump. Where it has none of a kind, names of that kind are taken to exist.
///
/// # Errors
/// An overhead that is not a quantity.
pub fn cluster_facts(objects: &[Value]) -> Result<ClusterFacts> {
    let of_kind = |kind: &'static str| {
        let of_kind = move || objects.iter().filter(move |object| object["kind"] == kind);
        of_kind().next().map(|_| of_kind())
    };
    Ok(ClusterFacts {
        version: Version::default(),
        priority_classes: of_kind("PriorityClass").map(class_objects::priority),
        storage_classes: of_kind("StorageClass").map(class_objects::storage),
        runtime_classes: of_kind("RuntimeClass").map(class_objects::runtime).transpose()?,
        device_classes: of_kind("DeviceClass").map(class_objects::device),
    })
}
