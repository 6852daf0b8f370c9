//! A budget whose last change the disruption controller has not seen, since it does not run.

use cluster::{Cluster, NodeSpec, Options};
use serde_json::{Value, json};
use support::{TestEnv, executable};

use super::stage::{fates, message, said};

#[test]
fn a_budget_that_nobody_counts_is_not_guessed_at() {
    let own = Cluster::start(Options {
        controller_manager_flags: vec!["--controllers=*,-disruption-controller".into()],
        ..Options::default()
    })
    .expect("a control plane");
    let api = own.api();
    own.add_nodes(&[NodeSpec::new("n1"), NodeSpec::new("n2")]).expect("nodes");
    api.create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}})).expect("x");
    api.wait_for("/api/v1/namespaces/shop/serviceaccounts/default", "a service account", |_| true)
        .expect("a service account");
    api.create(&json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "web-1", "namespace": "shop", "labels": {"app": "web"}},
        "spec": {"nodeName": "n1", "containers": [{"name": "app", "image": "app"}]},
    }))
    .expect("a pod");
    let ready = |pod: &Value| cluster::api::is_true(pod, "Ready");
    api.wait_for("/api/v1/namespaces/shop/pods/web-1", "a Ready pod", ready).expect("a Ready pod");
    let path = "/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web";
    api.create(&json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}},
    }))
    .expect("a budget");
    let status = json!({"status": {
        "observedGeneration": 1, "currentHealthy": 1, "desiredHealthy": 0, "expectedPods": 1, "disruptionsAllowed": 1,
    }});
    api.merge_patch(&format!("{path}/status"), &status).expect("a status");
    let environment = TestEnv::on(&own).program(executable("kubectl-drain_safe"));
    let run = |words: &[&str]| {
        let line = ["drain-safe", "plan", "n1", "--force"].into_iter().chain(words.iter().copied());
        let output = environment.run("kubectl", line).exits(0);
        assert_eq!(said(&output), "");
        output
    };
    assert_eq!(fates(&run(&["-o", "json"]).json()), ["Evict 1 [NoController]"]);
    api.merge_patch(path, &json!({"spec": {"maxUnavailable": 0}})).expect("a change");
    let plan = run(&["-o", "json"]).json();
    assert_eq!(fates(&plan), ["Wait - [BudgetStale,NoController]"]);
    let expected = "the disruption controller has not seen the last change of budget web";
    assert_eq!(message(&plan, "BudgetStale"), expected);
    let budget = &plan["nodes"][0]["pods"][0]["budgets"][0];
    assert_eq!(budget["allowed"], Value::Null);
    let output = run(&[]).stdout;
    assert!(output.contains("\nThe drain can begin; it waits for some pods. Plan "), "{output}");
    // What the eviction API says to the same pod.
    let eviction = json!({
        "apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "web-1", "namespace": "shop"},
    });
    let answer = api
        .request("POST", "/api/v1/namespaces/shop/pods/web-1/eviction", None, Some(&eviction))
        .expect("an answer");
    assert_eq!(answer.status, 429, "{}", answer.body);
    let cause = answer.body["details"]["causes"][0]["message"].clone();
    assert_eq!(cause, "The disruption budget web is still being processed by the server.");
}
