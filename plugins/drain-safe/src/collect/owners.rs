//! The owners of pods on the nodes to drain, read one by one, or as lists where they are many.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::text,
    model::{
        OwnerReference,
        kind::{Kind, built_in_kind},
    },
};

use crate::facts::{Facts, OwnerKey, Owners, controller_of};

/// From this number of objects of a kind on, a list costs less.
const MANY: usize = 80;

/// Reads the controllers of the pods that go, and theirs.
///
/// # Errors
/// Errors other than a refusal.
pub async fn read(client: &Client, facts: &Facts) -> Result<(Owners, Vec<Skipped>)> {
    let leaving = facts.pods.iter().filter(|pod| facts.is_target(&pod.spec.node_name));
    let controllers =
        leaving.filter_map(|pod| Some((pod.metadata.namespace.clone(), pod.metadata.controller()?.clone())));
    let (mut owners, mut skipped) = (Owners::default(), Vec::new());
    let mut wanted = by_key(controllers, &owners);
    // A pod's ReplicaSet has a Deployment, and that may have a controller of its own.
    for _ in 0..3 {
        let read = read_level(client, std::mem::take(&mut wanted), &mut owners, &mut skipped).await?;
        wanted = by_key(read, &owners);
        if wanted.is_empty() {
            break;
        }
    }
    Ok((owners, skipped))
}

/// Returns the built-in owners among these that are not known yet.
fn by_key(
    references: impl Iterator<Item = (String, OwnerReference)>,
    owners: &Owners,
) -> BTreeMap<OwnerKey, Kind> {
    let wanted = references.filter_map(|(namespace, reference)| {
        let key = OwnerKey::new(&namespace, &reference);
        let kind = built_in_kind(&reference.api_version, &reference.kind)?;
        // A CronJob has no owner and no replicas: its name is all that matters.
        let is_needed = !owners.knows(&key) && kind.namespaced && kind.kind != "CronJob";
        is_needed.then_some((key, kind))
    });
    wanted.collect()
}

/// Reads owners, and returns their controllers.
async fn read_level(
    client: &Client,
    wanted: BTreeMap<OwnerKey, Kind>,
    owners: &mut Owners,
    skipped: &mut Vec<Skipped>,
) -> Result<std::vec::IntoIter<(String, OwnerReference)>> {
    let mut by_kind: BTreeMap<Kind, Vec<OwnerKey>> = BTreeMap::new();
    for (key, kind) in wanted {
        by_kind.entry(kind).or_default().push(key);
    }
    let mut above = Vec::new();
    for (kind, keys) in by_kind {
        let found = match keys.len() {
            0..MANY => one_by_one(client, &kind, keys, skipped).await?,
            _ => from_list(client, &kind, keys, skipped).await?,
        };
        for (key, object) in found {
            let controller = object.as_ref().and_then(controller_of);
            above.extend(controller.map(|controller| (key.namespace.clone(), controller)));
            owners.add(key, object);
        }
    }
    Ok(above.into_iter())
}

async fn one_by_one(
    client: &Client,
    kind: &Kind,
    keys: Vec<OwnerKey>,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<(OwnerKey, Option<Value>)>> {
    let read = client.bounded(keys, |key| async move {
        let path = kind.object_path(&key.namespace, &key.name);
        let read = client.get_json::<Value>(&path).await;
        (key, read)
    });
    let mut found = Vec::new();
    for (key, read) in read.await {
        match read {
            Err(error) if error.is_api(404) => found.push((key, None)),
            read => {
                let namespace = key.namespace.clone();
                let read = unless_forbidden(read, skipped, "get", &kind.resource(), &namespace)?;
                found.extend(read.map(|object| (key, Some(object))));
            }
        }
    }
    // One refusal per kind and namespace is enough.
    skipped.dedup_by(|next, one| {
        (&next.verb, &next.resource, &next.namespace) == (&one.verb, &one.resource, &one.namespace)
    });
    Ok(found)
}

async fn from_list(
    client: &Client,
    kind: &Kind,
    keys: Vec<OwnerKey>,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<(OwnerKey, Option<Value>)>> {
    let listed = dynamic_list::objects(client, kind, "", &ListOptions::default()).await;
    if listed.as_ref().is_err_and(|error| error.is_api(403)) {
        return one_by_one(client, kind, keys, skipped).await;
    }
    let mut objects: BTreeMap<(String, String), Value> = BTreeMap::new();
    for object in listed? {
        let metadata = &object["metadata"];
        let name = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
        objects.insert(name, object);
    }
    let found = keys.into_iter().map(|key| {
        let object = objects.remove(&(key.namespace.clone(), key.name.clone()));
        (key, object)
    });
    Ok(found.collect())
}
