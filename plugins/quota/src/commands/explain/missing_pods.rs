//! The objects that the controllers of a workload have yet to create.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::{
    admission::object::Object,
    manifest::{Manifest, json::number},
    model::{
        Pod,
        kind::{kind_of, workloads},
    },
    workload::{
        self, PodsToCreate, claim_templates, is_being_deleted, is_of_template, is_paused, job, ordinals::gaps,
    },
};

use super::{
    daemon_pods::wanted_and_present,
    missing_claims::missing_claims,
    namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text},
    revisions::lacks_revision,
    rollouts::PendingRollout,
};

/// Objects that one controller has yet to create.
#[derive(Clone, Debug)]
pub struct MissingPods<'a> {
    /// The object whose controller creates them and reports failures.
    pub controller: &'a Value,
    /// How many there should be.
    pub wanted: usize,
    /// How many there are.
    pub present: usize,
    /// The objects to create.
    pub objects: MissingObjects,
}

/// The objects to create.
#[derive(Clone, Debug)]
pub enum MissingObjects {
    /// Pods of this workload's template, with their claims if they have any.
    Pods(Box<Manifest>, PodsToCreate),
    /// One object of which quotas see only the number: a ReplicaSet, a ControllerRevision or a Job.
    Object(Box<Object>),
    /// Claims of existing pods, all of one kind. The pods wait for them.
    Claims(Vec<Object>),
    /// Pods of a new template in place of those that exist.
    Rollout(Box<PendingRollout>),
}

impl MissingPods<'_> {
    /// Returns how many are missing.
    pub fn shortfall(&self) -> usize {
        self.wanted.saturating_sub(self.present)
    }

    /// Returns whether claims of existing pods are missing.
    pub fn are_claims(&self) -> bool {
        matches!(self.objects, MissingObjects::Claims(_))
    }

    /// Returns whether a claim of this pod is missing.
    pub fn is_claim_of(&self, pod: &str) -> bool {
        let MissingObjects::Claims(claims) = &self.objects else { return false };
        claims.iter().any(|claim| claim.name.strip_prefix(pod).is_some_and(|rest| rest.starts_with('-')))
    }

    /// Returns the kind of the missing objects.
    pub fn kind_name(&self) -> &str {
        match &self.objects {
            MissingObjects::Pods(..) | MissingObjects::Rollout(_) => "Pod",
            MissingObjects::Object(object) => &object.kind.kind,
            MissingObjects::Claims(claims) => claims.first().map_or("", |claim| &claim.kind.kind),
        }
    }
}

/// Returns what a workload lacks, and what the ReplicaSets or Jobs that it controls lack.
pub fn missing_pods<'a>(workload: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let (spec, status) = (&workload["spec"], &workload["status"]);
    let mut missing_pods = Vec::new();
    let mut rollout = None;
    if lacks_revision(workload, snapshot) {
        missing_pods.extend(child(workload, snapshot));
        rollout = pending_rollout(workload, snapshot);
    }
    missing_pods.extend(match kind(workload) {
        // Pods that are missing come first in it.
        "StatefulSet" | "DaemonSet" if rollout.is_some() => rollout.into_iter().collect(),
        "Deployment" => missing_of_deployment(workload, snapshot),
        "ReplicaSet" | "ReplicationController" => {
            let present = active_pods(workload, snapshot, &status["replicas"]);
            pods(workload, snapshot, number(&spec["replicas"], 1), present).into_iter().collect()
        }
        "StatefulSet" => missing_of_stateful_set(workload, snapshot).into_iter().collect(),
        "DaemonSet" => {
            let counts = wanted_and_present(workload, snapshot);
            let missing = counts.and_then(|(wanted, present)| pods(workload, snapshot, wanted, present));
            missing.into_iter().collect()
        }
        "Job" => missing_of_job(workload, snapshot).into_iter().collect(),
        "CronJob" => missing_of_cron_job(workload, snapshot),
        _ => Vec::new(),
    });
    missing_pods.extend(missing_claims(workload, snapshot));
    // Claims are another controller's.
    missing_pods.retain(|one| one.are_claims() || !is_being_deleted(one.controller));
    missing_pods
}

/// Returns the pods that a workload lacks to have as many as it wants.
fn pods<'a>(
    controller: &'a Value,
    snapshot: &NamespaceSnapshot,
    wanted: usize,
    present: usize,
) -> Option<MissingPods<'a>> {
    let count = wanted.checked_sub(present).filter(|count| *count > 0)?;
    let manifest = manifest(controller, snapshot);
    let objects = MissingObjects::Pods(Box::new(manifest), PodsToCreate::Count(count));
    Some(MissingPods { controller, wanted, present, objects })
}

