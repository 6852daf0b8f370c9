//! Waves, and why budgets are shut.

use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, message, pods, said, squeezed};

#[test]
fn a_budget_that_allows_one_at_a_time_makes_waves() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 3, json!({}));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 []", "Evict 3 []"]);
    let after = |wave: u64| json!({"wave": wave, "pods": 1, "budgets": [{"namespace": stage.namespace, "name": "web", "allowed": 1}]});
    assert_eq!(plan["waves"], json!([after(1), after(2), after(3)]));
    let pod = pods(&plan)[0];
    assert_eq!(
        pod["budgets"],
        json!([{"name": "web", "allowed": 1, "healthy": 3, "desired": 2, "expected": 3}])
    );
    assert_eq!((&pod["fits"], &pod["goesTo"]), (&json!("yes"), &json!(["n2", "n3"])));
    assert_eq!(pod["owner"], json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}));
}

#[test]
fn a_budget_that_never_opens_names_what_would_open_it() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("web", "web", json!({"minAvailable": 2}));
    let plan = stage.plan("n1", 3);
    assert_eq!(fates(&plan), ["Blocked - [BudgetStructural]", "Blocked - [BudgetStructural]"]);
    assert_eq!(
        message(&plan, "BudgetStructural"),
        "budget web needs 2 healthy pods and has 2 of 2 (minAvailable 2), so that it never opens"
    );
    let fix = &pods(&plan)[0]["reasons"][0]["fix"];
    assert_eq!(*fix, json!(format!("kubectl scale deployment/web -n {} --replicas=3", stage.namespace)));
    // Nothing was touched.
    let node = cluster().api().get("/api/v1/nodes/n1").expect("a node");
    assert_eq!(node["spec"]["unschedulable"], Value::Null);
}

#[test]
fn a_single_replica_can_be_surged() {
    let stage = Stage::three();
    stage.deployment("pg", Some("n1"), 1, json!({}));
    stage.budget("pg", "pg", json!({"maxUnavailable": 0}));
    let plan = stage.plan("n1", 3);
    assert_eq!(fates(&plan), ["Blocked - [BudgetStructural,OnlyReplica]"]);
    assert_eq!(pods(&plan)[0]["reasons"][0]["fix"], "--single-replica=surge");
    assert_eq!(fates(&stage.plan("n1 --single-replica=surge", 0)), ["Evict 1 [Surge,OnlyReplica]"]);
    assert_eq!(fates(&stage.plan("n1 --single-replica=restart", 0)), ["Evict 1 [Restart,OnlyReplica]"]);
    assert_eq!(fates(&stage.plan("n1 --disable-eviction", 0)), ["Evict 1 [BudgetsIgnored,OnlyReplica]"]);
}

#[test]
fn two_budgets_on_a_pod_are_named() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    stage.budget("one", "web", json!({"maxUnavailable": 1}));
    stage.budget("two", "web", json!({"maxUnavailable": 1}));
    let plan = stage.plan("n1", 3);
    assert_eq!(fates(&plan), ["Blocked - [SeveralBudgets]", "Blocked - [SeveralBudgets]"]);
    let expected = "budgets one, two select it, and the server evicts no pod that has several";
    assert_eq!(message(&plan, "SeveralBudgets"), expected);
}

