//! Autoscalers of nodes: what is said of them, and which of their marks are obeyed.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, message, squeezed};

const STATUS: &str = "/api/v1/namespaces/kube-system/configmaps/cluster-autoscaler-status";

/// What the guards say, and what helps.
fn said(plan: &Value) -> Vec<(String, Value)> {
    let guards =
        plan["guards"].as_array().expect("guards").iter().filter(|guard| guard["code"] == "Autoscaler");
    guards
        .map(|guard| (guard["message"].as_str().expect("a text").to_owned(), guard["fix"].clone()))
        .collect()
}

/// The status that cluster-autoscaler leaves, while it is there.
struct Status;

impl Status {
    fn new() -> Self {
        let status = json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "cluster-autoscaler-status", "namespace": "kube-system"},
            "data": {"status": "autoscalerStatus: Running\n"},
        });
        cluster().api().create(&status).expect("a status");
        Self
    }
}

impl Drop for Status {
    fn drop(&mut self) {
        let _ = cluster().api().delete(STATUS);
    }
}

#[test]
fn cluster_autoscaler_is_known_by_its_pods_or_by_its_status() {
    let stage = Stage::three();
    stage.pod("tool", "n3", json!({}), json!({}));
    assert_eq!(said(&stage.plan("n1", 0)), []);
    let expected = (
        "cluster-autoscaler may delete n1 once drained, and may add nodes for Pending pods".to_owned(),
        json!("kubectl annotate node n1 cluster-autoscaler.kubernetes.io/scale-down-disabled=true"),
    );
    // As it is where the cloud runs it.
    let status = Status::new();
    assert_eq!(said(&stage.plan("n1", 0)), std::slice::from_ref(&expected));
    let dump = stage.dump("nodes,pods,configmaps");
    let output = stage.run_on(&dump, "plan n1 -o json").exits(0);
    assert_eq!(said(&output.json()), std::slice::from_ref(&expected));
    drop(status);
    assert_eq!(said(&stage.plan("n1", 0)), []);
    stage.pod(
        "scaler",
        "n2",
        json!({"labels": {"app.kubernetes.io/name": "aws-cluster-autoscaler"}}),
        json!({}),
    );
    assert_eq!(said(&stage.plan("n1", 0)), [expected]);
}

#[test]
fn the_advice_is_obeyed_by_what_is_said_next() {
    let stage = Stage::three();
    stage.pod("scaler", "n3", json!({"labels": {"app": "cluster-autoscaler"}}), json!({}));
    let output = squeezed(&stage.text("n1 n2", 0));
    let expected = "Note Autoscaler: cluster-autoscaler may delete n1, n2 once drained, and may add nodes for Pending pods fix: kubectl annotate node n1 n2 cluster-autoscaler.kubernetes.io/scale-down-disabled=true";
    assert!(output.contains(expected), "{output}");
    let fix = said(&stage.plan("n1 n2", 0))[0].1.as_str().expect("a command").to_owned();
    super::stage::plugin().run("kubectl", fix.split(' ').skip(1)).success();
    let expected = "cluster-autoscaler leaves n1, n2 (annotation cluster-autoscaler.kubernetes.io/scale-down-disabled), and may add nodes for Pending pods";
    assert_eq!(said(&stage.plan("n1 n2", 0)), [(expected.to_owned(), Value::Null)]);
}

#[test]
fn pods_without_a_place_are_what_it_adds_nodes_for() {
    let stage = Stage::new(&[NodeSpec::new("n1"), NodeSpec::new("n2").capacity("cpu", "1")]);
    stage.pod("scaler", "n2", json!({"labels": {"app": "cluster-autoscaler"}}), json!({}));
    let pods = json!({
        "metadata": {"annotations": {"cluster-autoscaler.kubernetes.io/pod-scale-up-delay": "600s"}},
        "spec": {"containers": [{"name": "app", "image": "app", "resources": {"requests": {"cpu": "2"}}}]},
    });
    stage.deployment("large", Some("n1"), 1, pods);
    let plan = stage.plan("n1", 5);
    let pod = plan["nodes"][0]["pods"][0]["name"].as_str().expect("a name").to_owned();
    let name = format!("{}/{pod}", stage.namespace);
    let expected = format!(
        "cluster-autoscaler may delete n1 once drained, and may add nodes for the replacement of {name} ({name} waits 600s for that)"
    );
    assert_eq!(said(&plan)[0].0, expected);
}

