//! The pods that a workload has, wants, and needs during an update.

use serde_json::Value;
use shared::{
    admission::{
        object::{Object, PodFacts},
        read_object::{new_object, template_pod},
    },
    manifest::{Manifest, json::number},
    workload::{
        Strategy,
        autoscaler::max_replicas_for,
        claim_templates, is_being_deleted,
        job::{has_ended, parallel_pods},
        owner::Owner,
        pod_claims::{device_claim_kind, ephemeral_volumes, templated_device_claims},
        template,
    },
};

use super::Inventory;

/// A workload with its numbers of pods.
#[derive(Clone, Debug)]
pub struct Workload<'a> {
    /// The workload.
    pub manifest: &'a Manifest,
    /// The workload as owner of its pods.
    pub owner: Owner,
    /// Its next pod before admission, or the server's message where it cannot be decoded.
    pub template: Result<PodFacts, String>,
    /// The number of pods that are charged now.
    pub running: usize,
    /// The number of pods that it wants.
    pub desired: usize,
    /// The number of pods that an autoscaler may give it.
    pub max_replicas: usize,
}

impl<'a> Workload<'a> {
    /// Returns a workload with the numbers of its namespace.
    pub fn of(manifest: &'a Manifest, inventory: &Inventory) -> Self {
        let kind = manifest.kind.kind.as_str();
        let value = &manifest.value;
        let owner = Owner::new(kind, &manifest.name);
        let own = inventory.pods.iter().filter(|group| group.owner == owner && !group.facts.released);
        let running = own.map(|group| group.count).sum();
        let desired = desired_replicas(kind, value);
        let max_replicas =
            inventory.autoscalers.iter().filter_map(|one| max_replicas_for(one, kind, &manifest.name)).max();
        let max_replicas = desired.max(max_replicas.unwrap_or(0));
        let template = template_pod(&manifest.kind, template(kind, value));
        Self { manifest, owner, template, running, desired, max_replicas }
    }

    /// Returns how it is updated with this number of replicas; `None` for kinds without updates.
    pub fn strategy_for(&self, replicas: usize) -> Option<Strategy> {
        Strategy::for_workload(&self.manifest.kind.kind, &self.manifest.value, replicas)
    }

    /// Returns the number of pods above the wanted one during an update.
    pub fn surge(&self) -> usize {
        match self.strategy_for(self.max_replicas) {
            Some(Strategy::Rolling { surge, .. }) if self.max_replicas > 0 => surge,
            _ => 0,
        }
    }

    /// Returns the number of pods that terminate in one step of an update while their replacements are created. They are charged
    /// until they are gone. 0 where replacements wait for that.
    pub fn terminating_per_step(&self) -> usize {
        match (self.manifest.kind.kind.as_str(), self.strategy_for(self.max_replicas)) {
            ("Deployment", Some(Strategy::Rolling { surge, unavailable })) => {
                (surge + unavailable).min(self.max_replicas)
            }
            _ => 0,
        }
    }

    /// Returns a pod of its template as an object, before admission.
    pub fn pod(&self) -> Option<Object> {
        let facts = self.template.clone().ok()?;
        Some(Object::pod(&self.manifest.namespace, &format!("{}-*", self.manifest.name), facts))
    }

    /// Returns the claims that each of its pods brings along: of generic ephemeral volumes, and of devices.
    pub fn claims_of_a_pod(&self) -> Vec<Object> {
        let Manifest { kind, namespace, name, value, .. } = self.manifest;
        let spec = &template(&kind.kind, value)["spec"];
        let volumes = ephemeral_volumes(spec)
            .map(|(volume, template)| (claim_templates::claim_kind(), volume, template.clone()));
        let devices =
            templated_device_claims(spec).map(|(claim, _)| (device_claim_kind(), claim, Value::Null));
        let objects = volumes.chain(devices).filter_map(|(kind, claim, template)| {
            new_object(&kind, namespace, &format!("{name}-*-{claim}"), &template).ok()
        });
        objects.collect()
    }

    /// Returns the claims that it lacks for this number of pods.
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
            .flat_map(|ordinal| claim_templates::claims_of_pod(set, &self.manifest.name, ordinal))
            .filter(|(name, _)| !exists(name))
            .filter_map(|(name, template)| {
                let claim = new_object(&kind, &self.manifest.namespace, &name, template);
                claim.ok()
            })
            .collect()
    }
}

/// Returns the number of pods that a workload wants.
fn desired_replicas(kind: &str, value: &Value) -> usize {
    let spec = &value["spec"];
    match kind {
        // A ReplicaSet that is not deleted itself goes on.
        _ if kind != "Deployment" && is_being_deleted(value) => 0,
        "Job" if has_ended(value) => 0,
        "Job" => parallel_pods(spec),
        "CronJob" if spec["suspend"] == true => 0,
        "CronJob" => parallel_pods(&spec["jobTemplate"]["spec"]),
        "DaemonSet" => number(&value["status"]["desiredNumberScheduled"], 0),
        _ => number(&spec["replicas"], 1),
    }
}