#[test]
fn a_budget_held_by_a_pod_elsewhere_names_it() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 1, json!({}));
    stage.pod(
        "sick",
        "n3",
        json!({"labels": {"app": "web", "kubelet.test/start": "never-ready"}}),
        json!({}),
    );
    stage.wait_for_pod("sick", "a pod that runs", |pod| pod["status"]["phase"] == "Running");
    stage.budget("web", "web", json!({"minAvailable": 1}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Wait - [BudgetHeld,OnlyReplica]"]);
    assert_eq!(
        message(&plan, "BudgetHeld"),
        "budget web needs 1 healthy pods and has 1 of 2; held by sick on n3 (not Ready)"
    );
}

#[test]
fn a_pod_that_is_not_ready_is_free_where_its_siblings_are_healthy() {
    let stage = Stage::three();
    stage.deployment("web", Some("n2"), 2, json!({}));
    stage.pod(
        "sick",
        "n1",
        json!({"labels": {"app": "web", "kubelet.test/start": "never-ready"}}),
        json!({}),
    );
    stage.wait_for_pod("sick", "a pod that runs", |pod| pod["status"]["phase"] == "Running");
    stage.budget("web", "web", json!({"minAvailable": 2}));
    assert_eq!(fates(&stage.plan("n1 --force", 0)), ["Evict 1 [FreeOfBudget,NoController]"]);
}

#[test]
fn pods_of_the_node_that_hold_their_own_budget_need_another_policy() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({"metadata": {"labels": {"kubelet.test/start": "x"}}}));
    stage.pod(
        "sick",
        "n1",
        json!({"labels": {"app": "web", "kubelet.test/start": "never-ready"}}),
        json!({}),
    );
    stage.wait_for_pod("sick", "a pod that runs", |pod| pod["status"]["phase"] == "Running");
    stage.budget("web", "web", json!({"minAvailable": 3}));
    let plan = stage.plan("n1 --force", 3);
    assert_eq!(fates(&plan)[0], "Blocked - [BudgetStructural,NoController]");
    let path = format!("/apis/policy/v1/namespaces/{}/poddisruptionbudgets/web", stage.namespace);
    cluster()
        .api()
        .merge_patch(&path, &json!({"spec": {"unhealthyPodEvictionPolicy": "AlwaysAllow"}}))
        .expect("a policy");
    let plan = stage.plan("n1 --force", 3);
    assert!(fates(&plan).contains(&"Evict 1 [FreeOfBudget,NoController]".to_owned()), "{:?}", fates(&plan));
}

#[test]
fn a_budget_that_only_pods_of_the_node_hold_is_opened_by_a_policy() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    for name in ["sick-1", "sick-2"] {
        let labels = json!({"labels": {"app": "web", "kubelet.test/start": "never-ready"}});
        stage.pod(name, "n1", labels, json!({}));
        stage.wait_for_pod(name, "a pod that runs", |pod| pod["status"]["phase"] == "Running");
    }
    stage.budget("web", "web", json!({"minAvailable": 3}));
    let output = stage.run("plan n1 --force").exits(3);
    assert_eq!(said(&output), "");
    let text = squeezed(&output.stdout);
    let sentence = "BudgetOwnPods: budget web needs 3 healthy pods and has 2 of 4; \
        held by sick-1 on n1 (not Ready), sick-2 on n1 (not Ready), on the nodes to drain";
    assert!(text.contains(sentence), "{text}");
    let namespace = &stage.namespace;
    let fix = format!(
        r#"kubectl patch pdb web -n {namespace} --type merge -p '{{"spec":{{"unhealthyPodEvictionPolicy":"AlwaysAllow"}}}}'"#
    );
    assert!(text.contains(&format!("fix: {fix}")), "{text}");
    let blocked = ["Blocked - [BudgetOwnPods,NoController]", "Blocked - [BudgetOwnPods]"].map(str::to_owned);
    let mut expected = [blocked.clone(), blocked].concat();
    expected.sort();
    assert_eq!(fates(&stage.plan("n1 --force", 3)), expected);
}

#[test]
fn a_budget_that_wants_nobody_lets_pods_go_one_by_one_whether_ready_or_not() {
    let stage = Stage::three();
    let labels = json!({"labels": {"app": "web", "kubelet.test/start": "never-ready"}});
    stage.pod("sick", "n1", labels, json!({}));
    stage.wait_for_pod("sick", "a pod that runs", |pod| pod["status"]["phase"] == "Running");
    stage.pod("well", "n2", json!({"labels": {"app": "web"}}), json!({}));
    stage.wait_for_pod("well", "a Ready pod", |pod| cluster::api::is_true(pod, "Ready"));
    stage.budget("web", "web", json!({"minAvailable": 0}));
    assert_eq!(fates(&stage.plan("n1 --force", 0)), ["Evict 1 [NoController]"]);
}