/// Returns a workload of the namespace as a manifest.
pub fn manifest(workload: &Value, snapshot: &NamespaceSnapshot) -> Manifest {
    let name = kind(workload);
    let kind = workloads().find(|one| one.kind == name).unwrap_or_else(|| kind_of("", name, ""));
    Manifest::from_object(workload.clone(), kind, &snapshot.namespace)
}

/// Returns the object between a workload and its pods that the controller has yet to create.
fn child<'a>(controller: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    let objects = MissingObjects::Object(Box::new(workload::child(&manifest(controller, snapshot))?));
    Some(MissingPods { controller, wanted: 1, present: 0, objects })
}

/// Returns the pods that replace those of earlier templates, once the object between is there.
fn pending_rollout<'a>(workload: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    let rollout = PendingRollout::new(workload, workload, snapshot)?;
    let wanted = rollout.wanted;
    let objects = MissingObjects::Rollout(Box::new(rollout));
    Some(MissingPods { controller: workload, wanted, present: 0, objects })
}

/// Returns the number of pods that a controller sees: of the pods themselves, or by its status where they are unknown.
pub fn active_pods(workload: &Value, snapshot: &NamespaceSnapshot, status: &Value) -> usize {
    let pods = snapshot.pods_controlled_by(workload).map(|pods| pods.filter(|pod| is_active(pod)).count());
    pods.unwrap_or_else(|| number(status, 0))
}

fn missing_of_deployment<'a>(deployment: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let sets: Vec<_> = snapshot.controlled_by(deployment, "ReplicaSet").collect();
    let paused = is_paused("Deployment", deployment);
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let active = |set: &Value| active_pods(set, snapshot, &set["status"]["replicas"]);
    let mut missing_pods = Vec::new();
    if !paused && !sets.iter().any(|set| is_of_template(set, deployment)) {
        missing_pods.extend(child(deployment, snapshot));
        if let Some(rollout) = pending_rollout(deployment, snapshot) {
            // It scales the old ReplicaSets down, those that lack pods first.
            missing_pods.push(rollout);
            return missing_pods;
        }
        missing_pods.extend(pods(deployment, snapshot, wanted, 0));
    }
    for set in sets {
        missing_pods.extend(pods(set, snapshot, number(&set["spec"]["replicas"], 1), active(set)));
    }
    missing_pods
}

/// Returns the pods that a StatefulSet lacks, gaps in its ordinals included.
fn missing_of_stateful_set<'a>(set: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    let ordinals = claim_templates::ordinals(set);
    let wanted = ordinals.len();
    let name = metadata_text(set, "name");
    let missing = match snapshot.pods_controlled_by(set) {
        Some(pods) => {
            let ordinal = |pod: &Pod| pod.metadata.name.strip_prefix(name)?.strip_prefix('-')?.parse().ok();
            gaps(ordinals, &pods.filter_map(ordinal).collect())
        }
        None => gaps(ordinals.start + number(&set["status"]["replicas"], 0)..ordinals.end, &BTreeSet::new()),
    };
    if missing.is_empty() {
        return None;
    }
    let present = wanted - missing.iter().map(ExactSizeIterator::len).sum::<usize>();
    let manifest = Box::new(manifest(set, snapshot));
    let objects = MissingObjects::Pods(manifest, PodsToCreate::Ordinals(missing));
    Some(MissingPods { controller: set, wanted, present, objects })
}

/// Returns the pods that a Job may run beside those that are active, and those that it waits for.
fn missing_of_job<'a>(job: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    let active = active_pods(job, snapshot, &job["status"]["active"]);
    pods(job, snapshot, job::wanted_pods(job), active + job::awaited_pods(job))
}

/// Returns the next Job with its pods, and the pods that existing Jobs lack.
fn missing_of_cron_job<'a>(cron_job: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let mut missing_pods: Vec<MissingPods<'a>> = Vec::new();
    for job in snapshot.controlled_by(cron_job, "Job") {
        missing_pods.extend(missing_of_job(job, snapshot));
    }
    if cron_job["spec"]["suspend"] == true {
        return missing_pods;
    }
    // What the next run lacks is the same as what this one lacks.
    if !missing_pods.is_empty() {
        return missing_pods;
    }
    missing_pods.extend(child(cron_job, snapshot));
    missing_pods.extend(pods(
        cron_job,
        snapshot,
        job::parallel_pods(&cron_job["spec"]["jobTemplate"]["spec"]),
        0,
    ));
    missing_pods
}
