//! The verdict on each object, in the order of the manifests, each after what came before was charged.

use serde_json::Value;

use super::{
    cluster_side::{ClusterSide, classes},
    ledger::{Ledger, Outcome},
    manifest::Manifest,
    read_object::{existing_object, new_object, template_pod},
    row::{Row, Verdict},
    workload::{looks_like_a_workload, make, template, template_path},
};
use crate::{
    admission::{Refusal, Request},
    aggregate::aggregate,
    facts::{Body, Object},
    limit_range::LimitRangeFacts,
    validation,
};

/// Judges all manifests.
pub fn decide(manifests: &[Manifest], side: &mut ClusterSide) -> Vec<Row> {
    let mut ledger = Ledger {
        namespaces: std::mem::take(&mut side.namespaces),
        classes: std::mem::take(&mut side.classes),
    };
    let mut rows = Vec::new();
    for manifest in manifests {
        let mut row = judge(manifest, side, &mut ledger);
        doubt(&mut row, manifest, side);
        if row.verdict != Verdict::Refused {
            come_into_force(manifest, &mut ledger);
        }
        if let Some(key) = manifest.key() {
            // What a later manifest of the same name meets. A refused workload is there, its pods are not.
            let is_there = row.verdict != Verdict::Refused || row.pods.is_some_and(|pods| pods.wanted > 0);
            if is_there {
                side.existing.insert(key, manifest.value.clone());
            }
        }
        rows.push(row);
    }
    rows
}

fn judge(manifest: &Manifest, side: &ClusterSide, ledger: &mut Ledger) -> Row {
    let mut row = Row {
        file: manifest.file.clone(),
        document: manifest.document,
        kind: manifest.kind.kind.clone(),
        namespace: manifest.namespace.clone(),
        name: manifest.name.clone(),
        verdict: Verdict::Admitted,
        refusals: Vec::new(),
        pods: None,
        shortages: Vec::new(),
        doubt: None,
    };
    let old = manifest.key().and_then(|key| side.existing.get(&key));
    if let Err(message) = send(manifest, old, side, ledger, &mut row) {
        row.verdict = Verdict::Refused;
        row.refusals = vec![Refusal::validation(message)];
    }
    row
}

/// Sends the object itself, and then what it makes.
fn send(
    manifest: &Manifest,
    old: Option<&Value>,
    side: &ClusterSide,
    ledger: &mut Ledger,
    row: &mut Row,
) -> Result<(), String> {
    let Manifest { kind, namespace, name, value, .. } = manifest;
    let object = new_object(kind, namespace, name, value)?;
    let path = template_path(&kind.group, &kind.kind);
    if let Some(path) = path {
        let mut pod = template_pod(kind, template(&kind.kind, value))?;
        pod.resources.round_as_stored();
        if let Some(why) = aggregate(validation::resource_complaints(&pod.resources, path)) {
            return Err(object.invalid(&why));
        }
    }
    let old_object = old.map(|old| existing_object(kind, namespace, name, old, side.now)).transpose()?;
    let (object, resize) = match &old_object {
        Some(old_object) => as_update(object, old_object),
        None => (object, false),
    };
    match ledger.send(&Request { object, old: old_object.as_ref(), resize }) {
        Outcome::Admitted => {}
        Outcome::Refused(refusals) => {
            row.verdict = Verdict::Refused;
            row.shortages = refusals.iter().flat_map(|refusal| refusal.shortages.clone()).collect();
            row.refusals = refusals;
            return Ok(());
        }
        Outcome::Either(refusals) => {
            row.verdict = Verdict::Unknown;
            row.refusals = refusals;
            row.doubt = Some(BY_CHANCE.to_owned());
            return Ok(());
        }
    }
    if path.is_some() {
        let made = make(manifest, old, side, ledger)?;
        row.pods = Some(made.pods);
        row.shortages = made.shortages;
        row.verdict = match (made.refusals.is_empty(), made.by_chance) {
            (true, _) if made.doubt.is_none() => Verdict::Admitted,
            (false, false) => Verdict::Refused,
            _ => Verdict::Unknown,
        };
        row.doubt = made.doubt.or(made.by_chance.then(|| BY_CHANCE.to_owned()));
        row.refusals = made.refusals;
    }
    Ok(())
}

const BY_CHANCE: &str = "several LimitRanges give different defaults, and the server takes one at random";

