//! Reads quotas and what they count from a dump.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::ClusterFacts,
    cli::clock,
    client::incomplete::Skipped,
    dump::{AmountRemarks, Dump, impossible_amounts, keep_what_counts, more_than_once, require_quantities},
    manifest::{json::text, kinds::Kinds},
    model::{ObjectMeta, Pod, Resource, ResourceQuota, kind::Kind},
    snapshot::{extended_resources_of_classes, object_counts::resources_by_namespace},
};

use super::{
    Counted, CountedObject, Quotas, Tally,
    device_claims::{DEVICE_CLAIMS, counted_device_claim, extended_resource_owner},
};

/// Reads the quotas of one namespace, or of all, and what they count. A resource of which the dump has nothing in any
/// namespace may have been left out of it, so its number is unknown.
///
/// # Errors
/// A dump that can't be read or holds no quota, and objects that no API server would return.
pub fn read_dump<T: Tally>(path: &Path, namespace: Option<&str>, mut tally: T) -> Result<Counted<T>> {
    let dump = Dump::read_in_place(path)?;
    let is_wanted = |own: &str| namespace.is_none_or(|namespace| namespace == own);
    let mut remarks = Vec::new();
    let mut quotas = dump.require_last::<ResourceQuota>(&mut remarks)?;
    quotas.retain(|quota| is_wanted(&quota.metadata.namespace));
    remarks.extend(impossible_amounts(&quotas));
    let quotas = Quotas::new(quotas)?;
    let mut objects = Vec::new();
    dump.each_object(&mut |mut object| {
        keep_what_counts(&mut object);
        objects.push(object);
    })?;
    let mut kinds = Kinds::default();
    objects.iter().for_each(|object| kinds.learn_definition(object));
    let mut existing: BTreeMap<(Kind, String, String), Value> = BTreeMap::new();
    for one in objects {
        let kind = kinds.find_or_guess(text(&one["apiVersion"]), text(&one["kind"]));
        let metadata = &one["metadata"];
        let (own, name) = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
        let same_uid =
            |other: &Value| other["metadata"]["uid"] == metadata["uid"] && !metadata["uid"].is_null();
        let key = (kind, own, name);
        match existing.get(&key) {
            Some(other) if same_uid(other) && resource_version(other) > resource_version(&one) => {
                continue;
            }
            Some(other) if !same_uid(other) && key.0.kind != ResourceQuota::KIND => {
                remarks.push(more_than_once(&key.0.kind, &key.1, &key.2));
            }
            _ => {}
        }
        existing.insert(key, one);
    }
    let now = dump.taken_at(clock::now());
    let of_kind = |group: &str, name: &str| {
        let found = existing.iter().filter(|((kind, _, _), _)| kind.is(group, name));
        found.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let classes = extended_resources_of_classes(&of_kind("resource.k8s.io", "DeviceClass"));
    let facts = ClusterFacts { device_classes: Some(classes), ..ClusterFacts::default() };
    let claims = of_kind("resource.k8s.io", "ResourceClaim");
    let owners: BTreeSet<_> = claims.iter().filter_map(extended_resource_owner).collect();
    let is_owner = |pod: &Value| {
        let metadata = &pod["metadata"];
        owners
            .iter()
            .any(|(namespace, name, _)| metadata["namespace"] == **namespace && metadata["name"] == **name)
    };
    let pods: Vec<Value> = match owners.is_empty() {
        true => Vec::new(),
        false => of_kind("", "Pod").into_iter().filter(is_owner).collect(),
    };
    let mut present = BTreeSet::new();
    let mut amounts = AmountRemarks::default();
    for ((kind, own, _), value) in &existing {
        present.insert(kind.resource());
        if is_wanted(own) && kind.namespaced {
            amounts.look_at(value);
            let object = match kind.resource() == DEVICE_CLAIMS {
                true => counted_device_claim(kind, value, &claims, &pods, &facts, now)?,
                false => counted(kind, value, now, &facts)?,
            };
            tally.add(&quotas, &object);
        }
    }
    remarks.extend(amounts.into_remarks());
    let wanted: BTreeSet<_> =
        resources_by_namespace(&quotas.facts).into_iter().map(|(_, resource)| resource).collect();
    let absent: Vec<_> = wanted.into_iter().filter(|resource| !present.contains(resource)).collect();
    let skipped = absent.iter().map(|resource| Skipped {
        verb: "read".to_owned(),
        resource: resource.clone(),
        namespace: String::new(),
        reason: "the dump holds none".to_owned(),
    });
    Ok(Counted {
        skipped: skipped.collect(),
        unread: absent.into_iter().map(|resource| (String::new(), resource)).collect(),
        without_device_classes: false,
        quotas,
        tally,
        unserved: BTreeSet::new(),
        namespace: namespace.map(str::to_owned),
        remarks,
    })
}

fn counted(kind: &Kind, value: &Value, now: i64, facts: &ClusterFacts) -> Result<CountedObject> {
    let unreadable = |error: serde_json::Error| {
        let metadata = &value["metadata"];
        let (namespace, name) = (text(&metadata["namespace"]), text(&metadata["name"]));
        Error::new(format!("{} {namespace}/{name} can't be read: {error}", kind.kind))
    };
    if matches!(kind.kind.as_str(), "Pod" | "PersistentVolumeClaim") {
        require_quantities(value)?;
    }
    if kind.is("", "Pod") {
        let pod: Pod = serde_json::from_value(value.clone()).map_err(unreadable)?;
        return CountedObject::from_pod(&pod, now, facts.version);
    }
    if matches!(kind.kind.as_str(), "Service" | "PersistentVolumeClaim" | "ResourceClaim") {
        return CountedObject::from_value(kind, value, now);
    }
    let metadata: ObjectMeta = serde_json::from_value(value["metadata"].clone()).map_err(unreadable)?;
    Ok(CountedObject::from_metadata(kind, &metadata))
}

fn resource_version(object: &Value) -> u64 {
    text(&object["metadata"]["resourceVersion"]).parse().unwrap_or(0)
}
