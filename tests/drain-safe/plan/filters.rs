//! Pods that stay, are blocked or go, whatever their budgets.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, fates, merge, message, pods, said, squeezed};

#[test]
fn finished_pods_go_whatever_the_flags() {
    let stage = Stage::three();
    stage.pod("done", "n1", json!({}), json!({"volumes": [{"name": "cache", "emptyDir": {}}]}));
    stage.wait_for_pod("done", "a Running pod", |pod| pod["status"]["phase"] == "Running");
    let path = format!("/api/v1/namespaces/{}/pods/done/status", stage.namespace);
    cluster().api().merge_patch(&path, &json!({"status": {"phase": "Succeeded"}})).expect("a status");
    let plan = stage.plan("n1", 0);
    assert_eq!(fates(&plan), ["Evict 1 [Finished]"]);
    assert_eq!(pods(&plan)[0]["fits"], json!(null));
}

#[test]
fn a_bare_pod_needs_a_flag_and_an_empty_dir_another() {
    let stage = Stage::three();
    stage.pod(
        "tool",
        "n1",
        json!({}),
        json!({"volumes": [{"name": "cache", "emptyDir": {"medium": "Memory"}}]}),
    );
    stage.wait_for_pod("tool", "a Running pod", |pod| pod["status"]["phase"] == "Running");
    let plan = stage.plan("n1", 3);
    assert_eq!(fates(&plan), ["Unmanaged - [NoController,EmptyDir]"]);
    assert_eq!(message(&plan, "EmptyDir"), "emptyDir volumes are deleted with it: cache (Memory)");
    assert_eq!(fates(&stage.plan("n1 --force", 3)), ["Blocked - [EmptyDir,NoController]"]);
    let plan = stage.plan("n1 --force --delete-emptydir-data", 0);
    assert_eq!(fates(&plan), ["Evict 1 [NoController,EmptyDir]"]);
    assert_eq!(plan["waves"], json!([{"wave": 1, "pods": 1, "budgets": []}]));
    let output = stage.run("plan n1").exits(3);
    let expected = format!(
        "Node n1 (zone eu-a, Ready), pods: 1 Unmanaged

Unmanaged  {}/tool on n1
  NoController: no controller would recreate it
    fix: --force
  EmptyDir: emptyDir volumes are deleted with it: cache (Memory)
    fix: --delete-emptydir-data

Remaining nodes: cpu 0% -> 0%, memory 0% -> 0%, pods 0% -> 0%

The drain would be refused: pods are Blocked or Unmanaged. Plan {}
",
        stage.namespace,
        &stage.plan("n1", 3)["hash"].as_str().expect("a hash")[..12]
    );
    assert_eq!((output.stdout, output.stderr), (expected, String::new()));
}

