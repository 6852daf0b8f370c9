//! Reads the requests and limits of a pod.

use super::{ContainerResources, Observed, PodResources, Requirements, ResourceList};
use crate::model::{Container, ContainerStatus, Pod, Quantities, ResourceRequirements};
use crate::quantity::{ParseQuantityError, Quantity};

/// Returns whether pod-level requests and limits count for this resource (`IsSupportedPodLevelResource`).
pub fn is_pod_level_resource(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || name.starts_with("hugepages-")
}

impl PodResources {
    /// Reads a pod's quantities as they are written. [`PodResources::round_as_stored`] turns those of a manifest into
    /// what the server stores; those of a server are so already.
    ///
    /// # Errors
    /// A text that is not a quantity.
    pub fn from_pod(pod: &Pod) -> Result<Self, ParseQuantityError> {
        let (spec, status) = (&pod.spec, &pod.status);
        let containers = |containers: &[Container], statuses: &[&ContainerStatus]| {
            containers.iter().map(|one| container(one, statuses)).collect::<Result<Vec<_>, _>>()
        };
        // Names are unique over both; of duplicates the last counts, as in Go's map.
        let statuses: Vec<_> =
            status.container_statuses.iter().chain(&status.init_container_statuses).collect();
        let resizing = status.condition("PodResizePending");
        Ok(Self {
            containers: containers(&spec.containers, &statuses)?,
            init_containers: containers(&spec.init_containers, &statuses)?,
            pod_level: spec.resources.as_ref().map(requirements).transpose()?,
            overhead: list(&spec.overhead)?,
            resize_infeasible: resizing.is_some_and(|condition| condition.reason == "Infeasible"),
            compares_containers: false,
        })
    }
}

impl PodResources {
    /// Rounds every amount up to thousandths, as the API server does with what it is sent
    /// ([`Quantity::as_stored`]). It does so after it has filled in requests.
    pub fn round_as_stored(&mut self) {
        let containers = self.containers.iter_mut().chain(&mut self.init_containers).map(|one| &mut one.spec);
        let lists =
            containers.chain(&mut self.pod_level).flat_map(|spec| [&mut spec.requests, &mut spec.limits]);
        for amount in lists.chain([&mut self.overhead]).flat_map(ResourceList::values_mut) {
            *amount = amount.as_stored();
        }
    }
}

fn container(
    container: &Container,
    statuses: &[&ContainerStatus],
) -> Result<ContainerResources, ParseQuantityError> {
    let status = statuses.iter().rfind(|status| status.name == container.name);
    let observed = match status {
        Some(status) => Observed {
            actual: status.resources.as_ref().map(requirements).transpose()?,
            allocated: list(&status.allocated_resources)?,
        },
        None => Observed::default(),
    };
    Ok(ContainerResources {
        name: container.name.clone(),
        sidecar: container.restart_policy.as_deref() == Some("Always"),
        spec: requirements(&container.resources)?,
        observed,
    })
}

fn requirements(texts: &ResourceRequirements) -> Result<Requirements, ParseQuantityError> {
    Ok(Requirements { requests: list(&texts.requests)?, limits: list(&texts.limits)? })
}

fn list(texts: &Quantities) -> Result<ResourceList, ParseQuantityError> {
    texts.iter().map(|(name, text)| Ok((name.clone(), Quantity::parse(text.as_str().trim())?))).collect()
}
