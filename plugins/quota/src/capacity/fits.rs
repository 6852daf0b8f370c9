//! How many more pods of a workload quotas admit.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{
        Refusal, RefusedBy,
        object::Object,
        read_object::new_object,
        simulator::{Outcome, Simulator},
    },
    manifest::Manifest,
    workload::{ReplicaSets, Strategy, fitting_pods},
};

use super::TargetWorkload;

/// Number of pods that fit, and what stops the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fits {
    /// Number of additional pods; `None` for no limit.
    pub more: Option<usize>,
    /// What limits the number.
    pub by: Vec<Bound>,
    /// The server's messages to the first pod that does not fit.
    pub messages: Vec<String>,
}

/// Rule that limits a workload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Bound {
    /// `ResourceQuota`, `LimitRange`, `Namespace` or `Validation`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// The resource, if the rule limits one.
    pub resource: Option<String>,
}

/// Number of pods from which a workload counts as unlimited where pods have to be simulated one by one.
const UNLIMITED: usize = 10_000;

/// Returns how many more pods the workload gets if it is scaled up now.
///
/// # Errors
/// The server's message to an invalid template.
pub fn fits(target: &TargetWorkload) -> Result<Fits, String> {
    let Manifest { kind, namespace, name, value, .. } = &target.manifest;
    if let Some(end) = target.end() {
        return Err(end);
    }
    if let Some(refusal) = target.refusal_while_terminating() {
        return Ok(refused_after(0, &[refusal]));
    }
    if kind.is("", "Pod") {
        // How many pods like this one, each created by itself.
        let pod = new_object(kind, namespace, name, value)?;
        return Ok(fits_of_pod(pod, target.simulator.clone()));
    }
    match &target.replica_sets {
        Some(sets) if target.is_paused() => paused_fits(target, sets),
        _ => fits_of_template(target),
    }
}

/// Returns the maximum number of pods once all are rolled out; `None` for no limit. `fits` is what fits now.
///
/// # Errors
/// As [`fits`].
pub fn max_pods(target: &TargetWorkload, fits: &Fits) -> Result<Option<usize>, String> {
    let is_plain = target.is_paused() || target.refusal_while_terminating().is_some();
    let Some(sets) = target.rollout_in_progress().filter(|_| !is_plain) else {
        return Ok(fits.more.map(|more| target.pods() + more));
    };
    let mut simulator = target.simulator.clone();
    for set in &sets.old {
        let pod = simulator.filled_in(set.pod.clone());
        simulator.release_all(&pod, u64::try_from(set.pods).unwrap_or(u64::MAX));
    }
    let more = fits_beside(target, sets.new_pods(), &mut simulator)?.more;
    Ok(more.map(|more| sets.new_pods() + more))
}

/// Returns how many more pods a paused Deployment gets: it creates pods only of templates that it has pods of.
fn paused_fits(target: &TargetWorkload, sets: &ReplicaSets) -> Result<Fits, String> {
    let replicas = target.manifest.value["spec"]["replicas"].as_u64().unwrap_or(1);
    let replicas = usize::try_from(replicas).unwrap_or(usize::MAX);
    let active = sets.active();
    let strategy = Strategy::for_deployment(&target.manifest.value, replicas);
    match (active.as_slice(), strategy) {
        ([only], _) => Ok(fits_of_pod(only.pod.clone(), target.simulator.clone())),
        ([], _) | (_, Strategy::Recreate) => fits_of_template(target),
        _ => {
            // The largest number of replicas at which no pod is refused, by bisection.
            let (mut fit, mut too_many) = (0, UNLIMITED);
            let Err(mut refusals) = scale_replica_sets(target, sets, replicas + too_many) else {
                return Ok(Fits::default());
            };
            while fit + 1 < too_many {
                let middle = fit.midpoint(too_many);
                match scale_replica_sets(target, sets, replicas + middle) {
                    Ok(()) => fit = middle,
                    Err(because) => (too_many, refusals) = (middle, because),
                }
            }
            Ok(refused_after(fit, &refusals))
        }
    }
}

/// Scales the ReplicaSets proportionally to a number of replicas and creates their pods.
fn scale_replica_sets(
    target: &TargetWorkload,
    sets: &ReplicaSets,
    replicas: usize,
) -> Result<(), Vec<Refusal>> {
    let strategy = Strategy::for_deployment(&target.manifest.value, replicas);
    let mut scaled = sets.clone();
    scaled.scale(replicas, strategy);
    let mut simulator = target.simulator.clone();
    for set in scaled.old.iter().chain(&scaled.new) {
        create_pods(&mut simulator, &set.pod, set.replicas.saturating_sub(set.pods))?;
    }
    Ok(())
}

/// Creates `count` identical pods.
fn create_pods(simulator: &mut Simulator, pod: &Object, count: usize) -> Result<(), Vec<Refusal>> {
    if simulator.create_sets(std::slice::from_ref(pod), count) == count {
        return Ok(());
    }
    match simulator.create(pod.clone()) {
        Outcome::Admitted => Ok(()),
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => Err(refusals),
    }
}

/// Creates pods of the template, with everything that they need, until one is refused.
///
/// # Errors
/// As [`fits`].
pub fn fits_of_template(target: &TargetWorkload) -> Result<Fits, String> {
    fits_beside(target, target.pods(), &mut target.simulator.clone())
}

/// Returns how many more pods the workload gets beside `pods` of its own.
fn fits_beside(target: &TargetWorkload, pods: usize, simulator: &mut Simulator) -> Result<Fits, String> {
    let before = target.objects_before_pods();
    let (more, creation) =
        fitting_pods(&target.manifest, pods, &before, target.snapshot.objects(), simulator)?;
    Ok(more.map_or_else(Fits::default, |more| refused_after(more, &creation.refusals)))
}

/// Returns how many pods like this one fit: the number is computed from the remaining quota, and the next pod is
/// simulated for its refusal.
fn fits_of_pod(pod: Object, mut simulator: Simulator) -> Fits {
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
            refused_after(usize::try_from(more).unwrap_or(usize::MAX), &refusals)
        }
    }
}

fn refused_after(more: usize, refusals: &[Refusal]) -> Fits {
    Fits {
        more: Some(more),
        by: bounds(refusals),
        messages: refusals.iter().map(|refusal| refusal.message.clone()).collect(),
    }
}

/// Returns the rules that refuse, resource by resource.
pub fn bounds(refusals: &[Refusal]) -> Vec<Bound> {
    let mut by: Vec<Bound> = Vec::new();
    for Refusal { refused_by: RefusedBy { kind, name }, shortages, .. } in refusals {
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
