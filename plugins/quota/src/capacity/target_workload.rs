//! The workload that a command is about, with everything that decides about its pods.

use serde_json::Value;
use shared::{
    Error,
    admission::{
        Refusal,
        object::Object,
        read_object::{new_object, template_pod},
        simulator::Simulator,
    },
    manifest::{Key, Manifest, changed::differs},
    model::kind::kind_of,
    snapshot::{ClusterSnapshot, terminating},
    workload::{
        PodCounts, ReplicaSets, child, claim_templates, is_being_deleted, is_paused, is_rolled_out,
        pod_claims::ephemeral_volumes,
        revisions::{as_its_pods_are, has_revision_of, lacks_revision},
        template,
    },
};

use super::resume::command_to_resume;

/// Workload with everything that decides about its pods.
#[derive(Debug)]
pub struct TargetWorkload {
    /// The workload as it will be.
    pub manifest: Manifest,
    /// The workload in the cluster, if it exists, or as it will be once it has adopted what is there.
    pub present: Option<Value>,
    /// Whether it is yet to be created.
    pub is_new: bool,
    /// The quotas and LimitRanges of its namespace.
    pub simulator: Simulator,
    /// Everything else that was read.
    pub snapshot: ClusterSnapshot,
    /// The HorizontalPodAutoscalers of its namespace.
    pub autoscalers: Vec<Value>,
    /// Its terminating pods, which count until they are gone.
    pub terminating: Vec<Object>,
    /// The ReplicaSets of a Deployment, where they are needed and could be read.
    pub replica_sets: Option<ReplicaSets>,
    /// What the answers about it do not cover.
    pub unchecked: Vec<String>,
}

/// Returns whether workloads are in one namespace, whose column says nothing then.
pub fn same_namespace<'a>(targets: impl IntoIterator<Item = &'a TargetWorkload>) -> bool {
    let mut namespaces = targets.into_iter().map(|target| &target.manifest.namespace);
    let first = namespaces.next();
    namespaces.all(|one| Some(one) == first)
}

impl TargetWorkload {
    /// Returns the error about a workload that can't be understood, among others that can.
    pub fn unreadable(&self, error: &str) -> Error {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        Error::new(format!("{}/{name} in namespace {namespace}: {error}", kind.kind.to_lowercase()))
    }

    /// Returns whether it is a paused Deployment.
    pub fn is_paused(&self) -> bool {
        is_paused(&self.manifest.kind.kind, &self.manifest.value)
    }

    /// Returns the command that resumes its rollout.
    pub fn command_to_resume(&self) -> String {
        command_to_resume(&self.manifest.namespace, &self.manifest.name)
    }

    /// Returns its ReplicaSets if a rollout is in progress, or will be once it is resumed.
    pub fn rollout_in_progress(&self) -> Option<&ReplicaSets> {
        self.replica_sets.as_ref().filter(|sets| !sets.is_rolled_out())
    }

    /// Returns the number of pods of earlier templates and of the latest. All are of earlier templates unless a rollout
    /// is in progress.
    pub fn pod_counts(&self) -> PodCounts {
        match self.rollout_in_progress() {
            Some(sets) => PodCounts { old: sets.old_pods(), new: sets.new_pods() },
            None => PodCounts { old: self.pods(), new: 0 },
        }
    }

