//! Simulates the controller of a workload: creates and deletes its objects one by one, against quotas.

use serde_json::Value;

use super::{
    PodCounts, PodCreation, Pods, RolloutState, Strategy,
    rollout_state::{NewPods, scale_down_old},
    template,
};
use crate::{
    admission::{
        Refusal,
        object::{Object, ObjectKind},
        read_object::template_pod,
        server_verdict::PodVerdict,
        simulator::{Outcome, Simulator},
    },
    manifest::{Manifest, changed::differs},
    model::kind::kind_of,
};

/// A simulation of a workload's controller, as far as quotas see it.
pub(super) struct ControllerSimulation<'a> {
    simulator: &'a mut Simulator,
    manifest: &'a Manifest,
    /// A pod of the template.
    pub(super) pod: Object,
    /// The refusal of such a pod in a dry run.
    dry_run_refusal: Option<Refusal>,
    /// Why the dry run decides nothing.
    dry_run_doubt: Option<String>,
    /// A pod of the template before the change.
    pub(super) old_pod: Option<Object>,
    /// Whether the template changed.
    pub(super) changed: bool,
    pub(super) creation: PodCreation,
}

impl<'a> ControllerSimulation<'a> {
    pub(super) fn new(
        manifest: &'a Manifest,
        old: Option<&Value>,
        simulator: &'a mut Simulator,
        server_verdict: PodVerdict,
    ) -> Result<Self, String> {
        let kind = &manifest.kind;
        let pod_of = |workload: &Value| {
            let facts = template_pod(kind, template(&kind.kind, workload))?;
            Ok::<_, String>(Object {
                kind: kind_of("", "Pod", "pods"),
                namespace: manifest.namespace.clone(),
                name: format!("{}-*", manifest.name.trim_end_matches("-*")),
                body: ObjectKind::Pod(Box::new(facts)),
            })
        };
        let changed =
            old.is_none_or(|old| differs(template(&kind.kind, &manifest.value), template(&kind.kind, old)));
        let mut pod = pod_of(&manifest.value)?;
        if let Some(server_pod) = server_verdict.pod {
            pod.body = ObjectKind::Pod(Box::new(server_pod));
        }
        Ok(Self {
            pod,
            dry_run_refusal: server_verdict.refusal,
            dry_run_doubt: server_verdict.doubt,
            old_pod: old.map(pod_of).transpose()?,
            changed,
            simulator,
            manifest,
            creation: PodCreation::default(),
        })
    }

    /// Creates an object of which only the number counts.
    pub(super) fn create_child(&mut self, group: &str, kind: &str, plural: &str) -> bool {
        let kind = kind_of(group, kind, plural);
        self.create(Object { kind, body: ObjectKind::Counted, ..self.pod.clone() })
    }

    pub(super) fn create(&mut self, object: Object) -> bool {
        match self.simulator.create(object) {
            Outcome::Admitted => true,
            Outcome::Refused(refusals) => self.refuse(refusals),
            Outcome::OrderDependent(refusals) => {
                self.creation.order_dependent |= self.creation.refusals.is_empty();
                self.refuse(refusals)
            }
        }
    }

    /// Creates a pod, unless the dry run refused one.
    pub(super) fn create_pod(&mut self, pod: Object) -> bool {
        match &self.dry_run_refusal {
            Some(refusal) => {
                let refusal = refusal.clone();
                self.refuse(vec![refusal])
            }
            None => self.create(pod),
        }
    }

    pub(super) fn refuse(&mut self, refusals: Vec<Refusal>) -> bool {
        if self.creation.refusals.is_empty() {
            self.creation.refusals = refusals;
        }
        false
    }

    /// Creates `count` more pods. Once one is refused, so are the others: they are all alike.
    pub(super) fn create_more(&mut self, count: usize) {
        self.creation.pods.wanted += count;
        for _ in 0..count {
            if !self.create_pod(self.pod.clone()) {
                break;
            }
            self.creation.pods.admitted += 1;
            self.creation.pod_counts.new += 1;
        }
    }

    /// Replaces old pods by new ones, step by step. Existing and new pods are taken to be ready at once. A pod that is
    /// refused at first and admitted later does not count as refused.
    pub(super) fn replace(&mut self, rollout_state: RolloutState, wanted: usize, strategy: Strategy) {
        let RolloutState { mut old, new: NewPods { pods: mut new, replicas } } = rollout_state;
        for set in &mut old {
            let pod = set.pod.take().or_else(|| self.old_pod.clone());
            set.pod = pod.map(|pod| self.simulator.filled_in(pod));
            set.delete_surplus(self.simulator);
            set.pods += (0..std::mem::take(&mut set.scaling_up_by))
                .take_while(|_| set.pod.clone().is_some_and(|pod| self.create(pod)))
                .count();
        }
        // Only ReplicaSets tell how many pods are desired; a Deployment deletes those beyond.
        let deleted = if replicas > 0 { new.saturating_sub(wanted) } else { 0 };
        let new_pod = self.simulator.filled_in(self.pod.clone());
        (0..deleted).for_each(|_| self.simulator.release(&new_pod));
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
        loop {
            self.creation.refusals.clear();
            self.creation.order_dependent = false;
            let others: usize = old.iter().map(|set| set.replicas).sum();
            let target = replicas.max(max_pods.saturating_sub(others)).min(wanted);
            while new < target && self.create_pod(self.pod.clone()) {
                new += 1;
            }
            let surplus = (others + new).saturating_sub(min_available).min(others);
            if surplus == 0 {
                break;
            }
            scale_down_old(&mut old, surplus, self.simulator);
        }
        // After scaling down there can be more new pods than wanted.
        let created = new.saturating_sub(start);
        self.creation.pods = Pods { wanted: wanted.saturating_sub(start), admitted: created };
        self.creation.pod_counts = PodCounts { old: old.iter().map(|set| set.pods).sum(), new };
    }

    pub(super) fn finish(mut self) -> PodCreation {
        let rest = self.creation.pods.wanted.saturating_sub(self.creation.pods.admitted);
        if rest > 0 && !self.creation.refusals.is_empty() && self.manifest.kind.namespaced {
            self.creation.shortages = match &self.dry_run_refusal {
                // Only the server knows what such a pod is charged.
                Some(refusal) => refusal.shortages.iter().map(|one| one.times(rest)).collect(),
                None => self.simulator.shortages(&self.pod, rest),
            };
        }
        if self.creation.pods.wanted > 0 {
            self.creation.doubt = self.creation.doubt.take().or(self.dry_run_doubt.take());
        }
        self.creation
    }
}
