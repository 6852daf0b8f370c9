//! Guards about nodes and versions: what speaks against a drain as a whole.

use cluster::NodeSpec;
use jiff::Timestamp;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, guards, said, squeezed};

/// A static pod of etcd on this node.
fn etcd(stage: &Stage, node: &str) {
    let path = format!("/api/v1/nodes/{node}");
    let uid = cluster().api().get(&path).expect("a node")["metadata"]["uid"].clone();
    let owner = json!({"apiVersion": "v1", "kind": "Node", "name": node, "uid": uid, "controller": true});
    let metadata = json!({
        "labels": {"component": "etcd", "tier": "control-plane"},
        "annotations": {"kubernetes.io/config.mirror": "x"}, "ownerReferences": [owner],
    });
    let name = format!("etcd-{node}");
    stage.pod(
        &name,
        node,
        metadata,
        json!({"enableServiceLinks": false, "automountServiceAccountToken": false}),
    );
    stage.wait_for_pod(&name, "a Ready pod", |pod| cluster::api::is_true(pod, "Ready"));
}

fn cordon(node: &str, unschedulable: bool) {
    let patch = json!({"spec": {"unschedulable": unschedulable}});
    cluster().api().merge_patch(&format!("/api/v1/nodes/{node}"), &patch).expect("a cordon");
}

#[test]
fn etcd_keeps_its_quorum() {
    let stage = Stage::three();
    for node in ["n1", "n2", "n3"] {
        etcd(&stage, node);
    }
    let plan = stage.plan("n1", 0);
    assert_eq!((fates(&plan), &plan["guards"]), (vec!["Skip - [Static]".to_owned()], &json!([])));
    let message = |remaining: usize, going: &str| {
        format!(
            "etcd has 3 members and needs 2; without {going} there are {remaining}. The drain stops none of them, a reboot does"
        )
    };
    assert_eq!(
        stage.plan("n1 n2", 5)["guards"],
        json!([{"code": "Quorum", "message": message(1, "n1, n2"), "blocks": true, "fix": "--allow Quorum"}])
    );
    cordon("n2", true);
    let output = squeezed(&stage.text("n1", 5));
    let expected = format!("Guard Quorum: {} fix: --allow Quorum", message(1, "n1"));
    assert!(output.contains(&expected), "{output}");
    assert!(output.contains("The drain would be refused by a guard."), "{output}");
    let allowed = guards(&stage.plan("n1 --allow Quorum", 0));
    assert_eq!(allowed, [("Quorum".to_owned(), false), ("NodesDown".to_owned(), false)]);
}

#[test]
fn one_or_two_members_of_etcd_never_bear_a_loss_and_only_warn() {
    let stage = Stage::three();
    etcd(&stage, "n1");
    let output = squeezed(&stage.text("n1", 0));
    let advice = "n1 runs the control plane. Save etcd and all objects first: kubectl drain-safe backup --to DIR --etcd ENDPOINTS";
    assert!(output.contains(advice), "{output}");
    let others = squeezed(&stage.text("n2", 0));
    assert!(!others.contains("backup"), "{others}");
    let expected = "Note Quorum: etcd has 1 members and needs 1; without n1 there are 0. The drain stops none of them, a reboot does";
    assert!(output.contains(expected), "{output}");
}

#[test]
fn kubelets_that_are_too_new_or_too_old_are_named() {
    let server = cluster().api().get("/version").expect("a version")["gitVersion"].clone();
    let server = server.as_str().expect("a text").to_owned();
    let minor: u32 = server.split('.').nth(1).and_then(|minor| minor.parse().ok()).expect("a minor version");
    let (next, last, old) = (minor + 1, minor - 3, minor - 4);
    let stage = Stage::new(&[
        NodeSpec::new("n1"),
        NodeSpec::new("n2").kubelet_version(&format!("v1.{next}.0")),
        NodeSpec::new("n3").kubelet_version(&format!("v1.{old}.1")),
        NodeSpec::new("n4").kubelet_version(&format!("v1.{last}.2")),
    ]);
    let newer = format!("kubelets newer than the API server ({server}) supports: n2 (v1.{next}.0)");
    let older = format!("kubelets older than the API server ({server}) supports: n3 (v1.{old}.1)");
    let before =
        format!("before the API server's next minor version these kubelets must be newer: n4 (v1.{last}.2)");
    let guard = |message: &str, blocks: bool| {
        let fix = if blocks { json!("--allow Skew") } else { Value::Null };
        json!({"code": "Skew", "message": message, "blocks": blocks, "fix": fix})
    };
    assert_eq!(
        stage.plan("n1", 0)["guards"],
        json!([guard(&newer, false), guard(&older, false), guard(&before, false)])
    );
    assert_eq!(
        stage.plan("n1 --check-skew=strict", 5)["guards"],
        json!([guard(&newer, true), guard(&older, true), guard(&before, false)])
    );
    let output = squeezed(&stage.text("n1 --check-skew=strict", 5));
    assert!(
        output.contains(&format!("Guard Skew: {newer} fix: --allow Skew Guard Skew: {older}")),
        "{output}"
    );
    assert!(output.contains(&format!("Note Skew: {before}")), "{output}");
    assert_eq!(stage.plan("n1 --check-skew=strict --allow Skew", 0)["guards"][0]["blocks"], false);
}

