//! Replaces the pods of a workload step by step, as a rolling update or a recreation does.

use super::{
    PodCounts, Pods, RolloutState, Strategy,
    controller::ControllerSimulation,
    rollout_state::{NewPods, OldPods, scale_down_old},
};
use crate::admission::{object::Object, simulator::Simulator};

impl ControllerSimulation<'_> {
    /// Replaces old pods by new ones, step by step. Existing and new pods are taken to be ready at once. A pod that is
    /// refused at first and admitted later does not count as refused.
    pub(super) fn replace(&mut self, rollout_state: RolloutState, wanted: usize, strategy: Strategy) {
        let RolloutState { old, new: NewPods { pods: mut new, replicas } } = rollout_state;
        let mut old = self.scale_old(old);
        // Only ReplicaSets tell how many pods are desired; a Deployment deletes those beyond.
        let deleted = if replicas > 0 { new.saturating_sub(wanted) } else { 0 };
        let new_pod = self.simulator.filled_in(self.pod.clone());
        self.simulator.release_all(&new_pod, to_u64(deleted));
        new -= deleted;
        let (start, present) = (new, new + old.iter().map(|set| set.pods).sum::<usize>());
        let (max_pods, min_available) = match strategy {
            Strategy::Recreate => (wanted, 0),
            Strategy::Rolling { surge, unavailable } => (wanted + surge, wanted.saturating_sub(unavailable)),
        };
        // A pod that the server refuses beside the old ones may be admitted once some of those are deleted.
        if min_available < present.min(wanted)
            && let Some(refusal) = self.dry_run_refusal.take()
        {
            self.dry_run_doubt =
                Some(format!("beside the old pods the server refuses it: {}", refusal.message));
        }
        if strategy == Strategy::Recreate {
            scale_down_old(&mut old, usize::MAX, self.simulator);
        }
        let unit: Vec<_> = [self.pod.clone()].into_iter().chain(self.claims.clone()).collect();
        let mut last = Step::default();
        loop {
            self.creation.refusals.clear();
            self.creation.order_dependent = false;
            let others: usize = old.iter().map(|set| set.replicas).sum();
            let target = replicas.max(max_pods.saturating_sub(others)).min(wanted);
            let created = self.create_units(&unit, target.saturating_sub(new));
            new += created;
            let surplus = (others + new).saturating_sub(min_available).min(others);
            if surplus == 0 {
                break;
            }
            scale_down_old(&mut old, surplus, self.simulator);
            let step = Step { created, deleted: surplus };
            if step == last && self.creation.refusals.is_empty() {
                let left = wanted.saturating_sub(new);
                new += step.repeat(&unit, &mut old, left, self.simulator);
            }
            last = step;
        }
        // After scaling down there can be more new pods than wanted.
        let created = new.saturating_sub(start);
        self.creation.pods = Pods { wanted: wanted.saturating_sub(start), admitted: created };
        self.creation.pod_counts = PodCounts { old: old.iter().map(|set| set.pods).sum(), new };
        let lacking = self.creation.pods.wanted - created.min(self.creation.pods.wanted);
        self.lacking.clear();
        self.lack(lacking, lacking);
    }

    /// Does what a Deployment's controller does all the same where the ReplicaSet of the template is refused: it scales the
    /// others first (`isScalingEvent` in `pkg/controller/deployment/sync.go`), and one that recreates its pods has deleted the
    /// old ones by then (`pkg/controller/deployment/recreate.go`).
    pub(super) fn go_without_child(&mut self, state: RolloutState, wanted: usize, strategy: Strategy) {
        let mut old = self.scale_old(state.old);
        if strategy == Strategy::Recreate {
            scale_down_old(&mut old, usize::MAX, self.simulator);
        }
        self.creation.pod_counts = PodCounts { old: old.iter().map(|set| set.pods).sum(), new: 0 };
        self.creation.pods.wanted = wanted;
    }

    /// Scales the pods of earlier templates as their workload was scaled.
    fn scale_old(&mut self, mut old: Vec<OldPods>) -> Vec<OldPods> {
        let mut incomplete = Vec::new();
        for set in &mut old {
            if self.without_claims > 0 {
                let split = set.split_incomplete(self.without_claims);
                self.without_claims -= split.pods;
                incomplete.push(split);
            }
        }
        old.splice(0..0, incomplete);
        for set in &mut old {
            let pod = set.pod.take().or_else(|| self.old_pod.clone());
            set.pod = pod.map(|pod| self.simulator.filled_in_before(pod));
            let claims = set.claims.take().unwrap_or_else(|| self.old_claims.clone());
            set.claims =
                Some(claims.into_iter().map(|claim| self.simulator.filled_in_before(claim)).collect());
            set.delete_surplus(self.simulator);
            let set_of_objects: Vec<_> = set.objects().cloned().collect();
            let missing = std::mem::take(&mut set.scaling_up_by);
            let created = self.simulator.create_sets(&set_of_objects, missing);
            set.pods += created;
            if created < missing {
                self.create_set(&set_of_objects);
            }
        }
        old
    }

    /// Creates `count` more pods, none of which is created without what it brings along.
    pub(super) fn create_whole(&mut self, count: usize) {
        let unit: Vec<_> = [self.pod.clone()].into_iter().chain(self.claims.clone()).collect();
        let created = self.create_units(&unit, count);
        self.creation.pods = Pods { wanted: count, admitted: created };
    }

    /// Creates as many of `count` pods, each with what it brings along, as are admitted.
    fn create_units(&mut self, unit: &[Object], count: usize) -> usize {
        if count > 0 && self.dry_run_refusal.is_some() {
            self.create_pod(self.pod.clone());
            return 0;
        }
        let created = self.simulator.create_sets(unit, count);
        if created < count {
            self.create_set(unit);
        }
        created
    }
}

