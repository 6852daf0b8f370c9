//! The verdict on each object, in the order of the manifests, each after what came before was charged.

use serde_json::Value;

use super::{
    announce,
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
    quota_facts::QuotaFacts,
    validation,
};

/// Judges all manifests.
pub fn decide(manifests: &[Manifest], side: &mut ClusterSide) -> Vec<Row> {
    let mut ledger = Ledger {
        namespaces: std::mem::take(&mut side.namespaces),
        classes: std::mem::take(&mut side.classes),
    };
    let mut rows = Vec::new();
    announce::announce(manifests, side, &mut ledger);
    for manifest in manifests {
        let merged = side.after_apply(manifest);
        let manifest = merged.as_ref().unwrap_or(manifest);
        let mut row = judge(manifest, side, &mut ledger);
        doubt(&mut row, manifest, side);
        if row.verdict != Verdict::Refused {
            come_into_force(manifest, side, &mut ledger);
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
    let old = side.existing_of(manifest);
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
    let object = match old {
        Some(_) => rounded(existing_object(kind, namespace, name, value, side.now)?),
        None => new_object(kind, namespace, name, value)?,
    };
    let path = template_path(&kind.group, &kind.kind);
    if let Some(path) = path {
        let mut pod = template_pod(kind, template(&kind.kind, value))?;
        pod.resources.round_as_stored();
        if let Some(why) = aggregate(validation::resource_complaints(&pod.resources, path)) {
            return Err(object.invalid(&why));
        }
    }
    let old_object = old.map(|old| existing_object(kind, namespace, name, old, side.now)).transpose()?;
    let resize = old_object.as_ref().is_some_and(|old| is_resize(&object, old));
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

/// The pod as the server would store it.
fn rounded(mut object: Object) -> Object {
    if let Body::Pod(pod) = &mut object.body {
        pod.resources.round_as_stored();
    }
    object
}

const BY_CHANCE: &str = "several LimitRanges give different defaults, and the server takes one at random";

/// Whether an update changes resources of a pod, and thus is a resize.
fn is_resize(object: &Object, old: &Object) -> bool {
    let (Body::Pod(pod), Body::Pod(old)) = (&object.body, &old.body) else { return false };
    pod.containers().any(|container| {
        let before = old.containers().find(|before| before.name == container.name);
        before.is_some_and(|before| before.spec != container.spec)
    })
}

/// What could not be read makes a verdict uncertain, unless it is a refusal that stands anyway.
fn doubt(row: &mut Row, manifest: &Manifest, side: &ClusterSide) {
    let by_ranges = manifest.kind.is("", "Pod")
        || manifest.kind.is("", "PersistentVolumeClaim")
        || template_path(&manifest.kind.group, &manifest.kind.kind).is_some();
    let why = if side.without_quotas.contains(&manifest.namespace) {
        "the quotas of the namespace may not be read"
    } else if let Some(why) = side.uncounted.get(&manifest.namespace) {
        why
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

/// Rules that a manifest brings hold for the objects after it.
fn come_into_force(manifest: &Manifest, side: &mut ClusterSide, ledger: &mut Ledger) {
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
        "ResourceQuota" if manifest.kind.group.is_empty() => {
            ledger.enforce(&manifest.namespace, name);
            let inventory = side.inventories.get(&manifest.namespace);
            let quota = QuotaFacts::of_manifest(value, &manifest.namespace).ok();
            let gaps = inventory.zip(quota).map(|(inventory, quota)| inventory.gaps(&quota));
            if let Some(gaps) = gaps.filter(|gaps| !gaps.is_empty()) {
                let why = format!("how many {} there are is not known to quota {name}", gaps.join(", "));
                side.uncounted.entry(manifest.namespace.clone()).or_insert(why);
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
