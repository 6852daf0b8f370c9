//! Which budgets select a pod (`getPodDisruptionBudgets` in `pkg/registry/core/pod/storage/eviction.go`).

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    model::{PodDisruptionBudget, WidePod},
    selector::labels::CompiledSelector,
};

/// The budgets of a cluster by namespace, ready to be matched with pods.
#[derive(Debug, Default)]
pub struct GoverningBudgets {
    by_namespace: BTreeMap<String, Vec<(usize, CompiledSelector)>>,
    unread: BTreeSet<String>,
    all_unread: bool,
}

impl GoverningBudgets {
    /// Prepares the budgets. `unread` are the namespaces whose budgets could not be read; none where all of the cluster
    /// could not.
    pub fn new(budgets: &[PodDisruptionBudget], unread: Option<&BTreeSet<String>>) -> Self {
        let mut by_namespace: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (index, budget) in budgets.iter().enumerate() {
            // An absent selector selects nothing, an empty one everything; one that can't be parsed is ignored.
            let selector = budget.spec.selector.as_ref().and_then(CompiledSelector::new);
            if let Some(selector) = selector {
                by_namespace.entry(budget.metadata.namespace.clone()).or_default().push((index, selector));
            }
        }
        Self { by_namespace, unread: unread.cloned().unwrap_or_default(), all_unread: unread.is_none() }
    }

    /// Returns the indices of the budgets that select a pod; none where those of its namespace are not known.
    pub fn of(&self, pod: &WidePod) -> Option<Vec<usize>> {
        let namespace = &pod.metadata.namespace;
        if self.all_unread || self.unread.contains(namespace) {
            return None;
        }
        let budgets = self.by_namespace.get(namespace);
        let labels = &pod.metadata.labels;
        let selecting = budgets.into_iter().flatten().filter(|(_, selector)| selector.matches(labels));
        Some(selecting.map(|(index, _)| *index).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn budget(namespace: &str, selector: Value) -> PodDisruptionBudget {
        let value =
            json!({"metadata": {"name": "b", "namespace": namespace}, "spec": {"selector": selector}});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn an_empty_selector_selects_all_of_its_namespace_and_none_nothing() {
        let budgets = [
            budget("a", json!({})),
            budget("a", Value::Null),
            budget("a", json!({"matchLabels": {"app": "web"}})),
            budget("a", json!({"matchLabels": {"app": "db"}})),
            budget("b", json!({"matchLabels": {"app": "web"}})),
            budget("a", json!({"matchExpressions": [{"key": "app", "operator": "Near", "values": ["x"]}]})),
        ];
        let governing = GoverningBudgets::new(&budgets, Some(&BTreeSet::from(["secret".to_owned()])));
        let of = |namespace: &str| {
            let pod = json!({"metadata": {"name": "p", "namespace": namespace, "labels": {"app": "web"}}});
            governing.of(&serde_json::from_value(pod).unwrap())
        };
        assert_eq!(of("a"), Some(vec![0, 2]));
        assert_eq!(of("b"), Some(vec![4]));
        assert_eq!(of("c"), Some(vec![]));
        assert_eq!(of("secret"), None);
        let unknown = GoverningBudgets::new(&[], None);
        assert_eq!(unknown.of(&WidePod::default()), None);
    }
}
