//! The pods of a StatefulSet, each with a name and claims of its own, created in order.

use std::{collections::BTreeSet, ops::Range};

use serde_json::Value;

use super::{
    ClusterObjects, PodCounts, Pods, RolloutState, Strategy, claim_templates,
    controller::ControllerSimulation,
    ordinals::{existing_ordinals, gaps, missing_ordinals},
    parallel_batches::end_of_batch,
    rollout_state::OldPods,
};
use crate::{
    admission::{
        object::{Object, ObjectKind, PodFacts},
        read_object::{existing_object, new_object},
    },
    manifest::{
        Manifest,
        json::{number, text},
    },
    model::kind::kind_of,
};

/// Creates the missing pods as [`create_ordinals`] does. Returns the ordinals that had no pod.
pub(super) fn create_missing(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
) -> Vec<Range<usize>> {
    let pods = controller.creation.pod_counts.pods();
    let missing = missing_ordinals(&manifest.value, pods, &known_pods(manifest, objects));
    create_ordinals(controller, manifest, objects, &missing);
    missing
}

/// Returns the ordinals from the first one to `end` that have no pod: those that the StatefulSet gets when it is scaled up.
pub(super) fn next_ordinals(
    manifest: &Manifest,
    objects: ClusterObjects,
    pods: usize,
    end: usize,
) -> Vec<Range<usize>> {
    let set = &manifest.value;
    let mut ordinals = missing_ordinals(set, pods, &known_pods(manifest, objects));
    let last = claim_templates::ordinals(set);
    // Without replicas that are missing, pods can outnumber them while it is scaled down.
    ordinals.push(last.end.max(last.start + pods)..end);
    ordinals
}

/// Returns why pods of a new revision are likely to be refused: the name of the revision, which ends in a hash of up to ten
/// digits, becomes a label of theirs (<https://github.com/kubernetes/kubernetes/issues/64023>).
pub(super) fn doubt_about_revision(manifest: &Manifest) -> Option<String> {
    (manifest.name.len() > LONGEST_NAME).then(|| {
        format!(
            "the name has {} characters, and with its revision's hash it becomes a label of its pods, which are refused beyond {LONGEST_LABEL}: only names of up to {LONGEST_NAME} are sure to fit",
            manifest.name.len()
        )
    })
}

/// The longest value of a label.
const LONGEST_LABEL: usize = 63;

/// The longest name that leaves room for a dash and any hash of 32 bits.
const LONGEST_NAME: usize = LONGEST_LABEL - "-4294967295".len();

fn known_pods(manifest: &Manifest, objects: ClusterObjects) -> BTreeSet<usize> {
    let start = format!("{}-", manifest.name);
    existing_ordinals(objects, &kind_of("", "Pod", "pods"), &manifest.namespace, &start)
}

/// The claims of a StatefulSet's pods, template by template.
struct Claims<'a> {
    manifest: &'a Manifest,
    /// A claim of each template, with the ordinals that have theirs already.
    templates: Vec<(Object, BTreeSet<usize>)>,
}

impl<'a> Claims<'a> {
    /// # Errors
    /// A claim that the server cannot decode, in its words.
    fn new(manifest: &'a Manifest, objects: ClusterObjects) -> Result<Self, String> {
        let kind = claim_templates::claim_kind();
        let claim = |template: &Value| {
            let start = format!("{}-{}-", text(&template["metadata"]["name"]), manifest.name);
            let existing = existing_ordinals(objects, &kind, &manifest.namespace, &start);
            Ok((new_object(&kind, &manifest.namespace, &start, template)?, existing))
        };
        let templates = manifest.value["spec"]["volumeClaimTemplates"].as_array();
        let templates = templates.into_iter().flatten().map(claim).collect::<Result<_, String>>()?;
        Ok(Self { manifest, templates })
    }

    /// Returns the claims that the pod of an ordinal lacks.
    fn of(&self, ordinal: usize) -> Vec<Object> {
        let missing = self.templates.iter().filter(|(_, existing)| !existing.contains(&ordinal));
        missing
            .map(|(claim, _)| Object { name: format!("{}{ordinal}", claim.name), ..claim.clone() })
            .collect()
    }

    /// Splits ordinals into runs that lack the same claims.
    fn runs(&self, ordinals: &Range<usize>) -> Vec<Range<usize>> {
        let special: BTreeSet<usize> = self
            .templates
            .iter()
            .flat_map(|(_, existing)| existing.range(ordinals.clone()).copied())
            .collect();
        let single = special.iter().map(|ordinal| *ordinal..ordinal + 1);
        let mut runs: Vec<_> = gaps(ordinals.clone(), &special).into_iter().chain(single).collect();
        runs.sort_by_key(|run| run.start);
        runs
    }
}

/// Creates the pods of these ordinals one by one, each after its claims. A refused pod holds up the later ones; where
/// `podManagementPolicy` is `Parallel`, those of later batches.
pub(super) fn create_ordinals(
    controller: &mut ControllerSimulation,
    manifest: &Manifest,
    objects: ClusterObjects,
    ordinals: &[Range<usize>],
) {
    controller.creation.pods.wanted = ordinals.iter().map(ExactSizeIterator::len).sum();
    let claims = match Claims::new(manifest, objects) {
        Ok(claims) => claims,
        Err(message) => {
            controller.refuse(vec![crate::admission::Refusal::validation(message)]);
            return;
        }
    };
    let runs: Vec<_> = ordinals.iter().flat_map(|ordinals| claims.runs(ordinals)).collect();
    let parallel = manifest.value["spec"]["podManagementPolicy"] == "Parallel";
    // The first ordinal that is not tried.
    let mut end = usize::MAX;
    for run in runs {
        let complete = match run.start < end {
            true => create_run(controller, &claims, &run, parallel, &mut end),
            false => 0,
        };
        controller.creation.pods.admitted += complete;
        let lacking = run.len() - complete;
        controller.lack(lacking, lacking);
        let of_run = claims.of(run.start).into_iter().map(|claim| (claim, lacking));
        controller.lacking.extend(of_run);
    }
}

