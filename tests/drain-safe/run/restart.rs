//! The API server dies in the middle of a drain.

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};

/// On a control plane of its own, since the others need their API server.
#[test]
fn an_api_server_that_is_killed_and_comes_back_is_waited_for() {
    let own =
        cluster::Cluster::start(cluster::Options { audit: true, ..cluster::Options::default() }).unwrap();
    own.add_nodes(&["a", "b"].map(cluster::NodeSpec::new)).unwrap();
    let api = own.api();
    api.merge_patch("/api/v1/nodes/b", &json!({"spec": {"unschedulable": true}})).unwrap();
    let labels = json!({"app": "web", (cluster::kubelet::DELETION): cluster::kubelet::GRACEFUL});
    let containers = json!([{"name": "app", "image": "example/app:1"}]);
    api.create_all(&[
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "default"},
            "spec": {
                "replicas": 8, "selector": {"matchLabels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {"terminationGracePeriodSeconds": 1, "containers": containers},
                },
            },
        }),
        json!({
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": {"name": "web", "namespace": "default"},
            "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}},
        }),
    ])
    .unwrap();
    let planned: BTreeSet<String> = api
        .wait_for_ready_pods("default", "app=web", 8)
        .unwrap()
        .iter()
        .map(|pod| pod["metadata"]["name"].as_str().unwrap().to_owned())
        .collect();
    api.merge_patch("/api/v1/nodes/b", &json!({"spec": {"unschedulable": null}})).unwrap();
    let untainted = |node: &Value| !node["spec"]["taints"].to_string().contains("unschedulable");
    api.wait_for("/api/v1/nodes/b", "no taint", untainted).unwrap();
    let open = |budget: &Value| budget["status"]["disruptionsAllowed"] == 1;
    let budget = "/apis/policy/v1/namespaces/default/poddisruptionbudgets/web";
    api.wait_for(budget, "an open budget", open).unwrap();

    let env = support::TestEnv::on(&own).program(support::executable("kubectl-drain_safe"));
    let command = env.command("kubectl", ["drain-safe", "a", "--yes", "-o", "json"]);
    let running = command.limit(Duration::from_secs(400)).start();
    let begun = |pods: &[Value]| pods.iter().any(|pod| !pod["metadata"]["deletionTimestamp"].is_null());
    api.wait("/api/v1/namespaces/default/pods", "", "a first eviction", begun).unwrap();
    own.restart_api_server(Duration::from_secs(3)).unwrap();
    let output = running.wait().exits(0);
    assert_eq!(output.json()["nodes"][0]["state"], "Drained", "{output}");
    assert!(output.stderr.contains("the API server answers again"), "{output}");
    let entries = own.audit_log().and_then(|log| log.since(0)).unwrap();
    let evictions = entries.iter().filter(|entry| entry.verb == "create" && entry.status == 201);
    let evicted: Vec<_> = evictions
        .filter_map(|entry| entry.uri.split('?').next()?.strip_suffix("/eviction")?.rsplit('/').next())
        .collect();
    let once: BTreeSet<String> = evicted.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(once.len(), evicted.len(), "a pod was evicted twice: {evicted:?}");
    assert!(once.is_subset(&planned), "{once:?} are not all of {planned:?}");
}