#[test]
fn pods_of_daemons_static_pods_and_labeled_pods_stay() {
    let stage = Stage::three();
    let mirror =
        json!({"annotations": {"kubernetes.io/config.mirror": "x"}, "ownerReferences": [owner_node("n1")]});
    stage.pod(
        "static-n1",
        "n1",
        mirror,
        json!({"enableServiceLinks": false, "automountServiceAccountToken": false}),
    );
    stage.pod("kept", "n1", json!({"labels": {"cluster.x-k8s.io/drain": "skip"}}), json!({}));
    let kruise = json!({"ownerReferences": [{
        "apiVersion": "apps.kruise.io/v1alpha1", "kind": "DaemonSet", "name": "agent", "uid": "u", "controller": true,
    }]});
    stage.pod("agent-x", "n1", kruise, json!({}));
    let template = json!({"metadata": {"labels": {"app": "log"}}, "spec": {"containers": [{"name": "app", "image": "app"}]}});
    let spec = json!({"selector": {"matchLabels": {"app": "log"}}, "template": template});
    stage.create(
        json!({"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "log"}, "spec": spec}),
    );
    cluster().api().wait_for_ready_pods(&stage.namespace, "app=log", 3).expect("Ready pods");
    let plan = stage.plan("n1", 0);
    assert_eq!(
        fates(&plan),
        ["Skip - [DaemonSet]", "Skip - [DaemonSet]", "Skip - [SkipLabel,NoController]", "Skip - [Static]"]
    );
    assert_eq!(plan["waves"], json!([]));
    let plan = stage.plan("n1 --ignore-daemonsets=false --force", 3);
    assert_eq!(fates(&plan)[0], "Blocked - [DaemonSet]");
}

fn owner_node(name: &str) -> serde_json::Value {
    let node = cluster().api().get(&format!("/api/v1/nodes/{name}")).expect("a node");
    json!({"apiVersion": "v1", "kind": "Node", "name": name, "uid": node["metadata"]["uid"], "controller": true})
}

#[test]
fn a_daemon_set_that_is_gone_makes_no_pod_anew() {
    let stage = Stage::three();
    let gone = json!({"ownerReferences": [{
        "apiVersion": "apps/v1", "kind": "DaemonSet", "name": "gone", "uid": "u", "controller": true,
    }], "finalizers": ["kubelet.test/keep"]});
    stage.pod("left", "n1", gone, json!({}));
    // The garbage collector deletes a pod whose owner is not there, and the finalizer keeps it.
    let is_deleted = |pod: &Value| !pod["metadata"]["deletionTimestamp"].is_null();
    stage.wait_for_pod("left", "a pod that is being deleted", is_deleted);
    assert_eq!(fates(&stage.plan("n1", 0)), ["Wait - [Terminating,OwnerGone]"]);
    // A moment before, it was not.
    let mut dump: Value = serde_json::from_str(&stage.dump("nodes,pods")).expect("a dump");
    let items = dump["items"].as_array_mut().expect("items");
    let left = items.iter_mut().find(|item| item["metadata"]["name"] == "left").expect("the pod");
    let metadata = left["metadata"].as_object_mut().expect("metadata");
    metadata.retain(|key, _| !key.starts_with("deletion"));
    let daemons = json!({"apiVersion": "apps/v1", "kind": "DaemonSetList", "items": []});
    let dump = format!("{dump}\n---\n{daemons}");
    let output = stage.run_on(&dump, "plan n1").exits(3);
    assert_eq!(output.stderr, "");
    let text = squeezed(&output.stdout);
    let sentence = format!(
        "Unmanaged {}/left of DaemonSet/gone on n1 OwnerGone: DaemonSet gone does not exist fix: --force",
        stage.namespace
    );
    assert!(text.contains(&sentence), "{text}");
    let output = stage.run_on(&dump, "plan n1 --force -o json").exits(0);
    assert_eq!(fates(&output.json()), ["Evict 1 [OwnerGone]"]);
}

#[test]
fn pods_that_a_daemon_set_has_left_behind_stay_on_their_nodes() {
    let stage = Stage::three();
    let template = json!({
        "metadata": {"labels": {"app": "agent"}}, "spec": {"containers": [{"name": "app", "image": "app"}]},
    });
    stage.create(json!({
        "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "agent"},
        "spec": {"selector": {"matchLabels": {"app": "agent"}}, "template": template},
    }));
    cluster().api().wait_for_ready_pods(&stage.namespace, "app=agent", 3).expect("Ready pods");
    assert_eq!(fates(&stage.plan("n1", 0)), ["Skip - [DaemonSet]"]);
    let path = format!("/apis/apps/v1/namespaces/{}/daemonsets/agent", stage.namespace);
    cluster().api().delete(&format!("{path}?propagationPolicy=Orphan")).expect("a deletion");
    let pods = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let orphaned = |pods: &[Value]| pods.iter().all(|pod| pod["metadata"]["ownerReferences"].is_null());
    cluster().api().wait(&pods, "", "pods without an owner", orphaned).expect("orphans");
    // They name their node and tolerate its cordon still: evicted, nothing would come in their place.
    let output = stage.run("plan n1").exits(0);
    assert_eq!(said(&output), "");
    let text = squeezed(&output.stdout);
    let expected = "Node n1 (zone eu-a, Ready), pods: 1 Skip Left where they are 1 DaemonSet Remaining nodes";
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(fates(&stage.plan("n1 --force", 0))[0].split(' ').next(), Some("Skip"));
}

#[test]
fn annotations_are_obeyed_unless_ignored() {
    let stage = Stage::three();
    let annotated =
        |value: &str| json!({"annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": value}});
    stage.pod("never", "n1", annotated("false"), json!({}));
    stage.pod("later", "n1", annotated("on-completion"), json!({}));
    let ready = |pod: &serde_json::Value| pod["status"]["phase"] == "Running";
    stage.wait_for_pod("never", "a Running pod", ready);
    stage.wait_for_pod("later", "a Running pod", ready);
    let plan = stage.plan("n1 --force", 3);
    assert_eq!(fates(&plan), ["Blocked - [DoNotDisrupt,NoController]", "Wait - [Completes,NoController]"]);
    let plan = stage.plan("n1 --force --ignore-annotations", 0);
    assert_eq!(fates(&plan), ["Evict 1 [NoController]", "Evict 1 [NoController]"]);
}

#[test]
fn pods_on_their_way_out_are_waited_for_and_named_where_they_are_stuck() {
    let stage = Stage::three();
    stage.pod(
        "slow",
        "n1",
        json!({"finalizers": ["example.com/backup"]}),
        json!({"terminationGracePeriodSeconds": 600}),
    );
    stage.wait_for_pod("slow", "a Running pod", |pod| pod["status"]["phase"] == "Running");
    let path = format!("/api/v1/namespaces/{}/pods/slow", stage.namespace);
    cluster().api().delete(&path).expect("a deletion");
    stage.wait_for_pod("slow", "a terminating pod", |pod| !pod["metadata"]["deletionTimestamp"].is_null());
    assert_eq!(fates(&stage.plan("n1", 0)), ["Wait - [Terminating,NoController]"]);
    let dump = stage.dump("nodes,pods,pdb");
    let mut list: serde_json::Value = serde_json::from_str(&dump).expect("JSON");
    for item in list["items"].as_array_mut().expect("items") {
        if item["kind"] == "Pod" {
            merge(&mut item["metadata"], json!({"deletionTimestamp": "2026-01-01T00:00:00Z"}));
        }
    }
    let output = stage.run_on(&list.to_string(), "plan n1 -o json").exits(0);
    let plan = output.json();
    assert_eq!(fates(&plan), ["Wait - [Stuck,Terminating,NoController]"]);
    assert!(message(&plan, "Stuck").ends_with("finalizers example.com/backup"), "{plan:#}");
}

#[test]
fn a_node_may_be_chosen_by_label_or_zone_and_need_not_be_there() {
    let stage = Stage::new(&[NodeSpec::new("n1").zone("eu-a"), NodeSpec::new("n2").zone("eu-b")]);
    let names = |line: &str| {
        let plan = stage.plan(line, 0);
        let nodes = plan["nodes"].as_array().expect("nodes").clone();
        nodes.iter().map(|node| node["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("--zone eu-b"), ["n2"]);
    assert_eq!(names("-l kubernetes.io/hostname=n1"), ["n1"]);
    assert_eq!(names("node/n2 n1"), ["n2", "n1"]);
    let output = stage.run("plan -l none=here").exits(0);
    assert_eq!((output.stdout, output.stderr), (String::new(), "No node matches\n".to_owned()));
}
