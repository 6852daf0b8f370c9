//! Simulates the controller of a workload: creates and deletes its objects one by one, against quotas.

use serde_json::Value;

use super::{
    ClusterObjects, PodCreation, child_kind,
    pod_claims::{PodClaims, pod_claims},
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
    pub(super) simulator: &'a mut Simulator,
    manifest: &'a Manifest,
    /// A pod of the template.
    pub(super) pod: Object,
    /// What such a pod brings along.
    pub(super) claims: Vec<Object>,
    /// The refusal of such a pod in a dry run.
    pub(super) dry_run_refusal: Option<Refusal>,
    /// Why the dry run decides nothing.
    pub(super) dry_run_doubt: Option<String>,
    /// A pod of the template before the change.
    pub(super) old_pod: Option<Object>,
    /// What such a pod brought along.
    pub(super) old_claims: Vec<Object>,
    /// The number of existing pods that never got what they bring along.
    pub(super) without_claims: usize,
    /// Objects that were refused, with their number; empty for pods of the template.
    pub(super) lacking: Vec<(Object, usize)>,
    /// Whether the template changed.
    pub(super) changed: bool,
    pub(super) creation: PodCreation,
}

impl<'a> ControllerSimulation<'a> {
    pub(super) fn new(
        manifest: &'a Manifest,
        old: Option<&Value>,
        objects: ClusterObjects,
        simulator: &'a mut Simulator,
        server_verdict: PodVerdict,
    ) -> Result<Self, String> {
        let kind = &manifest.kind;
        let claims_of = |workload: &Value| {
            let spec = &template(&kind.kind, workload)["spec"];
            let pod = format!("{}-*", manifest.name.trim_end_matches("-*"));
            pod_claims(&manifest.namespace, &pod, spec, objects, simulator)
        };
        let PodClaims { objects: claims, doubt } = claims_of(&manifest.value)?;
        let old_claims = old.map(claims_of).transpose()?.unwrap_or_default().objects;
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
            claims,
            dry_run_refusal: server_verdict.refusal,
            dry_run_doubt: server_verdict.doubt,
            old_pod: old.map(pod_of).transpose()?,
            old_claims,
            without_claims: 0,
            lacking: Vec::new(),
            changed,
            simulator,
            manifest,
            creation: PodCreation { doubt, ..PodCreation::default() },
        })
    }

    /// Creates the object that stands between the workload and its pods, where there is one.
    pub(super) fn create_child(&mut self) -> bool {
        let Some(kind) = child_kind(&self.manifest.kind.kind) else { return true };
        self.create(Object { kind, body: ObjectKind::Counted, ..self.pod.clone() })
    }

    pub(super) fn create(&mut self, object: Object) -> bool {
        let outcome = self.simulator.create(object);
        self.note(outcome)
    }

    /// Creates one set of objects, of which none is charged if one is refused.
    pub(super) fn create_set(&mut self, set: &[Object]) -> bool {
        let refused = self.simulator.create_set(set);
        refused.is_none_or(|outcome| self.note(outcome))
    }

    /// Returns whether an object was admitted, and keeps the refusal otherwise.
    fn note(&mut self, outcome: Outcome) -> bool {
        match outcome {
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

    /// Creates as many of `count` pods as are admitted. Once one is refused, so are the others: they are all alike.
    pub(super) fn create_pods(&mut self, count: usize) -> usize {
        if count > 0 && self.dry_run_refusal.is_some() {
            self.create_pod(self.pod.clone());
            return 0;
        }
        let created = self.simulator.create_sets(std::slice::from_ref(&self.pod), count);
        if created < count {
            self.create_pod(self.pod.clone());
        }
        created
    }

    /// Creates what `pods` existing pods bring along, and returns how many of them get all of it.
    pub(super) fn bring_along(&mut self, pods: usize) -> usize {
        let claims = self.claims.clone();
        let complete = self.simulator.create_sets(&claims, pods);
        if complete == pods || claims.is_empty() {
            return pods;
        }
        // What one of them is refused, others may get.
        for claim in &claims {
            self.create(claim.clone());
            self.simulator.create_sets(std::slice::from_ref(claim), pods - complete - 1);
        }
        complete
    }

    /// Creates `count` more pods.
    pub(super) fn create_more(&mut self, count: usize) {
        let created = self.create_pods(count);
        let complete = self.bring_along(created);
        self.creation.pods.wanted += count;
        self.creation.pods.admitted += complete;
        self.creation.pod_counts.new += created;
        self.lack(count - created, count - complete);
    }

    /// Notes how many pods were not created, and how many lack what they bring along.
    pub(super) fn lack(&mut self, pods: usize, incomplete: usize) {
        self.lacking.push((self.pod.clone(), pods));
        self.lacking.extend(self.claims.iter().map(|claim| (claim.clone(), incomplete)));
    }

    pub(super) fn finish(mut self) -> PodCreation {
        let rest = self.creation.pods.wanted.saturating_sub(self.creation.pods.admitted);
        if rest > 0 && !self.creation.refusals.is_empty() && self.manifest.kind.namespaced {
            self.creation.shortages = match &self.dry_run_refusal {
                // Only the server knows what such a pod is charged.
                Some(refusal) => refusal.shortages.iter().map(|one| one.times(rest)).collect(),
                None if self.lacking.is_empty() => self.simulator.shortages(&self.pod, rest),
                None => self.simulator.shortages_of_all(&self.lacking),
            };
        }
        if self.creation.pods.wanted > 0 {
            self.creation.doubt = self.creation.doubt.take().or(self.dry_run_doubt.take());
        }
        self.creation
    }
}
