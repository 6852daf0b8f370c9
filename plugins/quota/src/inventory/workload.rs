//! How many pods a workload has, wants, and has at most while it is updated.

use serde_json::Value;
use shared::{
    admission::{
        object::{Object, PodFacts},
        read_object::template_pod,
    },
    manifest::Manifest,
    workload::{
        Strategy, autoscaler::reach_of, claim_templates, job::has_ended, job_pods, owner::Owner, template,
    },
};

use super::Inventory;

/// A workload in numbers of pods.
#[derive(Clone, Debug)]
pub struct Workload<'a> {
    /// The workload as it is.
    pub manifest: &'a Manifest,
    /// What its pods call it.
    pub owner: Owner,
    /// What its next pod looks like before admission; an error in the server's words where it can't be read.
    pub template: Result<PodFacts, String>,
    /// So many pods are charged now.
    pub running: usize,
    /// So many it is to have.
    pub desired: usize,
    /// So many an autoscaler may make of it.
    pub max_replicas: usize,
}

impl<'a> Workload<'a> {
    /// The workload among everything in its namespace.
    pub fn of(manifest: &'a Manifest, inventory: &Inventory) -> Self {
        let kind = manifest.kind.kind.as_str();
        let value = &manifest.value;
        let owner = Owner::new(kind, &manifest.name);
        let own = inventory.pods.iter().filter(|group| group.owner == owner && !group.facts.released);
        let running = own.map(|group| group.count).sum();
        let desired = desired_replicas(kind, value);
        let max_replicas =
            inventory.autoscalers.iter().filter_map(|one| reach_of(one, kind, &manifest.name)).max();
        let max_replicas = desired.max(max_replicas.unwrap_or(0));
        let template = template_pod(&manifest.kind, template(kind, value));
        Self { manifest, owner, template, running, desired, max_replicas }
    }

    /// How it is updated when it has so many pods; `None` for what is not.
    pub fn strategy_for(&self, replicas: usize) -> Option<Strategy> {
        Strategy::of(&self.manifest.kind.kind, &self.manifest.value, replicas)
    }

    /// So many pods above the wanted number while it is updated.
    pub fn surge(&self) -> usize {
        match self.strategy_for(self.max_replicas) {
            Some(Strategy::Rolling { surge, .. }) if self.max_replicas > 0 => surge,
            _ => 0,
        }
    }

    /// So many pods go in one step of an update while their successors come already. They are charged until they are
    /// gone. Where successors wait for that, none.
    pub fn terminating_per_step(&self) -> usize {
        match (self.manifest.kind.kind.as_str(), self.strategy_for(self.max_replicas)) {
            ("Deployment", Some(Strategy::Rolling { surge, unavailable })) => {
                (surge + unavailable).min(self.max_replicas)
            }
            _ => 0,
        }
    }

    /// A pod of its template as an object, before admission.
    pub fn pod(&self) -> Option<Object> {
        let facts = self.template.clone().ok()?;
        Some(Object::pod(&self.manifest.namespace, &format!("{}-*", self.manifest.name), facts))
    }

    /// The claims that it lacks to have so many pods.
    pub fn missing_claims(&self, inventory: &Inventory, pods: usize) -> Vec<Object> {
        if self.manifest.kind.kind != "StatefulSet" {
            return Vec::new();
        }
        let (set, kind) = (&self.manifest.value, claim_templates::claim_kind());
        let start = claim_templates::ordinals(set).start;
        let exists = |name: &str| {
            inventory.objects.iter().any(|object| object.kind.kind == kind.kind && object.name == name)
        };
        (start..start + pods)
            .flat_map(|ordinal| claim_templates::of_pod(set, &self.manifest.name, ordinal))
            .filter(|(name, _)| !exists(name))
            .filter_map(|(name, template)| {
                let made = shared::admission::read_object::new_object(
                    &kind,
                    &self.manifest.namespace,
                    &name,
                    template,
                );
                made.ok()
            })
            .collect()
    }
}

/// How many pods a workload is to have.
fn desired_replicas(kind: &str, value: &Value) -> usize {
    let spec = &value["spec"];
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    match kind {
        "Job" if has_ended(value) => 0,
        "Job" => job_pods(spec),
        "CronJob" if spec["suspend"] == true => 0,
        "CronJob" => job_pods(&spec["jobTemplate"]["spec"]),
        "DaemonSet" => number(&value["status"]["desiredNumberScheduled"]).unwrap_or(0),
        _ => number(&spec["replicas"]).unwrap_or(1),
    }
}
