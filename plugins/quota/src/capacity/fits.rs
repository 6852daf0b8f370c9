//! How many more pods of a workload quotas leave room for.

use serde::Serialize;
use serde_json::Value;
use shared::{
    admission::{
        By, Refusal,
        object::Object,
        read_object::{self, template_pod},
        simulator::{Outcome, Simulator},
    },
    workload::{ReplicaSets, Strategy, claim_templates, template},
};

use super::Subject;

/// How many, and what ends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fits {
    /// So many more; `None` where nothing bounds it.
    pub more: Option<usize>,
    /// What bounds it.
    pub by: Vec<Bound>,
    /// The server's words to the first that does not fit.
    pub messages: Vec<String>,
}

/// What bounds a workload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bound {
    /// `ResourceQuota`, `LimitRange` or `Validation`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The resource, where it is a matter of one.
    pub resource: Option<String>,
}

/// A set with claims is filled pod by pod; beyond so many the number means nothing.
const ENOUGH: usize = 10_000;

/// How many more pods it can have: of those that it would make if it were scaled up now.
///
/// # Errors
/// A template that the server can't read, in its words.
pub fn fits(subject: &Subject) -> Result<Fits, String> {
    match &subject.sets {
        Some(sets) if subject.is_paused() => paused_fits(subject, sets),
        _ => more_of_template(subject),
    }
}

/// As many pods as it can have when all is rolled out, `fits` being what can be added now; any number if `None`.
///
/// # Errors
/// As [`fits`].
pub fn most(subject: &Subject, fits: &Fits) -> Result<Option<usize>, String> {
    let Some(sets) = subject.under_way().filter(|_| !subject.is_paused()) else {
        return Ok(fits.more.map(|more| subject.pods() + more));
    };
    let mut simulator = subject.simulator.clone();
    for set in &sets.old {
        let pod = simulator.filled_in(set.pod.clone());
        (0..set.pods).for_each(|_| simulator.release(&pod));
    }
    Ok(pods_alone(template_of(subject)?, simulator).more.map(|more| sets.new_pods() + more))
}

/// Without a rollout, pods come of the templates that there are pods of.
fn paused_fits(subject: &Subject, sets: &ReplicaSets) -> Result<Fits, String> {
    let replicas = subject.manifest.value["spec"]["replicas"].as_u64().unwrap_or(1);
    let replicas = usize::try_from(replicas).unwrap_or(usize::MAX);
    let active = sets.active();
    let strategy = Strategy::for_deployment(&subject.manifest.value, replicas);
    match (active.as_slice(), strategy) {
        ([only], _) => Ok(pods_alone(only.pod.clone(), subject.simulator.clone())),
        ([], _) | (_, Strategy::Recreate) => more_of_template(subject),
        _ => {
            // With as many more replicas as pods fit, none is refused: half way between the one and the other.
            let (mut fit, mut too_many) = (0, ENOUGH);
            let Err(mut refusals) = scaled_up(subject, sets, replicas + too_many) else {
                return Ok(Fits::default());
            };
            while fit + 1 < too_many {
                let middle = fit.midpoint(too_many);
                match scaled_up(subject, sets, replicas + middle) {
                    Ok(()) => fit = middle,
                    Err(because) => (too_many, refusals) = (middle, because),
                }
            }
            Ok(ended(fit, &refusals))
        }
    }
}

/// Scales the ReplicaSets to so many replicas, each by its part.
fn scaled_up(subject: &Subject, sets: &ReplicaSets, replicas: usize) -> Result<(), Vec<Refusal>> {
    let strategy = Strategy::for_deployment(&subject.manifest.value, replicas);
    let mut scaled = sets.clone();
    scaled.scale(replicas, strategy);
    let mut simulator = subject.simulator.clone();
    for set in scaled.old.iter().chain(&scaled.new) {
        add(&mut simulator, &set.pod, set.replicas.saturating_sub(set.pods))?;
    }
    Ok(())
}

