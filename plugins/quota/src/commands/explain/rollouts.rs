//! The rollout that begins as soon as the ReplicaSet or ControllerRevision of a new template is there. It replaces pods
//! that exist, and any of the new ones may be refused in turn.

use serde_json::{Value, json};
use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    workload::{
        ClusterObjects, PodCounts, PodCreation, ReplicaSets, RolloutStart, RolloutState, Strategy,
        roll_out_from,
    },
};

use super::{
    daemon_pods::wanted_and_present,
    missing_pods::{active_pods, manifest},
    namespace_snapshot::{NamespaceSnapshot, kind},
    revisions::latest_template,
};

/// A rollout that has not begun.
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
        let manifest = manifest(workload, snapshot);
        let replicas = number(&workload["spec"]["replicas"], 1);
        let mut present = present.clone();
        let (wanted, rollout_state) = match kind(workload) {
            "Deployment" => (replicas, state_of_deployment(&manifest, snapshot)?),
            "StatefulSet" => {
                let pods = active_pods(workload, snapshot, &workload["status"]["replicas"]);
                (replicas, PodCounts { old: pods, new: 0 }.into())
            }
            "DaemonSet" => {
                let (wanted, pods) = wanted_and_present(workload, snapshot)?;
                (wanted, PodCounts { old: pods, new: 0 }.into())
            }
            _ => return None,
        };
        let strategy = Strategy::for_workload(kind(workload), workload, wanted)?;
        if rollout_state.old.iter().all(|set| set.pods == 0) {
            return None;
        }
        if let Some(template) = latest_template(&present, snapshot) {
            present["spec"]["template"] = template;
        }
        let start = RolloutStart { rollout_state, lacks_child: false, without_claims: 0 };
        Some(Self { manifest, present, start, strategy, wanted })
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

/// Returns the pods of the ReplicaSets of a Deployment, as many as there are by now.
fn state_of_deployment(manifest: &Manifest, snapshot: &NamespaceSnapshot) -> Option<RolloutState> {
    let deployment = &manifest.value;
    let counted = snapshot.controlled_by(deployment, "ReplicaSet").map(|set| {
        let mut set = set.clone();
        set["status"]["replicas"] = json!(active_pods(&set, snapshot, &set["status"]["replicas"]));
        set
    });
    let sets = ReplicaSets::from_objects(manifest, deployment, &counted.collect::<Vec<_>>()).ok()?;
    let replicas = number(&deployment["spec"]["replicas"], 1);
    let mut scaled = sets.clone();
    if scaled.is_scaling(replicas) {
        scaled.scale(replicas, Strategy::for_deployment(deployment, replicas));
    }
    Some(RolloutState::after_scaling(&sets, &scaled))
}