#[test]
fn so_much_stays_free_or_the_drain_is_refused() {
    let stage = Stage::new(&[NodeSpec::new("n1"), NodeSpec::new("n2").capacity("cpu", "2")]);
    let container = json!({"name": "app", "image": "app", "resources": {"requests": {"cpu": "1500m"}}});
    stage.deployment("web", Some("n1"), 1, json!({"spec": {"containers": [container]}}));
    let plan = stage.plan("n1 --keep-free 20%", 0);
    assert_eq!(guards(&plan), [("OnlyReplica".to_owned(), false)]);
    let cpu = &plan["capacity"]["resources"][0];
    let amounts = ["allocatable", "before", "after"].map(|field| cpu[field]["decimal"].clone());
    assert_eq!((&cpu["resource"], amounts), (&json!("cpu"), [json!("2"), json!("0"), json!("1.5")]));
    let output = squeezed(&stage.text("n1 --keep-free 30%", 5));
    let expected = "Guard Capacity: less than 30% of cpu would be free fix: --allow Capacity";
    assert!(output.contains(expected), "{output}");
    assert!(output.contains("Remaining nodes: cpu 0% -> 75%"), "{output}");
    assert_eq!(guards(&stage.plan("n1 --keep-free 30% --allow Capacity", 0))[0].0, "Capacity");
}

#[test]
fn a_grace_period_of_zero_is_refused() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    let output = squeezed(&stage.text("n1 --grace-period=0", 5));
    let expected =
        "Guard GraceZero: --grace-period=0 removes pods before they have stopped fix: --allow GraceZero";
    assert!(output.contains(expected), "{output}");
    assert_eq!(stage.plan("n1 --grace-period 0 --allow GraceZero", 0)["guards"][0]["code"], "GraceZero");
}

/// The Lease of a run, which renewed it so many seconds ago.
fn lease(node: &str, run: &str, ago: i64) {
    let renewed = Timestamp::from_second(Timestamp::now().as_second() - ago).expect("a time");
    let lease = json!({
        "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
        "metadata": {"name": format!("kubectl-drain-safe.{node}"), "namespace": "kube-system"},
        "spec": {"holderIdentity": run, "leaseDurationSeconds": 15, "renewTime": format!("{renewed:.6}")},
    });
    cluster().api().create(&lease).expect("a Lease");
}

#[test]
fn a_node_that_another_run_holds_is_left_to_it() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 1, json!({}));
    lease("n1", "calm-otter", 0);
    let output = squeezed(&stage.text("n1", 5));
    assert!(
        output.contains("Guard Locked: another run holds n1 (run calm-otter) fix: --allow Locked"),
        "{output}"
    );
    // Its pods need room elsewhere, and nobody else can use its own.
    let plan = stage.plan("n2", 0);
    let expected = json!([{
        "code": "NodesDown", "message": "other nodes take no pods: n1 (run calm-otter)", "blocks": false, "fix": null,
    }]);
    assert_eq!(plan["guards"], expected);
}

#[test]
fn a_run_that_has_died_holds_nothing() {
    let stage = Stage::three();
    stage.deployment("web", Some("n1"), 2, json!({}));
    lease("n1", "dead-parrot", 3600);
    let output = stage.run("plan n1 -o json").exits(0);
    assert_eq!(output.json()["guards"], json!([]));
    let expected =
        "Waiting 6 seconds to see whether other runs are alive, whose Leases look old: n1 (dead-parrot)\n";
    assert_eq!(said(&output), expected);
}

#[test]
fn a_node_that_is_not_ready_can_confirm_nothing() {
    let stage = Stage::new(&[NodeSpec::new("n1"), NodeSpec::new("n2").not_ready(), NodeSpec::new("n3")]);
    stage.deployment("web", Some("n1"), 2, json!({}));
    let output = stage.text("n1", 0);
    assert!(
        squeezed(&output).contains("Note NodesDown: other nodes take no pods: n2 (not Ready)"),
        "{output}"
    );
    let label = json!({"metadata": {"labels": {"kubelet.test/not-ready": "true"}}});
    cluster().api().merge_patch("/api/v1/nodes/n1", &label).expect("a label");
    let down = |node: &Value| !cluster::api::is_true(node, "Ready");
    cluster().api().wait_for("/api/v1/nodes/n1", "a node that is not Ready", down).expect("a node");
    let output = stage.text("n1", 0);
    assert!(output.starts_with("Node n1 (not Ready), pods: 2 "), "{output}");
    let said_of_it = squeezed(&output);
    let start = said_of_it.find("Note NotReady: n1 not Ready (").expect("a guard");
    let said_of_it = &said_of_it[start..];
    let expected =
        "): whether its pods have stopped can't be confirmed. By itself the cluster deletes 2 pods ";
    assert!(said_of_it.contains(expected), "{output}");
    let advice = "where the machine is off, and only then, `kubectl taint node n1 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute` lets them go";
    assert!(said_of_it.contains(advice), "{output}");
    assert_eq!(stage.plan("n1", 0)["nodes"][0]["ready"], false);
}
