//! Rollouts that replace pods that exist: one that begins as soon as the ReplicaSet or ControllerRevision of a new template
//! is there, and what is left of one that has begun. Any of the new pods may be refused in turn.

use serde_json::{Value, json};
use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    workload::{
        ClusterObjects, PodCounts, PodCreation, ReplicaSets, RolloutStart, RolloutState, Strategy, is_paused,
        roll_out_from,
    },
};

use super::{
    daemon_pods::wanted_and_present,
    missing_pods::{active_pods, manifest},
    namespace_snapshot::{NamespaceSnapshot, kind},
    revisions::{latest_template, old_pods},
};

/// A rollout, or the rest of one.
#[derive(Clone, Debug)]
pub struct PendingRollout {
    manifest: Manifest,
    /// The workload with the template of its pods.
    present: Value,
    start: RolloutStart,
    strategy: Strategy,
    /// How many pods there are to be.
    pub wanted: usize,
}

impl PendingRollout {
    /// Returns the rollout of a workload that has pods, all of them of earlier templates; `None` where it has no pods, and
    /// where its controller replaces none. `present` is the workload as it is now.
    pub fn new(workload: &Value, present: &Value, snapshot: &NamespaceSnapshot) -> Option<Self> {
        let (wanted, pods) = wanted_and_active(workload, snapshot)?;
        let mut present = present.clone();
        let state = match kind(workload) {
            "Deployment" => scaled(workload, replica_sets(workload, snapshot)?),
            _ => PodCounts { old: pods, new: 0 }.into(),
        };
        if let Some(template) = latest_template(&present, snapshot) {
            present["spec"]["template"] = template;
        }
        Self::starting_from(state, wanted, workload, present, snapshot)
    }

    /// Returns the rest of a rollout that has begun, as it goes on once the pods that are missing now are there; `None`
    /// where all pods are of the current template, or where it is not known which are.
    pub fn rest(workload: &Value, snapshot: &NamespaceSnapshot) -> Option<Self> {
        let (wanted, _) = wanted_and_active(workload, snapshot)?;
        if kind(workload) != "Deployment" {
            let (old, template) = old_pods(workload, snapshot)?;
            let mut present = workload.clone();
            present["spec"]["template"] = template;
            let state = PodCounts { old, new: wanted.saturating_sub(old) }.into();
            return Self::starting_from(state, wanted, workload, present, snapshot);
        }
        let mut sets = replica_sets(workload, snapshot).filter(|_| !is_paused("Deployment", workload))?;
        let new = sets.new.as_mut()?;
        new.pods = new.pods.max(new.replicas);
        sets.old.iter_mut().for_each(|set| set.pods = set.pods.max(set.replicas));
        Self::starting_from(scaled(workload, sets), wanted, workload, workload.clone(), snapshot)
    }

    /// Returns how the rollout of a Deployment goes on from where it is: pods that are refused now may be admitted once old
    /// ones make room. `None` of other workloads, and where no rollout is in progress.
    pub fn from_here(workload: &Value, snapshot: &NamespaceSnapshot) -> Option<Self> {
        let (wanted, _) = wanted_and_active(workload, snapshot).filter(|_| kind(workload) == "Deployment")?;
        let sets = replica_sets(workload, snapshot).filter(|_| !is_paused("Deployment", workload))?;
        sets.new.as_ref()?;
        Self::starting_from(scaled(workload, sets), wanted, workload, workload.clone(), snapshot)
    }

    /// Returns how many pods there are yet to be replaced.
    pub fn left(&self) -> usize {
        self.start.rollout_state.old.iter().map(|set| set.pods).sum()
    }

    fn starting_from(
        rollout_state: RolloutState,
        wanted: usize,
        workload: &Value,
        present: Value,
        snapshot: &NamespaceSnapshot,
    ) -> Option<Self> {
        let strategy = Strategy::for_workload(kind(workload), workload, wanted)?;
        if rollout_state.old.iter().all(|set| set.pods == 0) {
            return None;
        }
        let start = RolloutStart { rollout_state, lacks_child: false, without_claims: 0 };
        Some(Self { manifest: manifest(workload, snapshot), present, start, strategy, wanted })
    }

    /// Simulates the whole rollout.
    ///
    /// # Errors
    /// A template that the server cannot decode, in its words.
    pub fn simulate(
        &self,
        objects: ClusterObjects,
        simulator: &mut Simulator,
    ) -> Result<PodCreation, String> {
        let start = (&self.start, self.wanted);
        roll_out_from(&self.manifest, &self.present, start, self.strategy, objects, simulator)
    }
}

/// Returns how many pods a workload that is rolled out wants, and how many it has.
fn wanted_and_active(workload: &Value, snapshot: &NamespaceSnapshot) -> Option<(usize, usize)> {
    match kind(workload) {
        "Deployment" | "StatefulSet" => {
            let pods = active_pods(workload, snapshot, &workload["status"]["replicas"]);
            Some((number(&workload["spec"]["replicas"], 1), pods))
        }
        "DaemonSet" => wanted_and_present(workload, snapshot),
        _ => None,
    }
}

/// Returns the ReplicaSets of a Deployment with as many pods as there are by now.
pub fn replica_sets(deployment: &Value, snapshot: &NamespaceSnapshot) -> Option<ReplicaSets> {
    let counted = snapshot.controlled_by(deployment, "ReplicaSet").map(|set| {
        let mut set = set.clone();
        set["status"]["replicas"] = json!(active_pods(&set, snapshot, &set["status"]["replicas"]));
        set
    });
    let manifest = manifest(deployment, snapshot);
    ReplicaSets::from_objects(&manifest, deployment, &counted.collect::<Vec<_>>()).ok()
}

/// Returns the pods of ReplicaSets, scaled where their Deployment was.
fn scaled(deployment: &Value, sets: ReplicaSets) -> RolloutState {
    let replicas = number(&deployment["spec"]["replicas"], 1);
    let mut scaled = sets.clone();
    if scaled.is_scaling(replicas) {
        scaled.scale(replicas, Strategy::for_deployment(deployment, replicas));
    }
    RolloutState::after_scaling(&sets, &scaled)
}
