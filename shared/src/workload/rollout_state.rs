//! Where the pods of a workload stand when a rollout begins or goes on.

use super::{PodCounts, replica_sets::ReplicaSets};
use crate::admission::{object::Object, simulator::Simulator};

/// Pods of earlier templates and of the new one.
#[derive(Clone, Debug, Default)]
pub struct RolloutState {
    /// Those of earlier templates, the oldest template first.
    pub old: Vec<OldPods>,
    /// Those of the new one.
    pub new: NewPods,
}

/// Pods of an earlier template.
#[derive(Clone, Debug, Default)]
pub struct OldPods {
    /// One of them, before admission; as the workload is now if `None`.
    pub pod: Option<Object>,
    /// So many there are to be.
    pub replicas: usize,
    /// So many there are.
    pub pods: usize,
    /// So many of these are available.
    pub available: usize,
    /// So many come yet, since the workload was scaled up.
    pub scaling_up_by: usize,
}

/// Pods of the new template.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewPods {
    /// So many there are.
    pub pods: usize,
    /// So many there are to be whatever else there is.
    pub replicas: usize,
}

impl From<PodCounts> for RolloutState {
    fn from(pod_counts: PodCounts) -> Self {
        let PodCounts { old, new } = pod_counts;
        let earlier = OldPods { replicas: old, pods: old, available: old, ..OldPods::default() };
        Self { old: vec![earlier], new: NewPods { pods: new, replicas: 0 } }
    }
}

impl RolloutState {
    /// From ReplicaSets as they are, on to what a change of the number of replicas makes of them.
    pub fn after_scaling(before: &ReplicaSets, after: &ReplicaSets) -> Self {
        let old = before.old.iter().zip(&after.old).map(|(before, after)| OldPods {
            pod: Some(after.pod.clone()),
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
    /// Lets pods go that are more than there are to be.
    pub fn settle(&mut self, simulator: &mut Simulator) {
        let gone = self.pods.saturating_sub(self.replicas);
        for pod in self.pod.iter().cycle().take(gone) {
            simulator.release(pod);
        }
        self.pods -= gone;
        self.available = self.available.min(self.replicas);
    }
}

/// Makes earlier templates have fewer pods: first those that are not available or not there
/// (`cleanupUnhealthyReplicas`), then any, the oldest template first (`scaleDownOldReplicaSetsForRollingUpdate`).
pub fn shrink(old: &mut [OldPods], count: usize, simulator: &mut Simulator) {
    let mut left = count;
    let in_vain = |set: &OldPods| set.replicas - set.available.min(set.replicas);
    let all = |set: &OldPods| set.replicas;
    for which in [in_vain, all] {
        for set in &mut *old {
            let fewer = which(set).min(left);
            set.replicas -= fewer;
            left -= fewer;
            set.settle(simulator);
        }
    }
}
