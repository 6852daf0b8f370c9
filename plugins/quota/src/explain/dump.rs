//! What an explanation rests on, out of a dump.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use shared::{Result, model::Pod};

use super::{
    collect::WORKLOADS,
    explanation::Owner,
    held::{Held, Owners, Source, top},
    read_held::{counted, of_metadata, pod, value},
    world::{World, controller},
};
use crate::{
    check::{ClusterSide, Kinds, dump, read_object::kind_of},
    skipped::Skipped,
};

/// Reads a dump, all of it.
///
/// # Errors
/// A dump that can't be read.
pub fn world(path: &Path, namespace: &str, now: i64) -> Result<World> {
    let side = dump::cluster_side(path, &mut Kinds::default(), now)?;
    let workloads = WORKLOADS.iter().flat_map(|(group, _, kind)| objects(&side, namespace, group, kind));
    let mut world = World {
        namespace: namespace.to_owned(),
        workloads: workloads.cloned().collect(),
        pods: parsed(&side, namespace, "Pod"),
        events: parsed(&side, namespace, "Event"),
        side,
    };
    for (missing, resource, kind) in
        [(world.pods.is_none(), "pods", "Pod"), (world.events.is_none(), "events", "Event")]
    {
        if missing {
            world.side.skipped.push(Skipped {
                verb: "read".to_owned(),
                resource: resource.to_owned(),
                namespace: namespace.to_owned(),
                reason: format!("the dump holds no {kind}"),
            });
        }
    }
    Ok(world)
}

/// The objects of a kind in this namespace.
fn objects<'a>(
    side: &'a ClusterSide,
    namespace: &'a str,
    group: &'a str,
    kind: &'a str,
) -> impl Iterator<Item = &'a Value> {
    let is_one = move |namespace: &str, of: &(String, String), place: &str| {
        of.0 == group && of.1 == kind && place == namespace
    };
    side.existing
        .iter()
        .filter(move |(key, _)| is_one(namespace, &key.kind, &key.namespace))
        .map(|(_, object)| object)
}

/// The objects of a kind as structs; `None` where the dump holds none of the kind at all.
fn parsed<T: serde::de::DeserializeOwned>(side: &ClusterSide, namespace: &str, kind: &str) -> Option<Vec<T>> {
    // Events are of two groups, depending on how they were asked for.
    let groups: &[&str] = if kind == "Event" { &["", "events.k8s.io"] } else { &[""] };
    let is_there = side.existing.keys().any(|key| key.kind.1 == kind);
    let found = groups.iter().flat_map(|group| objects(side, namespace, group, kind));
    is_there.then(|| found.filter_map(|object| serde_json::from_value(object.clone()).ok()).collect())
}

/// Who holds what.
pub fn held(side: &ClusterSide, namespace: &str, sources: &BTreeSet<Source>) -> Vec<Held> {
    let mut all: Vec<Held> = Vec::new();
    let of = |group: &str, kind: &str, plural: &str| {
        let kind = kind_of(group, kind, plural);
        let found = objects(side, namespace, group, &kind.kind);
        found.filter_map(|object| value(object, &kind, side.now)).collect::<Vec<_>>()
    };
    for source in sources {
        match source {
            Source::Pods => {
                let pods: Vec<Pod> = parsed(side, namespace, "Pod").unwrap_or_default();
                all.extend(pods.iter().filter_map(|one| pod(one, side.now)));
            }
            Source::Claims => all.extend(of("", "PersistentVolumeClaim", "persistentvolumeclaims")),
            Source::Services => all.extend(of("", "Service", "services")),
            Source::Objects(resource) => {
                let (plural, group) = resource.split_once('.').unwrap_or((resource, ""));
                let kind = counted(group, plural);
                if matches!(
                    resource.as_str(),
                    "replicasets.apps" | "jobs.batch" | "resourceclaims.resource.k8s.io"
                ) {
                    all.extend(of(group, &kind.kind, plural));
                    continue;
                }
                let found = objects(side, namespace, group, &kind.kind);
                let metadata =
                    found.filter_map(|object| serde_json::from_value(object["metadata"].clone()).ok());
                all.extend(metadata.map(|metadata| of_metadata(&metadata, &kind)));
            }
        }
    }
    let mut owners = Owners::new();
    for (group, _, kind) in WORKLOADS {
        for object in objects(side, namespace, group, kind) {
            if let (Some((of, name)), Some(own)) = (controller(object), object["metadata"]["name"].as_str()) {
                owners.insert(Owner::new(kind, own), Owner::new(of, name));
            }
        }
    }
    for one in &mut all {
        one.owner = top(one.owner.clone(), &owners);
    }
    all
}
