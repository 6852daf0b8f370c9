//! How many pods an update may add and remove at a time (`ResolveFenceposts` in `pkg/controller/deployment/util`).

use serde_json::Value;

/// An update strategy, its percentages resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// All old pods are deleted first.
    Recreate,
    /// New pods are created while old ones are deleted.
    Rolling {
        /// Pods above the desired number.
        surge: usize,
        /// Pods that may be unavailable.
        unavailable: usize,
    },
}

impl Strategy {
    /// Returns how a workload of `pods` pods is updated; `None` for kinds that have no rollout, and for `OnDelete`.
    pub fn for_workload(kind: &str, workload: &Value, pods: usize) -> Option<Self> {
        match kind {
            "Deployment" => Some(Self::for_deployment(workload, pods)),
            "DaemonSet" => Self::for_daemon_set(workload, pods),
            "StatefulSet" => Self::for_stateful_set(workload, pods),
            _ => None,
        }
    }

    /// Returns the strategy of a Deployment of this many replicas.
    pub fn for_deployment(deployment: &Value, replicas: usize) -> Self {
        let strategy = &deployment["spec"]["strategy"];
        if strategy["type"] == "Recreate" {
            return Self::Recreate;
        }
        let rolling = &strategy["rollingUpdate"];
        let surge = resolve(&rolling["maxSurge"], replicas, true, "25%");
        let unavailable = resolve(&rolling["maxUnavailable"], replicas, false, "25%");
        // With both at zero, as percentages may resolve, no rollout could proceed.
        Self::Rolling { surge, unavailable: if surge == 0 && unavailable == 0 { 1 } else { unavailable } }
    }

    /// Returns the strategy of a StatefulSet, which deletes pods before it creates their successors; `None` for `OnDelete`,
    /// which replaces no pod by itself. Percentages are rounded down (`getStatefulSetMaxUnavailable` in
    /// `pkg/controller/statefulset`).
    pub fn for_stateful_set(set: &Value, replicas: usize) -> Option<Self> {
        let strategy = &set["spec"]["updateStrategy"];
        if strategy["type"] == "OnDelete" {
            return None;
        }
        let unavailable = resolve(&strategy["rollingUpdate"]["maxUnavailable"], replicas, false, "1");
        Some(Self::Rolling { surge: 0, unavailable: unavailable.max(1) })
    }

    /// Returns the strategy of a DaemonSet; `None` for `OnDelete`, which replaces no pod by itself.
    pub fn for_daemon_set(set: &Value, nodes: usize) -> Option<Self> {
        let strategy = &set["spec"]["updateStrategy"];
        if strategy["type"] == "OnDelete" {
            return None;
        }
        let rolling = &strategy["rollingUpdate"];
        let surge = resolve(&rolling["maxSurge"], nodes, true, "0");
        let unavailable = resolve(&rolling["maxUnavailable"], nodes, true, "1");
        Some(Self::Rolling { surge, unavailable: if surge == 0 { unavailable.max(1) } else { unavailable } })
    }
}

/// Resolves a number, or a percentage of `total`.
fn resolve(value: &Value, total: usize, up: bool, default: &str) -> usize {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => default.to_owned(),
    };
    match text.strip_suffix('%') {
        Some(percent) => {
            let product = percent.parse::<usize>().unwrap_or(0).saturating_mul(total);
            if up { product.div_ceil(100) } else { product / 100 }
        }
        None => text.parse().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Strategy;

    #[test]
    fn percentages_round_apart() {
        let strategy = |replicas| Strategy::for_deployment(&json!({}), replicas);
        assert_eq!(strategy(1), Strategy::Rolling { surge: 1, unavailable: 0 });
        assert_eq!(strategy(3), Strategy::Rolling { surge: 1, unavailable: 0 });
        assert_eq!(strategy(4), Strategy::Rolling { surge: 1, unavailable: 1 });
        assert_eq!(strategy(10), Strategy::Rolling { surge: 3, unavailable: 2 });
        assert_eq!(strategy(0), Strategy::Rolling { surge: 0, unavailable: 1 });
        let none = json!({"spec": {"strategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": "10%"}}}});
        assert_eq!(Strategy::for_deployment(&none, 3), Strategy::Rolling { surge: 0, unavailable: 1 });
        let recreate = json!({"spec": {"strategy": {"type": "Recreate"}}});
        assert_eq!(Strategy::for_deployment(&recreate, 3), Strategy::Recreate);
    }

    #[test]
    fn stateful_sets_replace_several_pods_at_a_time_or_none() {
        let strategy = |update: serde_json::Value| {
            Strategy::for_workload("StatefulSet", &json!({"spec": {"updateStrategy": update}}), 5)
        };
        let rolling = |unavailable| Some(Strategy::Rolling { surge: 0, unavailable });
        assert_eq!(strategy(json!(null)), rolling(1));
        assert_eq!(strategy(json!({"rollingUpdate": {"maxUnavailable": 3}})), rolling(3));
        assert_eq!(strategy(json!({"rollingUpdate": {"maxUnavailable": "50%"}})), rolling(2));
        assert_eq!(strategy(json!({"rollingUpdate": {"maxUnavailable": "10%"}})), rolling(1));
        assert_eq!(strategy(json!({"type": "OnDelete"})), None);
    }
}
