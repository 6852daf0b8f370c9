//! What a pod takes in memory while it waits to be looked at: lists have hundreds of thousands of them.

use super::{VolumeSource, WideContainerStatus, WidePod};

/// Conditions that say no more than `Ready` and `PodScheduled` do.
const IMPLIED: [&str; 3] = ["ContainersReady", "Initialized", "PodReadyToStartContainers"];

impl WidePod {
    /// Forgets what decides nothing, and gives back what lists have reserved: volumes of which nothing but the name is
    /// known, conditions that others imply, and states of containers that run with the resources of their spec.
    pub fn compact(&mut self) {
        let spec = &mut self.spec;
        spec.volumes.retain(|volume| volume.source != VolumeSource::default());
        for (statuses, containers) in [
            (&mut self.status.container_statuses, &spec.containers),
            (&mut self.status.init_container_statuses, &spec.init_containers),
        ] {
            for status in statuses.iter_mut() {
                let own = containers.iter().find(|container| container.name == status.name);
                let is_same = own.is_some_and(|own| {
                    let requests = &own.resources.requests;
                    status.resources.as_ref() == Some(&own.resources)
                        && (status.allocated_resources.is_empty() || status.allocated_resources == *requests)
                });
                if is_same {
                    status.resources = None;
                    status.allocated_resources.clear();
                }
            }
            statuses.retain(says_something);
            statuses.shrink_to_fit();
        }
        self.status.conditions.retain(|condition| !IMPLIED.contains(&condition.kind.as_str()));
        self.status.conditions.shrink_to_fit();
        for container in spec.containers.iter_mut().chain(&mut spec.init_containers) {
            container.ports.shrink_to_fit();
        }
        spec.containers.shrink_to_fit();
        spec.init_containers.shrink_to_fit();
        spec.volumes.shrink_to_fit();
        spec.tolerations.shrink_to_fit();
        spec.topology_spread_constraints.shrink_to_fit();
        self.metadata.owner_references.shrink_to_fit();
    }
}

fn says_something(status: &WideContainerStatus) -> bool {
    status.resources.is_some()
        || !status.allocated_resources.is_empty()
        || status.state.waiting.is_some()
        || status.state.terminated.is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_decides_stays() {
        let resources = json!({"requests": {"cpu": "1"}, "limits": {"cpu": "2"}});
        let grown = json!({"requests": {"cpu": "2"}, "limits": {"cpu": "2"}});
        let mut pod: WidePod = serde_json::from_value(json!({
            "spec": {
                "volumes": [{"name": "token", "projected": {}}, {"name": "data", "emptyDir": {}}],
                "containers": [{"name": "same", "resources": resources}, {"name": "resized", "resources": resources},
                    {"name": "waits", "resources": resources}],
            },
            "status": {
                "conditions": [{"type": "Initialized", "status": "True"}, {"type": "Ready", "status": "True"}],
                "containerStatuses": [
                    {"name": "same", "resources": resources, "allocatedResources": {"cpu": "1"}, "state": {"running": {}}},
                    {"name": "resized", "resources": grown, "allocatedResources": {"cpu": "2"}},
                    {"name": "waits", "resources": resources, "state": {"waiting": {"reason": "CrashLoopBackOff"}}},
                ],
            },
        }))
        .unwrap();
        let requests = crate::resources::PodResources::from_wide_pod(&pod).unwrap().requests();
        pod.compact();
        assert_eq!(crate::resources::PodResources::from_wide_pod(&pod).unwrap().requests(), requests);
        let names = |statuses: &[WideContainerStatus]| {
            statuses.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(&pod.status.container_statuses), ["resized", "waits"]);
        assert_eq!(pod.spec.volumes.len(), 1);
        assert!(pod.is_ready() && pod.status.conditions.len() == 1);
    }
}
