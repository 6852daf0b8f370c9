//! Evaluates one object and what its controller creates.

use std::sync::Arc;

use serde_json::Value;
use shared::{
    admission::{
        Request,
        object::{Object, ObjectKind},
        read_object::{existing_object, new_object, template_pod},
        server_verdict::PodVerdict,
        simulator::{Outcome, Simulator},
        validation::{self, aggregate_in_words_of, rule_objects},
    },
    manifest::Manifest,
    snapshot::ClusterSnapshot,
    workload::{adoption::with_adopted, create_pods, is_being_deleted, pod_claims::pod_claims, template},
};

use super::row::{Row, Verdict};
use crate::capacity::resume::command_to_resume;

/// Evaluates the object and what its controller creates, and charges what is admitted. A resize changes the resources of
/// the pod `old`.
///
/// # Errors
/// The server's message to an invalid object.
pub(super) fn evaluate(
    manifest: &Manifest,
    resize: bool,
    old: Option<&Value>,
    snapshot: &ClusterSnapshot,
    simulator: &mut Simulator,
    server_verdict: PodVerdict,
    row: &mut Row,
) -> Result<(), String> {
    let Manifest { kind, namespace, name, value, .. } = manifest;
    let version = snapshot.version();
    let object = match old {
        Some(_) => rounded(existing_object(kind, namespace, name, value, snapshot.now)?).of_version(version),
        None => new_object(kind, namespace, name, value)?,
    };
    if let Some(errors) = aggregate_in_words_of(version, rule_objects::complaints(manifest, old)?) {
        return Err(object.invalid(&errors));
    }
    let path = kind.pod_spec_path();
    let resources = match path {
        Some(_) => {
            let mut pod = template_pod(kind, template(&kind.kind, value))?;
            pod.resources.round_as_stored();
            Some(pod.resources)
        }
        None => None,
    };
    // Admission changes new pods and claims, and pods that are resized, before they are validated.
    let is_changed = resize || old.is_none() && (kind.is("", "Pod") || kind.is("", "PersistentVolumeClaim"));
    let mut complaints = match is_changed {
        true => Vec::new(),
        false => validation::field_complaints(kind, value, resources.as_ref(), version, old),
    };
    if let Some(old) = old.filter(|_| !resize) {
        let pod = if kind.is("", "Pod") { old } else { template(&kind.kind, old) };
        validation::allow_what_was_there(&mut complaints, &pod["spec"]);
        complaints.extend(validation::update_complaints(manifest, old, version));
    }
    if let Some(errors) = aggregate_in_words_of(version, complaints) {
        return Err(object.invalid(&errors));
    }
    let old_object = old.map(|old| existing_object(kind, namespace, name, old, snapshot.now)).transpose()?;
    let mut old_object = old_object.map(|old| old.of_version(version));
    let mut object = object;
    if let Some(old) = old.filter(|_| resize) {
        keep_source(&mut object, value);
        old_object.iter_mut().for_each(|object| keep_source(object, old));
    }
    match simulator.admit(&Request { object, old: old_object.as_ref(), resize }) {
        Outcome::Admitted => {}
        Outcome::Refused(refusals) => {
            row.verdict = Verdict::Refused;
            row.shortages = refusals.iter().flat_map(|refusal| refusal.shortages.clone()).collect();
            row.refusals = refusals;
            return Ok(());
        }
        Outcome::OrderDependent(refusals) => {
            row.verdict = Verdict::Unknown;
            row.refusals = refusals;
            row.doubt = Some(ORDER_DEPENDENT.to_owned());
            return Ok(());
        }
    }
    if kind.is("", "Pod") && old.is_none() {
        bring_along(manifest, snapshot, simulator, row)?;
    }
    if path.is_some() {
        // Until its schedule comes, a CronJob creates nothing: the next Job is tried, and not charged.
        let mut later = kind.is("batch", "CronJob").then(|| simulator.clone());
        let simulator = later.as_mut().unwrap_or(simulator);
        let adopted = if old.is_none() { with_adopted(manifest, snapshot.objects()) } else { None };
        let old = old.or(adopted.as_ref());
        let creation = create_pods(manifest, old, snapshot.objects(), simulator, server_verdict)?;
        if creation.waits {
            row.warnings.push(format!(
                "the Deployment is paused: pods of its template are created, and can be checked, only after `{}`",
                command_to_resume(namespace, name)
            ));
        }
        if old.is_some_and(is_being_deleted) {
            row.warnings.push(format!(
                "the {} is being deleted: its controller creates nothing more, and it is gone once its finalizers are",
                kind.kind
            ));
        }
        row.pods = Some(creation.pods);
        row.pod_counts = Some(creation.pod_counts);
        row.shortages = match creation.shortages.is_empty() || creation.pod_counts.old > 0 {
            // A refused claim or ReplicaSet: no pod is short of anything. In a rollout the old pods make room.
            true => creation.refusals.iter().flat_map(|refusal| refusal.shortages.clone()).collect(),
            false => creation.shortages,
        };
        row.verdict = match (creation.refusals.is_empty(), creation.order_dependent) {
            (true, _) if creation.doubt.is_none() => Verdict::Admitted,
            (false, false) => Verdict::Refused,
            _ => Verdict::Unknown,
        };
        row.doubt = creation.doubt.or(creation.order_dependent.then(|| ORDER_DEPENDENT.to_owned()));
        row.refusals = creation.refusals;
    }
    Ok(())
}

/// Creates the claims that a new pod brings along, and charges those that are admitted.
fn bring_along(
    pod: &Manifest,
    snapshot: &ClusterSnapshot,
    simulator: &mut Simulator,
    row: &mut Row,
) -> Result<(), String> {
    let spec = &pod.value["spec"];
    let claims = pod_claims(&pod.namespace, &pod.name, spec, snapshot.objects(), simulator)?;
    row.add_doubt(claims.doubt);
    for claim in claims.objects {
        match simulator.create(claim.clone()) {
            Outcome::Admitted => {}
            Outcome::Refused(refusals) => {
                row.verdict = Verdict::Refused;
                row.shortages.extend(simulator.shortages(&claim, 1));
                row.refusals.extend(refusals);
            }
            Outcome::OrderDependent(_) => row.add_doubt(Some(ORDER_DEPENDENT.to_owned())),
        }
    }
    Ok(())
}

/// Rounds a pod's resources as the server stores them.
fn rounded(mut object: Object) -> Object {
    if let ObjectKind::Pod(pod) = &mut object.body {
        pod.resources.round_as_stored();
    }
    object
}

/// Why a verdict depends on the order in which LimitRanges apply.
pub(super) const ORDER_DEPENDENT: &str =
    "several LimitRanges set different defaults, and the server applies one at random";

/// Keeps what a pod was read from, which decides how it may be resized.
fn keep_source(object: &mut Object, value: &Value) {
    if let ObjectKind::Pod(pod) = &mut object.body {
        pod.source = Some(Arc::new(value.clone()));
    }
}
