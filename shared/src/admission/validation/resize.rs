//! Which changes of a running pod's resources are invalid (`ValidatePodResize`).

use crate::{
    admission::object::PodFacts,
    resources::{ContainerResources, Requirements, ResourceList},
};

/// Returns the complaints about a resize from `old` to `pod`. The defaults of LimitRanges, which are filled in again,
/// can invalidate a resize that changes only CPU and memory.
pub fn resize_complaints(pod: &PodFacts, old: &PodFacts) -> Vec<String> {
    let mut complaints = Vec::new();
    let before = if old.qos_class.is_empty() { old.qos_class() } else { &old.qos_class };
    if before != pod.qos_class() {
        complaints.push(format!(
            "spec: Invalid value: \"{before}\": Pod QOS Class may not change as a result of resizing"
        ));
    }
    let pairs = |new: &[ContainerResources], old: &[ContainerResources]| {
        let pairs = new.iter().zip(old).map(|(new, old)| (new.spec.clone(), old.spec.clone()));
        pairs.collect::<Vec<_>>()
    };
    for (new, old) in pairs(&pod.resources.containers, &old.resources.containers) {
        if other_than_compute(&new) != other_than_compute(&old) {
            complaints.push("spec: Forbidden: only cpu and memory resources are mutable".to_owned());
        }
    }
    // Since 1.36 plain init containers may be resized like sidecars.
    for (index, (new, old)) in
        pairs(&pod.resources.init_containers, &old.resources.init_containers).into_iter().enumerate()
    {
        if other_than_compute(&new) != other_than_compute(&old) {
            complaints.push(format!(
                "spec.initContainers[{index}]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable"
            ));
        }
    }
    complaints
}

fn other_than_compute(spec: &Requirements) -> (ResourceList, ResourceList) {
    let others = |list: &ResourceList| {
        let kept = list.iter().filter(|(name, _)| !matches!(name.as_str(), "cpu" | "memory"));
        kept.map(|(name, amount)| (name.clone(), amount.clone())).collect()
    };
    (others(&spec.requests), others(&spec.limits))
}