#[test]
fn a_budget_over_pods_without_scale_has_failed() {
    let stage = Stage::three();
    let template = json!({
        "metadata": {"labels": {"app": "night", "kubelet.test/runs-on": "true"}},
        "spec": {"restartPolicy": "Never", "nodeName": "n1", "containers": [{"name": "app", "image": "app"}]},
    });
    let spec = json!({"template": template, "backoffLimit": 6});
    stage.create(
        json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "night"}, "spec": spec}),
    );
    stage.budget("night", "night", json!({"maxUnavailable": 1}));
    let path = format!("/apis/policy/v1/namespaces/{}/poddisruptionbudgets/night", stage.namespace);
    let failed = |budget: &Value| budget["status"]["conditions"].to_string().contains("SyncFailed");
    cluster().api().wait_for(&path, "a failed sync", failed).expect("a failed sync");
    let pods_of = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let run = |pods: &[Value]| pods.iter().any(|pod| pod["status"]["phase"] == "Running");
    cluster().api().wait(&pods_of, "", "a Running pod", run).expect("a pod");
    let plan = stage.plan("n1", 3);
    assert_eq!(pods(&plan)[0]["verdict"], "Blocked");
    let message = message(&plan, "BudgetSyncFailed");
    assert!(message.ends_with("jobs.batch does not implement the scale subresource"), "{message}");
}

#[test]
fn pods_that_have_not_started_are_asked_of_no_budget() {
    let stage = Stage::three();
    let labels = json!({"labels": {"app": "web", "kubelet.test/start": "image-pull-failure"}});
    stage.pod("new", "n1", labels, json!({}));
    stage.wait_for_pod("new", "a pod that waits", |pod| !pod["status"]["containerStatuses"].is_null());
    stage.budget("web", "web", json!({"minAvailable": 1}));
    assert_eq!(fates(&stage.plan("n1 --force", 0)), ["Evict 1 [NoController,NotStarted]"]);
}

#[test]
fn a_wave_that_has_no_room_for_its_replacement_ends_the_drain() {
    let node = |name: &str| cluster::NodeSpec::new(name).capacity("cpu", "2");
    let stage = Stage::new(&[node("n1").capacity("cpu", "4"), node("n2")]);
    let cpu =
        |amount: &str| json!({"resources": {"requests": {"cpu": amount}}, "name": "app", "image": "app"});
    let template = |amount: &str| json!({"spec": {"containers": [cpu(amount)]}});
    stage.pod("fill", "n2", json!({}), json!({"containers": [cpu("800m")]}));
    stage.deployment("web", Some("n1"), 3, template("1"));
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let plan = stage.plan("n1", 3);
    assert_eq!(fates(&plan), ["Blocked - [WaveDeadlock,NoPlace]", "Evict 1 []", "Evict 2 [NoPlace]"]);
    assert_eq!(
        message(&plan, "NoPlace"),
        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable."
    );
    assert_eq!(plan["capacity"]["pending"], 1);
    assert_eq!(plan["guards"][0]["code"], "NoPlace");
}

#[test]
fn two_nodes_share_one_budget() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    let path = format!("/apis/apps/v1/namespaces/{}/deployments/web", stage.namespace);
    let others = json!({"spec": {"replicas": 4}});
    cluster()
        .api()
        .merge_patch("/api/v1/nodes/n1", &json!({"spec": {"unschedulable": true}}))
        .expect("a cordon");
    cluster()
        .api()
        .merge_patch("/api/v1/nodes/n3", &json!({"spec": {"unschedulable": true}}))
        .expect("a cordon");
    cluster().api().merge_patch(&path, &others).expect("more replicas");
    cluster().api().wait_for_ready_pods(&stage.namespace, "app=web", 4).expect("Ready pods");
    cluster()
        .api()
        .merge_patch("/api/v1/nodes/n3", &json!({"spec": {"unschedulable": null}}))
        .expect("no cordon");
    stage.budget("web", "web", json!({"maxUnavailable": 1}));
    let plan = stage.plan("n1 n2", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 2 []", "Evict 3 []", "Evict 4 []"]);
}

#[test]
fn the_last_ready_pod_of_an_owner_goes_a_wave_later() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 3, json!({}));
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 []", "Evict 1 []", "Evict 2 [KeepOne]"]);
    assert_eq!(fates(&stage.plan("n1 --keep-one=false", 0)), ["Evict 1 []", "Evict 1 []", "Evict 1 []"]);
}