/// Adds so many pods that are alike.
fn add(simulator: &mut Simulator, pod: &Object, count: usize) -> Result<(), Vec<Refusal>> {
    let refused = |simulator: &Simulator| match simulator.clone().create(pod.clone()) {
        Outcome::Admitted => None,
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => Some(refusals),
    };
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if count == 0 {
        return Ok(());
    }
    if let Some(refusals) = refused(simulator) {
        return Err(refusals);
    }
    let filled_in = simulator.filled_in(pod.clone());
    let capacity = simulator.remaining_capacity(&filled_in).unwrap_or(count);
    simulator.charge_all(&filled_in, count.min(capacity));
    match refused(simulator) {
        Some(refusals) if capacity < count => Err(refusals),
        _ => Ok(()),
    }
}

/// A pod of its template.
fn template_of(subject: &Subject) -> Result<Object, String> {
    let manifest = &subject.manifest;
    let facts = template_pod(&manifest.kind, template(&manifest.kind.kind, &manifest.value))?;
    Ok(Object::pod(&manifest.namespace, &format!("{}-*", manifest.name), facts))
}

/// Adds pods of the template, with their claims, until one is refused.
///
/// # Errors
/// As [`fits`].
pub fn more_of_template(subject: &Subject) -> Result<Fits, String> {
    let manifest = &subject.manifest;
    let pod = template_of(subject)?;
    let mut simulator = subject.simulator.clone();
    if manifest.value["spec"]["volumeClaimTemplates"].is_null() {
        return Ok(pods_alone(pod, simulator));
    }
    let first = subject.pods();
    for more in 0..ENOUGH {
        let mut objects = claims_of(&manifest.value, &manifest.name, first + more, subject)?;
        objects.push(pod.clone());
        for object in objects {
            match simulator.create(object) {
                Outcome::Admitted => {}
                Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
                    return Ok(ended(more, &refusals));
                }
            }
        }
    }
    Ok(Fits::default())
}

/// All pods are alike: one is tried, the others are divided out, and the next one is asked why not.
fn pods_alone(pod: Object, mut simulator: Simulator) -> Fits {
    let filled_in = simulator.filled_in(pod.clone());
    let more = match simulator.clone().create(pod.clone()) {
        Outcome::Admitted => match simulator.remaining_capacity(&filled_in) {
            Some(more) => more,
            None => return Fits::default(),
        },
        Outcome::Refused(_) | Outcome::OrderDependent(_) => 0,
    };
    simulator.charge_all(&filled_in, more);
    match simulator.create(pod) {
        Outcome::Admitted => Fits::default(),
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
            ended(usize::try_from(more).unwrap_or(usize::MAX), &refusals)
        }
    }
}

/// The claims that the pod of this ordinal lacks.
fn claims_of(set: &Value, name: &str, ordinal: usize, subject: &Subject) -> Result<Vec<Object>, String> {
    let kind = claim_templates::claim_kind();
    let start = usize::try_from(set["spec"]["ordinals"]["start"].as_u64().unwrap_or(0)).unwrap_or(0);
    let missing = claim_templates::claims_of_pod(set, name, start + ordinal)
        .into_iter()
        .filter(|(name, _)| !subject.claims.contains(name));
    missing
        .map(|(name, template)| read_object::new_object(&kind, &subject.manifest.namespace, &name, template))
        .collect()
}

fn ended(more: usize, refusals: &[Refusal]) -> Fits {
    Fits {
        more: Some(more),
        by: bounds(refusals),
        messages: refusals.iter().map(|refusal| refusal.message.clone()).collect(),
    }
}

/// What refusals come from, resource by resource.
pub fn bounds(refusals: &[Refusal]) -> Vec<Bound> {
    let mut by: Vec<Bound> = Vec::new();
    for Refusal { by: By { kind, name }, shortages, .. } in refusals {
        let bound = |resource: Option<String>| Bound { kind, name: name.clone(), resource };
        if shortages.is_empty() {
            by.push(bound(None));
        }
        by.extend(shortages.iter().map(|shortage| bound(Some(shortage.resource.clone()))));
    }
    by.sort();
    by.dedup();
    by
}
