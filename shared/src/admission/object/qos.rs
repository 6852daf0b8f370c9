//! The QoS class of a pod (`ComputePodQOS` in `pkg/apis/core/helper/qos`).

use super::{super::version::Version, PodFacts};
use crate::resources::{Requirements, ResourceList, add_list};

impl PodFacts {
    /// Returns whether the pod is `BestEffort`, by its status, else by its resources.
    pub fn is_best_effort(&self) -> bool {
        match self.qos_class.as_str() {
            "" => self.qos_class(Version::default()) == "BestEffort",
            known => known == "BestEffort",
        }
    }

    /// Returns `Guaranteed`, `Burstable` or `BestEffort` by the pod's resources. Pod-level resources decide alone, before
    /// 1.37 even if there are none in them.
    pub fn qos_class(&self, version: Version) -> &'static str {
        let decides = |_: &&Requirements| self.has_pod_level() || !version.ignores_empty_pod_level();
        let (mut requests, mut limits) = (ResourceList::new(), ResourceList::new());
        let mut has_all_limits = true;
        let mut take = |spec: &Requirements| {
            let found = compute(&spec.limits);
            has_all_limits &= found.len() == 2;
            add_list(&mut limits, &found);
            add_list(&mut requests, &compute(&spec.requests));
        };
        match self.resources.pod_level.as_ref().filter(decides) {
            Some(level) if level.limits.is_empty() => add_list(&mut requests, &compute(&level.requests)),
            Some(level) => take(level),
            None => self.containers().for_each(|container| take(&container.spec)),
        }
        if requests.is_empty() && limits.is_empty() {
            return "BestEffort";
        }
        let is_equal = requests.len() == limits.len()
            && requests.iter().all(|(name, amount)| limits.get(name) == Some(amount));
        if has_all_limits && is_equal { "Guaranteed" } else { "Burstable" }
    }
}

/// Returns CPU and memory above zero, which alone decide the QoS class.
fn compute(list: &ResourceList) -> ResourceList {
    let counts = |name: &str| matches!(name, "cpu" | "memory");
    let kept = list.iter().filter(|(name, amount)| counts(name) && amount.is_positive());
    kept.map(|(name, amount)| (name.clone(), amount.clone())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Version;
    use crate::admission::{object::ObjectKind, read_object::object_for_tests as object};

    fn class(version: &str, spec: Value) -> &'static str {
        match object(json!({"apiVersion": "v1", "kind": "Pod", "spec": spec})).body {
            ObjectKind::Pod(pod) => pod.qos_class(Version::parse(version).unwrap()),
            _ => panic!("a pod is a pod"),
        }
    }

    #[test]
    fn empty_resources_of_the_whole_pod_hid_its_containers_before_1_37() {
        let spec = |whole: Value| json!({"resources": whole, "containers": [{"name": "a", "resources": {"requests": {"cpu": 1}}}]});
        assert_eq!(class("1.36", spec(json!({}))), "BestEffort");
        assert_eq!(class("1.37/1.36", spec(json!({}))), "BestEffort");
        assert_eq!(class("1.37", spec(json!({}))), "Burstable");
        let all = json!({"limits": {"cpu": 1, "memory": 1}, "requests": {"cpu": 1, "memory": 1}});
        for version in ["1.36", "1.37"] {
            assert_eq!(class(version, spec(all.clone())), "Guaranteed");
            assert_eq!(class(version, spec(json!({"requests": {"hugepages-2Mi": 1}}))), "BestEffort");
        }
    }
}