/// Creates the pods of ordinals that lack the same claims, up to `end`, and returns how many get everything. A refusal
/// brings `end` forward.
fn create_run(
    controller: &mut ControllerSimulation,
    claims: &Claims,
    run: &Range<usize>,
    parallel: bool,
    end: &mut usize,
) -> usize {
    let run = run.start..run.end.min(*end);
    let of_claims = claims.of(run.start);
    let mut unit = of_claims.clone();
    unit.push(controller.pod.clone());
    unit.extend(controller.claims.clone());
    let complete = match controller.dry_run_refusal {
        None => controller.simulator.create_sets(&unit, run.len()),
        Some(_) => 0,
    };
    let ordinal = run.start + complete;
    if ordinal == run.end {
        return complete;
    }
    let mut has_claims = true;
    for claim in claims.of(ordinal) {
        has_claims &= controller.create(claim);
    }
    let name = format!("{}-{ordinal}", claims.manifest.name);
    let pod = Object { name, ..controller.pod.clone() };
    let is_created = has_claims && controller.create_pod(pod);
    if is_created {
        controller.bring_along(1);
    }
    if !parallel {
        *end = ordinal + 1;
    } else {
        let first = claim_templates::ordinals(&claims.manifest.value).start;
        let end_of_batch = |ordinal: usize| first + end_of_batch(ordinal.saturating_sub(first));
        // The controller hears of a refused pod or claim, but not of what a pod that is there has yet to get.
        if !is_created {
            *end = end_of_batch(ordinal);
        }
        // The others need the same: what one of them is refused, all are, but they get the rest.
        let rest = run.end.min(*end) - ordinal - 1;
        for claim in &of_claims {
            controller.simulator.create_sets(std::slice::from_ref(claim), rest);
        }
        if is_created {
            let created = controller.create_pods(rest);
            controller.bring_along(created);
            if created < rest {
                *end = end_of_batch(ordinal + 1 + created);
            }
        }
    }
    complete
}

/// Replaces the pods of earlier templates one by one, except those below the partition. `missing` are the ordinals that
/// had no pod.
pub(super) fn replace_old(
    controller: &mut ControllerSimulation,
    (manifest, objects): (&Manifest, ClusterObjects),
    replicas: usize,
    missing: &[Range<usize>],
) {
    let set = &manifest.value;
    let partition = number(&set["spec"]["updateStrategy"]["rollingUpdate"]["partition"], 0).min(replicas);
    let first = claim_templates::ordinals(set).start + partition;
    let lacking: usize = missing.iter().map(|range| range.end.saturating_sub(range.start.max(first))).sum();
    let created = controller.creation.pods;
    let mut pod_counts = controller.creation.pod_counts;
    // Pods of the current template have the highest ordinals.
    let to_replace = (replicas - partition).saturating_sub(lacking).saturating_sub(pod_counts.new);
    pod_counts.new += created.admitted;
    controller.creation.pod_counts = pod_counts;
    let strategy =
        Strategy::for_stateful_set(set, replicas).filter(|_| controller.creation.refusals.is_empty());
    let Some(strategy) = strategy.filter(|_| pod_counts.old > 0 && to_replace > 0) else { return };
    let mut rollout_state: RolloutState = PodCounts { old: to_replace, new: 0 }.into();
    let newest = controller.creation.pod_counts.new.saturating_sub(created.admitted);
    if let Some(old) = old_pods((manifest, objects), first, newest, to_replace) {
        rollout_state.old = old;
    }
    controller.replace(rollout_state, to_replace, strategy);
    let replacements = controller.creation.pods;
    controller.creation.pods = Pods {
        wanted: created.wanted + replacements.wanted,
        admitted: created.admitted + replacements.admitted,
    };
    pod_counts.old = pod_counts.old.saturating_sub(replacements.admitted);
    pod_counts.new += replacements.admitted;
    controller.creation.pod_counts = pod_counts;
}

/// Returns the pods to replace as they were read, the highest ordinal first, as they are replaced; `None` where they were
/// not read. In the middle of a rollout their template is no longer the StatefulSet's. `newest` are those of the current
/// template, which have the highest ordinals.
fn old_pods(
    (manifest, objects): (&Manifest, ClusterObjects),
    first: usize,
    newest: usize,
    to_replace: usize,
) -> Option<Vec<OldPods>> {
    let kind = kind_of("", "Pod", "pods");
    let ordinals = known_pods(manifest, objects);
    let mut groups: Vec<(PodFacts, OldPods)> = Vec::new();
    let mut found = 0;
    for ordinal in ordinals.range(first..).rev().skip(newest).take(to_replace) {
        let (key, value) = objects.existing.get_key_value(&claim_templates::pod_key(manifest, *ordinal))?;
        let object = existing_object(&kind, &key.namespace, &key.name, value, 0).ok()?;
        let ObjectKind::Pod(facts) = &object.body else { return None };
        found += 1;
        match groups.last_mut().filter(|(last, _)| last == &**facts) {
            Some((_, group)) => {
                group.replicas += 1;
                group.pods += 1;
                group.available += 1;
            }
            None => {
                let facts = PodFacts::clone(facts);
                let group =
                    OldPods { pod: Some(object), replicas: 1, pods: 1, available: 1, ..OldPods::default() };
                groups.push((facts, group));
            }
        }
    }
    (found == to_replace).then(|| groups.into_iter().map(|(_, group)| group).collect())
}
