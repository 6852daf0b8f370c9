//! Where the pods of a workload stand when a rollout begins or goes on.

use super::{There, replica_sets::ReplicaSets};
use crate::admission::{object::Object, simulator::Ledger};

/// Pods of earlier templates and of the new one.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Those of earlier templates, the oldest template first.
    pub old: Vec<Earlier>,
    /// Those of the new one.
    pub new: Later,
}

/// Pods of an earlier template.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// One of them, before admission; as the workload is now if `None`.
    pub pod: Option<Object>,
    /// So many there are to be.
    pub replicas: usize,
    /// So many there are.
    pub pods: usize,
    /// So many of these are available.
    pub available: usize,
    /// So many come yet, since the workload was scaled up.
    pub grows: usize,
}

/// Pods of the new template.
#[derive(Clone, Copy, Debug, Default)]
pub struct Later {
    /// So many there are.
    pub pods: usize,
    /// So many there are to be whatever else there is.
    pub replicas: usize,
}

impl From<There> for Standing {
    fn from(there: There) -> Self {
        let There { old, new } = there;
        let earlier = Earlier { replicas: old, pods: old, available: old, ..Earlier::default() };
        Self { old: vec![earlier], new: Later { pods: new, replicas: 0 } }
    }
}

impl Standing {
    /// From ReplicaSets as they are, on to what a change of the number of replicas makes of them.
    pub fn of(before: &ReplicaSets, after: &ReplicaSets) -> Self {
        let old = before.old.iter().zip(&after.old).map(|(before, after)| Earlier {
            pod: Some(after.pod.clone()),
            replicas: after.replicas,
            pods: after.pods,
            available: after.available,
            grows: after.replicas.saturating_sub(before.replicas),
        });
        let new = after.new.as_ref();
        Self {
            old: old.collect(),
            new: new.map_or_else(Later::default, |set| Later { pods: set.pods, replicas: set.replicas }),
        }
    }
}

impl Earlier {
    /// Lets pods go that are more than there are to be.
    pub fn settle(&mut self, ledger: &mut Ledger) {
        let gone = self.pods.saturating_sub(self.replicas);
        for pod in self.pod.iter().cycle().take(gone) {
            ledger.release(pod);
        }
        self.pods -= gone;
        self.available = self.available.min(self.replicas);
    }
}

/// Makes earlier templates have fewer pods: first those that are not available or not there
/// (`cleanupUnhealthyReplicas`), then any, the oldest template first (`scaleDownOldReplicaSetsForRollingUpdate`).
pub fn shrink(old: &mut [Earlier], count: usize, ledger: &mut Ledger) {
    let mut left = count;
    let in_vain = |set: &Earlier| set.replicas - set.available.min(set.replicas);
    let all = |set: &Earlier| set.replicas;
    for which in [in_vain, all] {
        for set in &mut *old {
            let fewer = which(set).min(left);
            set.replicas -= fewer;
            left -= fewer;
            set.settle(ledger);
        }
    }
}
