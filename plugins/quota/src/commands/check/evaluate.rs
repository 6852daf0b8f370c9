//! One object on its way: itself, and then what it makes.

use serde_json::Value;
use shared::{
    admission::{
        Request,
        object::{Body, Object},
        read_object::{existing_object, new_object, template_pod},
        server_verdict::PodOpinion,
        simulator::{Ledger, Outcome},
        validation::{self, aggregate::aggregate, rule_objects as rule},
    },
    manifest::Manifest,
    snapshot::ClusterSide,
    workload::{command_to_resume, make, template, template_path},
};

use super::row::{Row, Verdict};

/// Sends the object itself, and then what it makes.
pub(super) fn send(
    manifest: &Manifest,
    old: Option<&Value>,
    side: &ClusterSide,
    ledger: &mut Ledger,
    opinion: PodOpinion,
    row: &mut Row,
) -> Result<(), String> {
    let Manifest { kind, namespace, name, value, .. } = manifest;
    let object = match old {
        Some(_) => rounded(existing_object(kind, namespace, name, value, side.now)?),
        None => new_object(kind, namespace, name, value)?,
    };
    if let Some(why) = aggregate(rule::complaints(manifest, old)?) {
        return Err(object.invalid(&why));
    }
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
    if resize && !side.minor.resizes() {
        return Err(object.invalid(NO_RESIZE));
    }
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
        let made = make(manifest, old, side, ledger, opinion)?;
        if made.waits {
            row.warnings.push(format!(
                "it is paused: pods of its template come, and are judged, only after `{}`",
                command_to_resume(namespace, name)
            ));
        }
        row.pods = Some(made.pods);
        row.there = Some(made.there);
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

/// What servers before in-place resizing say to it, but for the difference that they print after it
/// (`ValidatePodUpdate`).
const NO_RESIZE: &str = "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/// Why a verdict hangs on chance.
pub(super) const BY_CHANCE: &str =
    "several LimitRanges give different defaults, and the server takes one at random";

/// Whether an update changes resources of a pod, and thus is a resize.
fn is_resize(object: &Object, old: &Object) -> bool {
    let (Body::Pod(pod), Body::Pod(old)) = (&object.body, &old.body) else { return false };
    pod.containers().any(|container| {
        let before = old.containers().find(|before| before.name == container.name);
        before.is_some_and(|before| before.spec != container.spec)
    })
}
