//! Creates many sets of alike objects at the cost of a few: how many fit is computed, not tried.

use super::{
    object::Object,
    simulator::{Outcome, Simulator},
};

impl Simulator {
    /// Creates up to `count` sets of objects like these, all of one namespace, and returns how many are admitted whole. Of a
    /// set that is refused in part nothing is charged.
    pub fn create_sets(&mut self, set: &[Object], count: usize) -> usize {
        let mut created = 0;
        while created < count && self.create_set(set).is_none() {
            created += 1;
            let left = u64::try_from(count - created).unwrap_or(u64::MAX);
            let set: Vec<_> = set.iter().map(|object| self.filled_in(object.clone())).collect();
            let more = self.remaining_sets(&set).map_or(left, |capacity| capacity.min(left));
            set.iter().for_each(|object| self.charge_all(object, more));
            created += usize::try_from(more).unwrap_or(usize::MAX);
        }
        created
    }

    /// Creates one set of objects of one namespace, each beside those before it. If one is refused, returns its outcome, and
    /// charges nothing.
    pub fn create_set(&mut self, set: &[Object]) -> Option<Outcome> {
        let namespace = set.first()?.namespace.clone();
        let before = self.namespaces.get(&namespace).cloned();
        for object in set {
            match self.create(object.clone()) {
                Outcome::Admitted => {}
                refused => {
                    if let Some(before) = before {
                        self.namespaces.insert(namespace, before);
                    }
                    return Some(refused);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::{ClusterFacts, read_object::object_for_tests};
    use crate::admission::{NamespaceFacts, quota_facts::QuotaFacts, simulator::Simulator};

    /// Returns a simulator of the namespace `team` with one quota.
    fn simulator(hard: serde_json::Value) -> Simulator {
        let used: BTreeMap<_, _> = hard.as_object().unwrap().keys().map(|name| (name.clone(), "0")).collect();
        let quota = json!({
            "metadata": {"name": "q", "namespace": "team"},
            "spec": {"hard": hard}, "status": {"hard": hard, "used": used},
        });
        let quota = QuotaFacts::new(serde_json::from_value(quota).unwrap()).unwrap();
        let rules = NamespaceFacts { quotas: vec![quota], ..NamespaceFacts::default() };
        Simulator::for_namespace("team", rules, ClusterFacts::default())
    }

    fn object(kind: &str, requests: serde_json::Value) -> super::Object {
        let spec = match kind {
            "Pod" => {
                json!({"containers": [{"name": "c", "image": "c", "resources": {"requests": requests}}]})
            }
            _ => json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": requests}}),
        };
        object_for_tests(
            json!({"apiVersion": "v1", "kind": kind, "metadata": {"generateName": "x-"}, "spec": spec}),
        )
    }

    fn used(simulator: &Simulator, name: &str) -> String {
        let quota = &simulator.namespaces["team"].quotas[0];
        quota.used.get(name).map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn only_whole_sets_are_charged() {
        let mut simulator = simulator(json!({"pods": "9", "requests.storage": "10Gi"}));
        let set = [
            object("Pod", json!({"cpu": "1"})),
            object("PersistentVolumeClaim", json!({"storage": "3Gi"})),
            object("PersistentVolumeClaim", json!({"storage": "1Gi"})),
        ];
        assert_eq!(simulator.create_sets(&set, 5), 2);
        assert_eq!(
            (used(&simulator, "pods"), used(&simulator, "requests.storage")),
            ("2".into(), "8Gi".into())
        );
        assert_eq!(simulator.create_sets(&set[2..], 5), 2);
        assert_eq!(simulator.create_sets(&set[..1], 3), 3);
        assert_eq!(used(&simulator, "pods"), "5");
    }

    #[test]
    fn as_many_are_admitted_as_one_by_one() {
        for (hard, request) in [("1", "300m"), ("1001m", "1m"), ("2", "0"), ("0", "1n"), ("1", "333333u")] {
            let mut at_once = simulator(json!({"requests.cpu": hard, "pods": "1500"}));
            let mut single = at_once.clone();
            let set = [object("Pod", json!({"cpu": request}))];
            let one_by_one = (0..2000).take_while(|_| single.create_set(&set).is_none()).count();
            assert_eq!(at_once.create_sets(&set, 2000), one_by_one, "{hard} {request}");
            assert_eq!(used(&at_once, "requests.cpu"), used(&single, "requests.cpu"), "{hard} {request}");
        }
    }

    #[test]
    fn ten_million_cost_no_more_than_ten() {
        let mut simulator = simulator(json!({"requests.cpu": "2G"}));
        let set = [object("Pod", json!({"cpu": "1m"}))];
        assert_eq!(simulator.create_sets(&set, 2_147_483_647), 2_147_483_647);
        assert_eq!(used(&simulator, "requests.cpu"), "2147483647m");
    }
}
