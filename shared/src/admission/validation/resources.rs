//! Which requests and limits the API server calls invalid, in its words (`pkg/apis/core/validation`).
//!
//! Only resources are validated. The server iterates over maps in random order: several complaints about one container
//! come in any order there, by name here.

use super::name::{container_name_complaints, is_extended};
use crate::{
    quantity::Quantity,
    resources::{
        ContainerResources, Observation, PodResources, Requirements, ResourceList, is_pod_level_resource,
    },
};

/// Returns the complaints about a pod's or a template's resources; `path` leads to the `PodSpec`
/// (`spec.template.spec`).
pub fn resource_complaints(pod: &PodResources, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (field, containers) in [("containers", &pod.containers), ("initContainers", &pod.init_containers)] {
        for (index, container) in containers.iter().enumerate() {
            complaints.extend(container_complaints(container, &format!("{path}.{field}[{index}]")));
        }
    }
    complaints.extend(pod_level_complaints(pod, path));
    complaints
}

/// Returns the complaints about the resources of the container at `path`.
pub(super) fn container_complaints(container: &ContainerResources, path: &str) -> Vec<String> {
    requirement_complaints(&container.spec, &format!("{path}.resources"), Level::Container)
}

/// Returns the complaints about the resources of the whole pod.
pub(super) fn pod_level_complaints(pod: &PodResources, path: &str) -> Vec<String> {
    let Some(level) = &pod.pod_level else { return Vec::new() };
    let path = format!("{path}.resources");
    let mut complaints = requirement_complaints(level, &path, Level::Pod);
    complaints.extend(consistency_complaints(pod, level, &path));
    complaints
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Container,
    Pod,
}

/// Validates requests and limits (`validateResourceRequirements`).
fn requirement_complaints(requirements: &Requirements, path: &str, level: Level) -> Vec<String> {
    let Requirements { requests, limits } = requirements;
    let mut complaints = Vec::new();
    for (name, limit) in limits {
        complaints.extend(amount_complaints(name, limit, &format!("{path}.limits[{name}]"), level));
    }
    for (name, request) in requests {
        let key = format!("{path}.requests[{name}]");
        complaints.extend(name_complaints(name, &key, level));
        complaints.extend(value_complaints(name, request, &key));
        match limits.get(name) {
            Some(limit) if request != limit && !is_overcommitted(name) => complaints.push(format!(
                "{path}.requests: Invalid value: \"{request}\": must be equal to {name} limit of {limit}"
            )),
            Some(limit) if request > limit => complaints.push(format!(
                "{path}.requests: Invalid value: \"{request}\": must be less than or equal to {name} limit of {limit}"
            )),
            None if !is_overcommitted(name) => complaints.push(format!(
                "{path}.limits: Required value: Limit must be set for non overcommitable resources"
            )),
            _ => {}
        }
        complaints.extend(huge_page_complaint(name, request, &key));
    }
    let names = || requests.keys().chain(limits.keys());
    let computes = names().any(|name| matches!(name.as_str(), "cpu" | "memory"));
    if !computes && names().any(|name| name.starts_with("hugepages-")) {
        complaints.push(format!("{path}: Forbidden: HugePages require cpu or memory"));
    }
    complaints
}

fn amount_complaints(name: &str, amount: &Quantity, path: &str, level: Level) -> Vec<String> {
    let mut complaints = name_complaints(name, path, level);
    complaints.extend(value_complaints(name, amount, path));
    complaints.extend(huge_page_complaint(name, amount, path));
    complaints
}

/// Validates the name of a resource.
fn name_complaints(name: &str, path: &str, level: Level) -> Vec<String> {
    match level {
        Level::Container => container_name_complaints(name, path),
        Level::Pod if is_pod_level_resource(name) => Vec::new(),
        Level::Pod => vec![format!(
            "{path}: Unsupported value: \"{name}\": supported values: \"cpu\", \"hugepages-\", \"memory\""
        )],
    }
}

/// Validates an amount (`ValidateResourceQuantityValue`).
fn value_complaints(name: &str, amount: &Quantity, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if amount.is_negative() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be greater than or equal to 0"));
    }
    if is_extended(name) && !amount.is_integer_to_the_server() {
        complaints.push(format!("{path}: Invalid value: \"{amount}\": must be an integer"));
    }
    complaints
}

/// Validates an amount of huge pages (`IsHugePageResourceValueDivisible`).
fn huge_page_complaint(name: &str, amount: &Quantity, path: &str) -> Option<String> {
    let size = Quantity::parse(name.strip_prefix("hugepages-")?).ok();
    let size = size.filter(|size| size.is_positive() && size.is_integer_to_the_server());
    let divisible = match (size.and_then(|size| size.value_ceil()), amount.value_ceil()) {
        (Some(size), Some(amount)) => amount % size == 0,
        _ => false,
    };
    (!divisible).then(|| {
        format!("{path}: Invalid value: \"{amount}\": {amount} is not positive integer multiple of {name}")
    })
}

/// Returns whether limits of this resource may exceed requests (`IsOvercommitAllowed`).
pub(super) fn is_overcommitted(name: &str) -> bool {
    (!name.contains('/') || name.contains("kubernetes.io/")) && !name.starts_with("hugepages-")
}

/// Checks pod-level resources against those of the containers (`validatePodResourceConsistency`).
fn consistency_complaints(pod: &PodResources, level: &Requirements, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let above = |sum: &ResourceList, pod_amount: &ResourceList| {
        let pairs = sum
            .iter()
            .filter_map(|(name, sum)| Some((name.clone(), sum.clone(), pod_amount.get(name)?.clone())));
        pairs.filter(|(_, sum, pod_amount)| sum > pod_amount).collect::<Vec<_>>()
    };
    for (name, sum, pod_amount) in above(&pod.container_requests(Observation::Ignored), &level.requests) {
        complaints.push(format!(
            "{path}.requests[{name}]: Invalid value: \"{pod_amount}\": must be greater than or equal to aggregate container requests of {sum}"
        ));
    }
    for (name, sum, pod_amount) in above(&pod.container_limits(Observation::Ignored), &level.limits) {
        if name.starts_with("hugepages-") {
            complaints.push(format!(
                "{path}.limits[{name}]: Invalid value: \"{pod_amount}\": must be greater than or equal to aggregate container limits of {sum}"
            ));
        }
    }
    for (index, container) in pod.containers.iter().enumerate() {
        for (name, limit, pod_amount) in above(&container.spec.limits, &level.limits) {
            complaints.push(format!(
                "{path}.containers[{index}][{name}].limits: Invalid value: \"{limit}\": must be less than or equal to pod limits of {pod_amount}"
            ));
        }
    }
    complaints
}
