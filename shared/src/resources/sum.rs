//! Sums the requests and limits of a pod over its containers.

use super::{ContainerResources, PodResources, ResourceList, add_list, is_pod_level_resource, raise_to_list};

/// Whether the resources that the kubelet reported count beside the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The greater of the two counts, as for quotas and the scheduler.
    Counted,
    /// The spec alone counts, as for validation and LimitRanges.
    Ignored,
}

impl PodResources {
    /// Returns the requests that quotas charge (`PodRequests`): containers, pod level in their place, overhead.
    pub fn requests(&self) -> ResourceList {
        let mut requests = self.container_requests(Observation::Counted);
        for (name, amount) in self.pod_level.iter().flat_map(|level| &level.requests) {
            if is_pod_level_resource(name) {
                requests.insert(name.clone(), amount.clone());
            }
        }
        add_list(&mut requests, &self.overhead);
        requests
    }

    /// Returns the limits that quotas charge (`PodLimits`). Overhead is added to what has a limit above zero only: a
    /// limit of zero is none.
    pub fn limits(&self) -> ResourceList {
        let mut limits = self.container_limits(Observation::Counted);
        for (name, amount) in self.pod_level.iter().flat_map(|level| &level.limits) {
            if is_pod_level_resource(name) {
                limits.insert(name.clone(), amount.clone());
            }
        }
        for (name, overhead) in &self.overhead {
            if let Some(limit) = limits.get_mut(name).filter(|limit| !limit.is_zero()) {
                *limit += overhead;
            }
        }
        limits
    }

    /// Returns the requests of all containers together (`AggregateContainerRequests`).
    pub fn container_requests(&self, observation: Observation) -> ResourceList {
        self.aggregate(|container, observed| match &container.observed {
            Some(reported) if observed && observation == Observation::Counted => {
                let mut requests = if self.resize_infeasible {
                    ResourceList::new()
                } else {
                    container.spec.requests.clone()
                };
                raise_to_list(&mut requests, &reported.actual.requests);
                raise_to_list(&mut requests, &reported.allocated);
                requests
            }
            _ => container.spec.requests.clone(),
        })
    }

    /// Returns the limits of all containers together (`AggregateContainerLimits`).
    pub fn container_limits(&self, observation: Observation) -> ResourceList {
        self.aggregate(|container, observed| match &container.observed {
            Some(reported) if observed && observation == Observation::Counted => {
                let mut limits =
                    if self.resize_infeasible { ResourceList::new() } else { container.spec.limits.clone() };
                raise_to_list(&mut limits, &reported.actual.limits);
                limits
            }
            _ => container.spec.limits.clone(),
        })
    }

    /// Sums containers and sidecars, which run together; an init container runs with the sidecars before it. The
    /// greatest sum counts. `amounts` takes whether the kubelet's report counts, which it does not for plain init
    /// containers.
    fn aggregate(&self, amounts: impl Fn(&ContainerResources, bool) -> ResourceList) -> ResourceList {
        let mut together = ResourceList::new();
        for container in &self.containers {
            add_list(&mut together, &amounts(container, true));
        }
        let mut sidecars = ResourceList::new();
        let mut starting = ResourceList::new();
        for container in &self.init_containers {
            let mut own = amounts(container, container.sidecar);
            if container.sidecar {
                add_list(&mut together, &own);
                add_list(&mut sidecars, &own);
                raise_to_list(&mut starting, &sidecars);
            } else {
                add_list(&mut own, &sidecars);
                raise_to_list(&mut starting, &own);
            }
        }
        raise_to_list(&mut together, &starting);
        together
    }
}
