//! The state of a workload's pods when a rollout begins or continues.

use super::{PodCounts, Strategy, replica_sets::ReplicaSets};
use crate::admission::{object::Object, simulator::Simulator};

/// The pods of a workload when a rollout begins or continues.
#[derive(Clone, Debug, Default)]
pub struct RolloutState {
    /// Pods of earlier templates, the oldest template first.
    pub old: Vec<OldPods>,
    /// Pods of the new template.
    pub new: NewPods,
}

/// Pods of an earlier template.
#[derive(Clone, Debug, Default)]
pub struct OldPods {
    /// One of them, before admission; `None` for a pod of the existing workload.
    pub pod: Option<Object>,
    /// What one of them brought along; `None` for a pod of the existing workload.
    pub claims: Option<Vec<Object>>,
    /// Desired pods.
    pub replicas: usize,
    /// Existing pods.
    pub pods: usize,
    /// Available pods.
    pub available: usize,
    /// Pods that are yet to be created because the workload was scaled up.
    pub scaling_up_by: usize,
}

/// Pods of the new template.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewPods {
    /// Existing pods.
    pub pods: usize,
    /// Pods desired already, whatever the rollout allows.
    pub replicas: usize,
}

impl From<PodCounts> for RolloutState {
    fn from(pod_counts: PodCounts) -> Self {
        let PodCounts { old, new } = pod_counts;
        let old_pods = OldPods { replicas: old, pods: old, available: old, ..OldPods::default() };
        Self { old: vec![old_pods], new: NewPods { pods: new, replicas: 0 } }
    }
}

impl RolloutState {
    /// Returns the state of the ReplicaSets of a Deployment that wants so many replicas, once its controller has scaled them.
    pub fn of_replica_sets(sets: &ReplicaSets, replicas: usize, strategy: Strategy) -> Self {
        let mut scaled = sets.clone();
        if scaled.is_scaling(replicas) {
            scaled.scale(replicas, strategy);
        }
        Self::after_scaling(sets, &scaled)
    }

    /// Returns the state of a rolled out Deployment whose template and replicas change at once: its controller scales the
    /// pods of the earlier template first (`isScalingEvent` in `pkg/controller/deployment/sync.go`).
    pub fn of_scaled_update(pod_counts: PodCounts, replicas: usize) -> Self {
        let mut state = Self::from(pod_counts);
        for set in state.old.iter_mut().filter(|set| set.pods > 0) {
            set.scaling_up_by = replicas.saturating_sub(set.pods);
            set.replicas = replicas;
            set.available = set.available.min(replicas);
        }
        state
    }

    /// Returns the state in which the pods that earlier ReplicaSets lack are created first, and are ready: once they are
    /// admitted, their controller does not wait for the next update. `None` where none is lacking.
    pub fn with_lacking_pods(&self) -> Option<Self> {
        let mut state = self.clone();
        let mut lacks_any = false;
        for set in &mut state.old {
            let lacking = set.replicas.saturating_sub(set.pods);
            lacks_any |= lacking > 0;
            if lacking > 0 {
                (set.scaling_up_by, set.available) = (lacking, set.replicas);
            }
        }
        lacks_any.then_some(state)
    }

    /// Returns the state of ReplicaSets that were scaled from `before` to `after`.
    pub fn after_scaling(before: &ReplicaSets, after: &ReplicaSets) -> Self {
        let old = before.old.iter().zip(&after.old).map(|(before, after)| OldPods {
            pod: Some(after.pod.clone()),
            claims: None,
            replicas: after.replicas,
            pods: after.pods,
            available: after.available,
            scaling_up_by: after.replicas.saturating_sub(before.replicas),
        });
        let new = after.new.as_ref();
        Self {
            old: old.collect(),
            new: new.map_or_else(NewPods::default, |set| NewPods { pods: set.pods, replicas: set.replicas }),
        }
    }
}

impl OldPods {
    /// Returns one of them with what it brought along.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.pod.iter().chain(self.claims.iter().flatten())
    }

    /// Takes up to `count` pods away that never got what they bring along: they are not available, and free no claim.
    pub fn split_incomplete(&mut self, count: usize) -> Self {
        let pods = count.min(self.pods);
        let replicas = pods.min(self.replicas);
        self.pods -= pods;
        self.replicas -= replicas;
        self.available = self.available.min(self.replicas);
        Self {
            pod: self.pod.clone(),
            claims: Some(Vec::new()),
            replicas,
            pods,
            available: 0,
            scaling_up_by: 0,
        }
    }

    /// Deletes the pods beyond the desired ones.
    pub fn delete_surplus(&mut self, simulator: &mut Simulator) {
        let surplus = self.pods.saturating_sub(self.replicas);
        let count = u64::try_from(surplus).unwrap_or(u64::MAX);
        for object in self.objects() {
            simulator.release_all(object, count);
        }
        self.pods -= surplus;
        self.available = self.available.min(self.replicas);
    }
}

/// Scales earlier templates down by `count` pods: first those that are not available or do not exist
/// (`cleanupUnhealthyReplicas`), then any, the oldest template first (`scaleDownOldReplicaSetsForRollingUpdate`).
pub fn scale_down_old(old: &mut [OldPods], count: usize, simulator: &mut Simulator) {
    let mut left = count;
    let unavailable = |set: &OldPods| set.replicas - set.available.min(set.replicas);
    let desired = |set: &OldPods| set.replicas;
    for removable in [unavailable, desired] {
        for set in &mut *old {
            let fewer = removable(set).min(left);
            set.replicas -= fewer;
            left -= fewer;
            set.delete_surplus(simulator);
        }
    }
}
