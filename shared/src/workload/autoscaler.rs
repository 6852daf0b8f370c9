//! HorizontalPodAutoscalers: which workload they target, and their maximum.

use serde_json::Value;

use crate::{
    manifest::{Manifest, json::number},
    model::kind::{Kind, kind_of},
};

/// Returns the kind of a HorizontalPodAutoscaler.
pub fn autoscaler_kind() -> Kind {
    let kind = kind_of("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    Kind { version: "v2".to_owned(), ..kind }
}

/// Returns whether a HorizontalPodAutoscaler can scale workloads of a kind.
pub fn is_scalable(kind: &Kind) -> bool {
    let scalable = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];
    scalable.contains(&kind.kind.as_str()) && kind.pod_spec_path().is_some()
}

/// Returns the `maxReplicas` of a HorizontalPodAutoscaler for this workload; `None` if it targets another one.
pub fn max_replicas_for(autoscaler: &Value, kind: &str, name: &str) -> Option<usize> {
    let target = &autoscaler["spec"]["scaleTargetRef"];
    let is_target = target["kind"] == *kind && target["name"] == *name;
    let max = autoscaler["spec"]["maxReplicas"].as_u64().unwrap_or(0);
    is_target.then(|| usize::try_from(max).unwrap_or(usize::MAX))
}

/// Returns the workload with as many replicas as its HorizontalPodAutoscalers demand at least, metrics or not; `None` where it
/// has as many. One with 0 replicas is left alone (`reconcileAutoscaler` in `pkg/controller/podautoscaler`).
pub fn with_min_replicas<'a>(
    workload: &Manifest,
    autoscalers: impl IntoIterator<Item = &'a Value>,
) -> Option<Manifest> {
    let Manifest { kind, name, value, .. } = workload;
    if !is_scalable(kind) {
        return None;
    }
    let targets = autoscalers.into_iter().filter(|one| max_replicas_for(one, &kind.kind, name).is_some());
    let min = targets.map(|one| number(&one["spec"]["minReplicas"], 1)).max()?;
    let replicas = number(&value["spec"]["replicas"], 1);
    if replicas == 0 || replicas >= min {
        return None;
    }
    let mut value = value.clone();
    value["spec"]["replicas"] = Value::from(min);
    Some(Manifest { value, ..workload.clone() })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::with_min_replicas;
    use crate::{manifest::Manifest, model::kind::kind_of};

    #[test]
    fn a_minimum_raises_replicas_and_wakes_nothing_that_is_scaled_to_zero() {
        let autoscaler = |min: Value, name: &str| {
            json!({"spec": {"minReplicas": min, "maxReplicas": 9,
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}}})
        };
        let raised = |replicas: Value, autoscaler: Value| {
            let value = json!({"spec": {"replicas": replicas}});
            let kind = kind_of("apps", "Deployment", "deployments");
            let raised = with_min_replicas(&Manifest::new(kind, "team", "web", value), [&autoscaler]);
            raised.map(|one| one.value["spec"]["replicas"].clone())
        };
        assert_eq!(raised(Value::Null, autoscaler(json!(3), "web")), Some(json!(3)));
        assert_eq!(raised(json!(2), autoscaler(json!(3), "web")), Some(json!(3)));
        assert_eq!(raised(json!(4), autoscaler(json!(3), "web")), None);
        assert_eq!(raised(json!(0), autoscaler(json!(3), "web")), None);
        assert_eq!(raised(Value::Null, autoscaler(Value::Null, "web")), None);
        assert_eq!(raised(Value::Null, autoscaler(json!(3), "api")), None);
    }
}