/// What one step of a rolling update does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Step {
    created: usize,
    deleted: usize,
}

impl Step {
    /// Repeats the step as often as nothing else can happen meanwhile, at once, and returns how many pods that creates.
    /// `left` is how many are yet to be created.
    ///
    /// Each repetition changes what is charged by the same amount, so what is admitted at first and at last is admitted
    /// between.
    fn repeat(self, unit: &[Object], old: &mut [OldPods], left: usize, simulator: &mut Simulator) -> usize {
        let Self { created: size, deleted } = self;
        let unavailable = |set: &&mut OldPods| set.replicas > set.available;
        let first = match old.iter_mut().find(unavailable) {
            Some(set) => Some((set.replicas - set.available, set)),
            None => old.iter_mut().find(|set| set.replicas > 0).map(|set| (set.replicas, set)),
        };
        let Some((removable, set)) = first else { return 0 };
        if size == 0 || size != deleted || set.pods != set.replicas {
            return 0;
        }
        let mut steps = (removable.min(left) / size).saturating_sub(1);
        if steps < 2 {
            return 0;
        }
        let namespaces = simulator.namespaces.clone();
        let filled_in: Vec<_> = unit.iter().map(|object| simulator.filled_in(object.clone())).collect();
        while steps > 1 {
            let change = |simulator: &mut Simulator, set: &OldPods, count: usize| {
                filled_in.iter().for_each(|object| simulator.charge_all(object, to_u64(count)));
                set.objects().for_each(|object| simulator.release_all(object, to_u64(count)));
            };
            change(simulator, set, (steps - 1) * size);
            if simulator.create_sets(unit, size) == size {
                set.replicas -= steps * size;
                set.pods -= steps * size;
                set.objects().for_each(|object| simulator.release_all(object, to_u64(size)));
                set.available = set.available.min(set.replicas);
                return steps * size;
            }
            simulator.namespaces.clone_from(&namespaces);
            steps /= 2;
        }
        0
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