/// The object as it would be after `kubectl apply`: what a manifest leaves out stays. Changed resources of a pod are a
/// resize.
fn as_update(mut object: Object, old: &Object) -> (Object, bool) {
    match (&mut object.body, &old.body) {
        (Body::Pod(pod), Body::Pod(old)) => {
            pod.resources.round_as_stored();
            if pod.priority_class.is_empty() {
                pod.priority_class = old.priority_class.clone();
            }
            pod.qos_class = old.qos_class.clone();
            pod.released = old.released;
            pod.resources.resize_infeasible = old.resources.resize_infeasible;
            if pod.resources.overhead.is_empty() {
                pod.resources.overhead = old.resources.overhead.clone();
            }
            let mut resize = false;
            for container in pod.containers_mut() {
                let Some(before) = old.containers().find(|before| before.name == container.name) else {
                    continue;
                };
                container.observed = before.observed.clone();
                for (list, before) in [
                    (&mut container.spec.requests, &before.spec.requests),
                    (&mut container.spec.limits, &before.spec.limits),
                ] {
                    resize |= list.iter().any(|(name, amount)| before.get(name) != Some(amount));
                    for (name, amount) in before {
                        list.entry(name.clone()).or_insert_with(|| amount.clone());
                    }
                }
            }
            (object, resize)
        }
        (Body::Claim(claim), Body::Claim(old)) => {
            claim.class = claim.class.take().or(old.class.clone());
            claim.allocated = old.allocated.clone();
            claim.bound = old.bound;
            claim.capacity = old.capacity.clone();
            claim.attribute_classes.extend(old.attribute_classes.iter().cloned());
            (object, false)
        }
        _ => (object, false),
    }
}

/// What could not be read makes a verdict uncertain, unless it is a refusal that stands anyway.
fn doubt(row: &mut Row, manifest: &Manifest, side: &ClusterSide) {
    let by_ranges = manifest.kind.is("", "Pod")
        || manifest.kind.is("", "PersistentVolumeClaim")
        || template_path(&manifest.kind.group, &manifest.kind.kind).is_some();
    let why = if side.without_quotas.contains(&manifest.namespace) {
        "the quotas of the namespace may not be read"
    } else if by_ranges && side.without_limit_ranges.contains(&manifest.namespace) {
        "the LimitRanges of the namespace may not be read"
    } else if manifest.kind.group.contains('.')
        && row.pods.is_none()
        && crate::facts::built_in_kind(
            manifest.value["apiVersion"].as_str().unwrap_or_default(),
            &manifest.kind.kind,
        )
        .is_none()
        && looks_like_a_workload(&manifest.value["spec"])
    {
        "a custom resource that makes pods: which, only its controller knows"
    } else {
        return;
    };
    if row.verdict == Verdict::Admitted {
        row.verdict = Verdict::Unknown;
    }
    row.doubt = row.doubt.take().or(Some(why.to_owned()));
}

/// Rules that a manifest brings hold for the objects after it. A quota among them does not: it enforces nothing until
/// the controller has counted.
fn come_into_force(manifest: &Manifest, ledger: &mut Ledger) {
    let (value, name) = (&manifest.value, &manifest.name);
    match manifest.kind.kind.as_str() {
        "LimitRange" if manifest.kind.group.is_empty() => {
            let mut with_namespace = value.clone();
            with_namespace["metadata"]["namespace"] = Value::from(manifest.namespace.clone());
            let range = serde_json::from_value(with_namespace)
                .ok()
                .and_then(|range| LimitRangeFacts::of(&range).ok());
            if let Some(range) = range {
                let ranges =
                    &mut ledger.namespaces.entry(manifest.namespace.clone()).or_default().limit_ranges;
                ranges.retain(|present| present.name != *name);
                ranges.push(range);
            }
        }
        "PriorityClass" => {
            if let Some(known) = &mut ledger.classes.priority {
                known.extend(classes::priority([value]));
            }
        }
        "StorageClass" => {
            if let Some(known) = &mut ledger.classes.storage {
                known.extend(classes::storage([value]));
            }
        }
        "RuntimeClass" => {
            if let (Some(known), Ok(new)) = (&mut ledger.classes.runtime, classes::runtime([value])) {
                known.extend(new);
            }
        }
        _ => {}
    }
}