    /// Returns the number of its pods.
    pub fn pods(&self) -> usize {
        let status = self.present.as_ref().map(|present| &present["status"]);
        let count = status.and_then(|status| {
            ["replicas", "currentNumberScheduled", "active"].iter().find_map(|field| status[*field].as_u64())
        });
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// Returns the objects that have to be created before its next pod: the workload itself where it does not exist yet, and
    /// what its controller creates between it and its pods.
    pub fn objects_before_pods(&self) -> Vec<Object> {
        let Manifest { kind, namespace, name, value, .. } = &self.manifest;
        let itself = new_object(kind, namespace, name, value).ok().filter(|_| self.is_new);
        let lacks_child = match &self.present {
            None => true,
            Some(_) if kind.kind == "CronJob" => true,
            Some(present) => match &self.replica_sets {
                Some(sets) => sets.new.is_none(),
                None => self.lacks_child(present),
            },
        };
        itself.into_iter().chain(child(&self.manifest).filter(|_| lacks_child)).collect()
    }

    /// Returns why its controller creates nothing more, where it is being deleted.
    pub fn end(&self) -> Option<String> {
        let Manifest { kind, name, .. } = &self.manifest;
        let is_ending = self.present.as_ref().is_some_and(is_being_deleted);
        is_ending
            .then(|| format!("{} {name} is being deleted: its controller creates nothing more", kind.kind))
    }

    /// Returns the refusal of the next object that is created for it, where its namespace is being deleted.
    pub fn refusal_while_terminating(&self) -> Option<Refusal> {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        let before = self.objects_before_pods();
        let (next, name) = match before.first() {
            Some(object) => (object.kind.clone(), object.name.clone()),
            None if kind.is("", "Pod") => (kind.clone(), name.clone()),
            None => (kind_of("", "Pod", "pods"), format!("{name}-*")),
        };
        self.snapshot.refusal_while_terminating(&next, namespace, &name)
    }

    /// Returns whether its controller has yet to create the ReplicaSet or ControllerRevision of its template.
    fn lacks_child(&self, present: &Value) -> bool {
        let (kind, objects) = (self.manifest.kind.kind.as_str(), self.snapshot.objects());
        let is_new =
            self.is_changed(present) || lacks_revision(kind, &self.manifest.namespace, present, objects);
        is_new && !has_revision_of(&self.manifest, objects)
    }

    /// Returns whether a rollout begins with a ReplicaSet or ControllerRevision: a restart does.
    pub fn lacks_child_of_rollout(&self) -> bool {
        !self.present.as_ref().is_some_and(|present| self.is_changed(present) && !self.lacks_child(present))
    }

    fn is_changed(&self, present: &Value) -> bool {
        let Manifest { kind, value, .. } = &self.manifest;
        differs(template(&kind.kind, value), template(&kind.kind, present))
    }

    /// Gives the workload in the cluster the template that its pods have.
    #[must_use]
    pub fn with_template_of_its_pods(mut self) -> Self {
        let Manifest { kind, namespace, .. } = &self.manifest;
        self.present = self.present.map(|present| {
            as_its_pods_are(&kind.kind, namespace, &present, self.snapshot.objects()).workload.into_owned()
        });
        self
    }

    /// Returns the number of its pods that wait for claims of generic ephemeral volumes, as far as the pods were read.
    pub fn pods_without_claims(&self) -> usize {
        let Some(present) = &self.present else { return 0 };
        let spec = &template(&self.manifest.kind.kind, present)["spec"];
        let volumes: Vec<_> = ephemeral_volumes(spec).map(|(name, _)| name).collect();
        if volumes.is_empty() {
            return 0;
        }
        let (namespace, claim_kind) = (&self.manifest.namespace, claim_templates::claim_kind());
        let lacks_claim = |pod: &str| {
            let exists = |volume: &&str| {
                let key = Key::new(&claim_kind, namespace, &format!("{pod}-{volume}"));
                self.snapshot.existing.contains_key(&key)
            };
            !volumes.iter().all(exists)
        };
        let first = Key::new(&kind_of("", "Pod", "pods"), namespace, "");
        let pods = self.snapshot.existing.range(&first..);
        let of_namespace =
            pods.take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
        let own = of_namespace.filter(|(_, pod)| terminating::is_pod_of(pod, present) && counts(pod));
        own.filter(|(key, _)| lacks_claim(&key.name)).count()
    }

    /// Releases what its pods are charged.
    pub fn release_pods(&self, simulator: &mut Simulator) {
        let Manifest { kind, namespace, name, .. } = &self.manifest;
        let present = self.present.as_ref().unwrap_or(&self.manifest.value);
        let Ok(facts) = template_pod(kind, template(&kind.kind, present)) else { return };
        let pod = simulator.filled_in(Object::pod(namespace, name, facts));
        simulator.release_all(&pod, u64::try_from(self.pods()).unwrap_or(u64::MAX));
    }

    /// Returns why it is not known whether anything bounds its pods, where that is so.
    pub fn doubt_about_bounds(&self) -> Option<&'static str> {
        let namespace = &self.manifest.namespace;
        if self.snapshot.without_quotas.contains(namespace) {
            return Some("no permission to list the ResourceQuotas of the namespace");
        }
        let lacks_ranges = self.snapshot.without_limit_ranges.contains(namespace);
        lacks_ranges.then_some("no permission to list the LimitRanges of the namespace")
    }

    /// Returns whether everything that decides could be read.
    pub fn is_complete(&self) -> bool {
        let namespace = &self.manifest.namespace;
        !self.snapshot.without_quotas.contains(namespace)
            && !self.snapshot.without_limit_ranges.contains(namespace)
            && !self.lacks_replica_sets()
    }

    /// Returns whether its ReplicaSets decide and could not be read.
    fn lacks_replica_sets(&self) -> bool {
        let needs = |present: &Value| needs_replica_sets(&self.manifest, present);
        self.replica_sets.is_none() && self.present.as_ref().is_some_and(needs)
    }

    /// Adds to what the answers do not cover that ReplicaSets are missing: without them the verdict is Unknown.
    pub fn note_missing_replica_sets(mut self) -> Self {
        if self.lacks_replica_sets() {
            let why = match self.snapshot.kinds_of_dump.is_empty() {
                true => "its ReplicaSets can't be listed",
                false => "the dump has no ReplicaSet",
            };
            let reason = format!("how far the rollout of Deployment {} is: {why}", self.manifest.name);
            self.unchecked.insert(0, reason);
        }
        self
    }
}

/// Returns whether a controller counts a pod.
fn counts(pod: &Value) -> bool {
    pod["metadata"]["deletionTimestamp"].is_null()
        && !matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed"))
}

pub(super) fn is_deployment(manifest: &Manifest) -> bool {
    manifest.kind.is("apps", "Deployment")
}

/// Returns whether the state of the workload's rollout is known only from its ReplicaSets.
pub fn needs_replica_sets(manifest: &Manifest, present: &Value) -> bool {
    is_deployment(manifest) && !is_rolled_out(present)
}
