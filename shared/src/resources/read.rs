//! Reads the requests and limits of a pod.

use super::{ContainerResources, Observed, PodResources, Requirements, ResourceList, raise_to_list};
use crate::model::wide_pod::{WideContainer, WideContainerStatus};
use crate::model::{Container, ContainerStatus, Pod, Quantities, ResourceRequirements, WidePod};
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
        let statuses: Vec<_> = status
            .container_statuses
            .iter()
            .chain(&status.init_container_statuses)
            .map(Status::from)
            .collect();
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
    /// Reads a wide pod as [`PodResources::from_pod`] does a slim one, with pod-level resources that a kubelet resizes in
    /// place: of what is wanted, allocated and in effect the greatest counts, as for the scheduler (`PodRequests` with
    /// `InPlacePodLevelResourcesVerticalScaling`).
    ///
    /// # Errors
    /// A text that is not a quantity.
    pub fn from_wide_pod(pod: &WidePod) -> Result<Self, ParseQuantityError> {
        let (spec, status) = (&pod.spec, &pod.status);
        let statuses: Vec<_> = status
            .container_statuses
            .iter()
            .chain(&status.init_container_statuses)
            .map(Status::from)
            .collect();
        let resizing = status.condition("PodResizePending");
        let resize_infeasible = resizing.is_some_and(|condition| condition.reason == "Infeasible");
        let mut pod_level = spec.resources.as_ref().map(requirements).transpose()?;
        if let (Some(level), Some(actual)) = (&mut pod_level, &status.resources) {
            let mut effective = if resize_infeasible { ResourceList::new() } else { level.requests.clone() };
            raise_to_list(&mut effective, &list(&actual.requests)?);
            raise_to_list(&mut effective, &list(&status.allocated_resources)?);
            for (name, amount) in &mut level.requests {
                *amount = effective.remove(name).unwrap_or_default();
            }
        }
        Ok(Self {
            containers: containers(&spec.containers, &statuses)?,
            init_containers: containers(&spec.init_containers, &statuses)?,
            pod_level,
            overhead: list(&spec.overhead)?,
            resize_infeasible,
            compares_containers: false,
        })
    }

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

/// A container of either pod.
struct Spec<'a> {
    name: &'a str,
    resources: &'a ResourceRequirements,
    restart_policy: Option<&'a str>,
}

/// The status of a container of either pod.
struct Status<'a> {
    name: &'a str,
    resources: Option<&'a ResourceRequirements>,
    allocated: &'a Quantities,
}

impl<'a> From<&'a Container> for Spec<'a> {
    fn from(one: &'a Container) -> Self {
        Self { name: &one.name, resources: &one.resources, restart_policy: one.restart_policy.as_deref() }
    }
}

impl<'a> From<&'a WideContainer> for Spec<'a> {
    fn from(one: &'a WideContainer) -> Self {
        Self { name: &one.name, resources: &one.resources, restart_policy: one.restart_policy.as_deref() }
    }
}

impl<'a> From<&'a ContainerStatus> for Status<'a> {
    fn from(one: &'a ContainerStatus) -> Self {
        Self { name: &one.name, resources: one.resources.as_ref(), allocated: &one.allocated_resources }
    }
}

impl<'a> From<&'a WideContainerStatus> for Status<'a> {
    fn from(one: &'a WideContainerStatus) -> Self {
        Self { name: &one.name, resources: one.resources.as_ref(), allocated: &one.allocated_resources }
    }
}

fn containers<'a, T>(
    containers: &'a [T],
    statuses: &[Status<'_>],
) -> Result<Vec<ContainerResources>, ParseQuantityError>
where
    Spec<'a>: From<&'a T>,
{
    containers.iter().map(|one| container(&one.into(), statuses)).collect()
}

/// Reads one container. Names are unique over regular and init containers; of duplicates the last counts, as in Go's map.
fn container(spec: &Spec<'_>, statuses: &[Status<'_>]) -> Result<ContainerResources, ParseQuantityError> {
    let status = statuses.iter().rfind(|status| status.name == spec.name);
    let observed = match status {
        Some(status) => Observed {
            actual: status.resources.map(requirements).transpose()?,
            allocated: list(status.allocated)?,
        },
        None => Observed::default(),
    };
    Ok(ContainerResources {
        name: spec.name.to_owned(),
        sidecar: spec.restart_policy == Some("Always"),
        spec: requirements(spec.resources)?,
        observed,
    })
}

fn requirements(texts: &ResourceRequirements) -> Result<Requirements, ParseQuantityError> {
    Ok(Requirements { requests: list(&texts.requests)?, limits: list(&texts.limits)? })
}

fn list(texts: &Quantities) -> Result<ResourceList, ParseQuantityError> {
    texts.iter().map(|(name, text)| Ok((name.clone(), Quantity::parse(text.as_str().trim())?))).collect()
}