#[test]
fn karpenter_answers_for_the_nodes_of_its_pools() {
    let stage = Stage::new(&[
        NodeSpec::new("n1")
            .label("karpenter.sh/nodepool", "default")
            .label("karpenter.sh/capacity-type", "spot"),
        NodeSpec::new("n2")
            .label("karpenter.sh/nodepool", "default")
            .annotation("karpenter.sh/do-not-disrupt", "true"),
        NodeSpec::new("n3"),
    ]);
    let expected = "karpenter may delete n1 once drained, leaves n2 (annotation karpenter.sh/do-not-disrupt), and may add nodes for Pending pods; the cloud may take the spot capacity of n1 back at any time";
    let fix = json!("kubectl annotate node n1 karpenter.sh/do-not-disrupt=true");
    assert_eq!(said(&stage.plan("n1 n2", 0)), [(expected.to_owned(), fix)]);
    assert_eq!(said(&stage.plan("n3", 0)), []);
    let allowed = said(&stage.plan("n1 --allow Autoscaler", 0));
    assert_eq!(allowed[0].1, Value::Null);
}

#[test]
fn nodes_that_an_autoscaler_is_deleting_are_named() {
    let stage = Stage::new(&[
        NodeSpec::new("n1").taint("ToBeDeletedByClusterAutoscaler", "1700000000", "NoSchedule"),
        NodeSpec::new("n2").taint("DeletionCandidateOfClusterAutoscaler", "1700000000", "PreferNoSchedule"),
        NodeSpec::new("n3").taint("karpenter.sh/disrupted", "", "NoSchedule"),
        NodeSpec::new("n4"),
    ]);
    let messages: Vec<_> = said(&stage.plan("n1 n2 n3", 0)).into_iter().map(|(message, _)| message).collect();
    assert_eq!(
        messages,
        [
            "cluster-autoscaler is deleting n1 (taint ToBeDeletedByClusterAutoscaler), and evicts its pods itself",
            "cluster-autoscaler is about to delete n2 (taint DeletionCandidateOfClusterAutoscaler)",
            "karpenter is deleting n3 (taint karpenter.sh/disrupted), and evicts its pods itself",
        ]
    );
}

#[test]
fn what_pods_forbid_is_obeyed_and_what_they_give_up_is_said() {
    let stage = Stage::three();
    let annotated = |name: &str, key: &str, value: &str, spec: Value| {
        stage.deployment(
            name,
            Some("n1"),
            1,
            json!({"metadata": {"annotations": {(key): value}}, "spec": spec}),
        );
    };
    annotated("kept", "cluster-autoscaler.kubernetes.io/safe-to-evict", "false", json!({}));
    annotated("pinned", "karpenter.sh/do-not-disrupt", "true", json!({}));
    annotated("young", "karpenter.sh/do-not-disrupt", "24h", json!({}));
    let cache = json!({"volumes": [{"name": "cache", "emptyDir": {}}]});
    annotated("cached", "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes", "cache", cache);
    let blocked = ["Blocked - [DoNotDisrupt,OnlyReplica]"; 3];
    let plan = stage.plan("n1", 3);
    let found = fates(&plan);
    assert_eq!(found[..3], blocked);
    assert_eq!(found[3], "Blocked - [EmptyDir,OnlyReplica]");
    let lost = message(&plan, "EmptyDir");
    assert!(
        lost.ends_with(
            "; its annotation cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes gives up cache"
        ),
        "{lost}"
    );
    let plan = stage.plan("n1 --ignore-annotations --delete-emptydir-data", 0);
    assert!(fates(&plan).iter().all(|fate| fate.starts_with("Evict ")), "{plan:#}");
}
