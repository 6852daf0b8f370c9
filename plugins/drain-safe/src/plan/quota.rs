//! ResourceQuotas: a full one lets the replacement come once the pod is gone, if no other pod waits for its room; an
//! exceeded one lets none come.

use shared::{
    admission::{
        ClusterFacts,
        object::{Object, PodFacts},
        simulator::{Outcome, Simulator},
    },
    model::{Container, Pod, PodSpec, PodStatus, WidePod, wide_pod::WideContainer},
};

use super::{
    Facts, Fits, ReasonCode,
    subject::{Subject, Successor},
};
use crate::pods::Found;

/// Notes which replacements a quota delays or refuses.
pub fn note_quotas(facts: &Facts, subjects: &mut [Subject]) {
    for subject in subjects {
        let namespace = &subject.pod.metadata.namespace;
        let Some(rules) = facts.quotas.get(namespace).filter(|rules| !rules.quotas.is_empty()) else {
            continue;
        };
        if !matches!(subject.successor, Successor::Controller | Successor::Recreated) {
            continue;
        }
        let slim = slim(subject.pod);
        let (Ok(old), Ok(new)) = (PodFacts::existing(&slim, facts.now), PodFacts::new(&slim)) else {
            continue;
        };
        let name = &subject.pod.metadata.name;
        let (old, new) = (Object::pod(namespace, name, old), Object::pod(namespace, name, new));
        let mut simulator = Simulator::for_namespace(namespace, rules.clone(), ClusterFacts::default());
        let Some(full) = refusal(&mut simulator, new.clone()) else { continue };
        simulator.release(&old);
        let others = missing_of_others(facts, subject);
        let message = match (refusal(&mut simulator, new), others) {
            (None, 0) => format!("{full} is full: its replacement comes once it is gone"),
            (None, others) => {
                subject.fits = Some(Fits::Unknown);
                let pods =
                    if others == 1 { "1 other pod waits" } else { &format!("{others} other pods wait") };
                format!("{full} is full, and {pods} for what an eviction frees")
            }
            (Some(over), _) => {
                subject.fits = Some(Fits::Unknown);
                format!("{over} admits no replacement")
            }
        };
        subject.found.push(Found::noted(ReasonCode::Quota, message));
    }
}

/// Returns how many pods other controllers of the namespace want and do not have. What its own lacks is as good as what it
/// loses: whichever comes, the workload has as many pods as before.
fn missing_of_others(facts: &Facts, subject: &Subject) -> usize {
    let metadata = &subject.pod.metadata;
    let is_own = |kind: &str, name: &str| {
        metadata.controller().is_some_and(|own| own.kind == kind && own.name == name)
    };
    let missing = facts.missing.get(&metadata.namespace).into_iter().flatten();
    missing.filter(|((kind, name), _)| !is_own(kind, name)).map(|(_, pods)| pods).sum()
}

/// Returns who refuses a pod; none where it is admitted, which charges it.
fn refusal(simulator: &mut Simulator, pod: Object) -> Option<String> {
    match simulator.create(pod) {
        Outcome::Admitted => None,
        Outcome::Refused(refusals) | Outcome::OrderDependent(refusals) => {
            let first = refusals.first();
            Some(first.map_or_else(
                || "a ResourceQuota".to_owned(),
                |one| format!("{} {}", one.refused_by.kind, one.refused_by.name),
            ))
        }
    }
}

/// Returns what quotas see of a pod.
fn slim(pod: &WidePod) -> Pod {
    let containers = |all: &[WideContainer]| {
        let one = |container: &WideContainer| Container {
            name: container.name.clone(),
            resources: container.resources.clone(),
            restart_policy: container.restart_policy.clone(),
        };
        all.iter().map(one).collect::<Vec<_>>()
    };
    let spec = &pod.spec;
    Pod {
        metadata: pod.metadata.slim.clone(),
        spec: PodSpec {
            containers: containers(&spec.containers),
            init_containers: containers(&spec.init_containers),
            termination_grace_period_seconds: spec.termination_grace_period_seconds,
            active_deadline_seconds: spec.active_deadline_seconds,
            node_name: spec.node_name.clone(),
            priority_class_name: spec.priority_class_name.clone(),
            runtime_class_name: spec.runtime_class_name.clone(),
            overhead: spec.overhead.clone(),
            resources: spec.resources.clone(),
            ..PodSpec::default()
        },
        status: PodStatus {
            phase: pod.status.phase.clone(),
            conditions: pod.status.conditions.clone(),
            ..PodStatus::default()
        },
    }
}
