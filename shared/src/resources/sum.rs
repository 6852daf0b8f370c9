//! Sums the requests and limits of a pod over its containers.

use super::{ContainerResources, PodResources, ResourceList, add_list, is_pod_level_resource, raise_to_list};

/// Whether the resources that the kubelet reported count beside the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The greatest counts, as for quotas and the scheduler.
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
        let spec: Spec = |container| &container.spec.requests;
        match observation {
            Observation::Ignored => self.aggregate(|container, _| spec(container).clone()),
            Observation::Counted if self.compares_containers => {
                self.greatest_by_container(spec, &[actual_requests, allocated_requests])
            }
            Observation::Counted => {
                let actual: Report = |container| actual_requests(container).or(allocated_requests(container));
                self.greatest_by_pod(spec, &[actual, allocated_requests])
            }
        }
    }

    /// Returns the limits of all containers together (`AggregateContainerLimits`).
    pub fn container_limits(&self, observation: Observation) -> ResourceList {
        let spec: Spec = |container| &container.spec.limits;
        match observation {
            Observation::Ignored => self.aggregate(|container, _| spec(container).clone()),
            Observation::Counted if self.compares_containers => {
                self.greatest_by_container(spec, &[actual_limits])
            }
            Observation::Counted => self.greatest_by_pod(spec, &[actual_limits]),
        }
    }

    /// Sums the greatest of spec and reports of each container. Reports of plain init containers do not count, nor do those
    /// that do not say what is in effect.
    fn greatest_by_container(&self, spec: Spec, reports: &[Report]) -> ResourceList {
        self.aggregate(|container, is_plain_init| {
            if is_plain_init || container.observed.actual.is_none() {
                return spec(container).clone();
            }
            let mut greatest =
                if self.resize_infeasible { ResourceList::new() } else { spec(container).clone() };
            for report in reports.iter().filter_map(|report| report(container)) {
                raise_to_list(&mut greatest, report);
            }
            greatest
        })
    }

    /// Returns the greatest of the sum of the specs and the sums of the reports. The spec stands for a container without
    /// a report, unless a resize is infeasible.
    fn greatest_by_pod(&self, spec: Spec, reports: &[Report]) -> ResourceList {
        let differs = |container: &ContainerResources| {
            reports.iter().filter_map(|report| report(container)).any(|report| report != spec(container))
        };
        let of_specs = || self.aggregate(|container, _| spec(container).clone());
        if !self.resize_infeasible && !self.containers.iter().chain(&self.init_containers).any(differs) {
            return of_specs();
        }
        let mut greatest = if self.resize_infeasible { ResourceList::new() } else { of_specs() };
        for report in reports {
            let sum = self.aggregate(|container, _| match report(container) {
                Some(report) => report.clone(),
                None if self.resize_infeasible => ResourceList::new(),
                None => spec(container).clone(),
            });
            raise_to_list(&mut greatest, &sum);
        }
        greatest
    }

    /// Sums containers and sidecars, which run together; an init container runs with the sidecars before it. The
    /// greatest sum counts. `amounts` takes whether the container is a plain init container.
    fn aggregate(&self, amounts: impl Fn(&ContainerResources, bool) -> ResourceList) -> ResourceList {
        let mut together = ResourceList::new();
        for container in &self.containers {
            add_list(&mut together, &amounts(container, false));
        }
        let mut sidecars = ResourceList::new();
        let mut starting = ResourceList::new();
        for container in &self.init_containers {
            let mut own = amounts(container, !container.sidecar);
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

/// Amounts of a container's spec.
type Spec = fn(&ContainerResources) -> &ResourceList;

/// Amounts that a kubelet reported of a container, where it did.
type Report = fn(&ContainerResources) -> Option<&ResourceList>;

fn allocated_requests(container: &ContainerResources) -> Option<&ResourceList> {
    Some(&container.observed.allocated).filter(|allocated| !allocated.is_empty())
}

fn actual_requests(container: &ContainerResources) -> Option<&ResourceList> {
    let actual = container.observed.actual.as_ref().map(|actual| &actual.requests);
    actual.filter(|requests| !requests.is_empty())
}

fn actual_limits(container: &ContainerResources) -> Option<&ResourceList> {
    let actual = container.observed.actual.as_ref().map(|actual| &actual.limits);
    actual.filter(|limits| !limits.is_empty())
}
