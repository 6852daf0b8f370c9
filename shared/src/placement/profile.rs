//! What a placed pod means to others: pods of one template share it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use super::distinguishing_labels::without_distinguishing_labels;
use super::host_ports::{self, HostPort};
use super::label_selector::Labels;
use super::pod_term::PodTerm;
use super::resource_names::ResourceNames;
use super::storage::{Attachable, Storage, claim_names};
use super::topology::Topologies;
use crate::model::WidePod;
use crate::model::wide_pod::PodRelation;
use crate::quantity::ParseQuantityError;
use crate::resources::PodResources;

/// A profile, by number.
pub(super) type ProfileId = usize;

/// A placed pod without its name.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) namespace: Arc<str>,
    pub(super) labels: Labels,
    pub(super) priority: i32,
    /// By resource number.
    pub(super) requests: Vec<i64>,
    pub(super) ports: Vec<HostPort>,
    /// Its required anti-affinity, which keeps others away.
    pub(super) anti_affinity: Vec<PodTerm>,
    /// The claims that it mounts.
    pub(super) claims: Vec<String>,
    /// The volumes that its node attaches for it.
    pub(super) attachable: Vec<Attachable>,
}

/// Returns a pod's required anti-affinity.
pub(super) fn anti_affinity(pod: &WidePod) -> Option<&PodRelation> {
    pod.spec.affinity.as_ref()?.pod_anti_affinity.as_ref()
}

impl Profile {
    pub(super) fn new(
        pod: &WidePod,
        distinguishing: bool,
        resources: &mut ResourceNames,
        topologies: &mut Topologies,
        storage: &Storage,
    ) -> Result<Self, ParseQuantityError> {
        let namespace: Arc<str> = pod.metadata.namespace.as_str().into();
        let requests = PodResources::from_wide_pod(pod)?.requests();
        Ok(Self {
            labels: labels(pod, distinguishing).map(|(key, value)| (key.clone(), value.clone())).collect(),
            priority: pod.spec.priority.unwrap_or(0),
            requests: resources.amounts(&requests),
            ports: host_ports::of_pod(&pod.spec),
            anti_affinity: PodTerm::all(anti_affinity(pod), &namespace, topologies),
            claims: claim_names(&pod.spec),
            attachable: storage.attachable_volumes(pod),
            namespace,
        })
    }
}

/// Returns the labels of a pod that may decide, with or without those that number it.
fn labels(pod: &WidePod, distinguishing: bool) -> impl Iterator<Item = (&String, &String)> {
    let all = pod.metadata.labels.iter().filter(move |_| distinguishing);
    let shared = without_distinguishing_labels(&pod.metadata.labels).filter(move |_| !distinguishing);
    all.chain(shared)
}

/// Returns a digest of everything a profile is made of. 128 bits: two pods that differ never share it in practice.
pub(super) fn digest(pod: &WidePod, distinguishing: bool) -> u128 {
    let mut hasher = Xxh3::new();
    let (spec, status) = (&pod.spec, &pod.status);
    (&pod.metadata.namespace, spec.priority).hash(&mut hasher);
    labels(pod, distinguishing).for_each(|label| label.hash(&mut hasher));
    hasher.write_u8(0);
    for containers in [&spec.containers, &spec.init_containers] {
        hasher.write_usize(containers.len());
        for container in containers {
            (&container.name, &container.resources, &container.restart_policy, &container.ports)
                .hash(&mut hasher);
        }
    }
    (&spec.resources, &spec.overhead, anti_affinity(pod)).hash(&mut hasher);
    for volume in &spec.volumes {
        let claim = volume.source.persistent_volume_claim.as_ref().map(|claim| &claim.claim_name);
        // The claim of an ephemeral volume is the pod's own.
        let ephemeral = volume.source.ephemeral.as_ref().map(|_| (&pod.metadata.name, &volume.name));
        if claim.is_some() || ephemeral.is_some() {
            (claim, ephemeral).hash(&mut hasher);
        }
    }
    for container in status.container_statuses.iter().chain(&status.init_container_statuses) {
        if container.resources.is_some() {
            (&container.name, &container.resources, &container.allocated_resources).hash(&mut hasher);
        }
    }
    (&status.resources, &status.allocated_resources).hash(&mut hasher);
    let resizing = status.condition("PodResizePending");
    resizing.is_some_and(|condition| condition.reason == "Infeasible").hash(&mut hasher);
    hasher.digest128()
}

/// Returns a digest of everything that decides about a pod that is to be scheduled.
pub(super) fn kind(pod: &WidePod, distinguishing: bool) -> u128 {
    let mut hasher = Xxh3::new();
    let spec = &pod.spec;
    (digest(pod, distinguishing), &spec.tolerations, &spec.node_selector, &spec.affinity).hash(&mut hasher);
    (&spec.topology_spread_constraints, &spec.preemption_policy, &spec.scheduler_name).hash(&mut hasher);
    (spec.scheduling_gates.len(), spec.resource_claims.len(), spec.scheduling_group.is_some())
        .hash(&mut hasher);
    hasher.digest128()
}
