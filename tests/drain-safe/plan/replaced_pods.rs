//! Budgets that are shut for a moment only, as a killed drain leaves them.

use serde_json::{Value, json};

use super::bad_input::{list, node, pod, run};

/// Returns what a plan of node `n1` says of its pods, with a budget of this status over pods `a` to `c`. `c` runs on
/// node `n2`.
fn reasons(status: &Value, exit: i32) -> Vec<String> {
    let owner = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "web", "controller": true}]);
    let labelled = |name: &str, on: &str| {
        let mut pod = pod(name, on, owner.clone());
        pod["metadata"]["labels"] = json!({"app": "web"});
        pod
    };
    let budget = json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": {"name": "web", "namespace": "shop", "uid": "budget", "generation": 1},
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}},
        "status": status,
    });
    let set = json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": {"name": "web", "namespace": "shop", "uid": "web"}, "spec": {"replicas": 3},
    });
    let items =
        [node("n1"), node("n2"), set, budget, labelled("a", "n1"), labelled("b", "n1"), labelled("c", "n2")];
    let output = run(&list(&items), "plan n1 -o json").exits(exit);
    let plan = output.json();
    let pods = plan["nodes"][0]["pods"].as_array().expect("pods");
    pods.iter()
        .map(|pod| {
            let message = &pod["reasons"][0]["message"];
            format!(
                "{} {}",
                pod["verdict"].as_str().unwrap_or_default(),
                message.as_str().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn a_pod_whose_eviction_was_accepted_is_about_to_be_replaced() {
    let status = json!({
        "observedGeneration": 1, "currentHealthy": 2, "desiredHealthy": 2, "expectedPods": 3,
        "disruptionsAllowed": 0, "disruptedPods": {"a": "2026-01-01T00:00:00Z"},
    });
    let message = "Wait budget web needs 2 healthy pods and has 2 of 3; held by pods that are being replaced";
    assert_eq!(reasons(&status, 0), [message; 2]);
}

/// The list of pods is newer than the budget: the controller writes its status a moment after a pod became Ready.
#[test]
fn a_status_that_lags_behind_the_pods_is_waited_for() {
    let status = json!({
        "observedGeneration": 1, "currentHealthy": 2, "desiredHealthy": 2, "expectedPods": 3, "disruptionsAllowed": 0,
    });
    let message = "Wait budget web needs 2 healthy pods and has 2 of 3; held by pods that are being replaced";
    assert_eq!(reasons(&status, 0), [message; 2]);
}

#[test]
fn a_status_out_of_bounds_does_no_harm() {
    let status = json!({
        "observedGeneration": 1, "currentHealthy": i32::MIN, "desiredHealthy": i32::MAX, "expectedPods": i32::MAX,
        "disruptionsAllowed": 0,
    });
    assert_eq!(reasons(&status, 3).len(), 2);
}
