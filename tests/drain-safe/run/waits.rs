//! What a node waits for once its pods are gone, and nodes that report nothing.

use std::{fs, thread, time::Duration};

use cluster::kubelet;
use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, outcomes, position};

fn set(setting: &Setting) -> String {
    format!("/apis/apps/v1/namespaces/{}/replicasets/web", setting.namespace)
}

/// Two nodes with one pod of a ReplicaSet each, whose next pods never become Ready by themselves, and a third node.
fn slow_replacements(name: &str) -> Setting {
    let setting = Setting::new(name);
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "selector": {"matchLabels": {"set": "web"}},
            "template": {"metadata": {"labels": {"set": "web"}}, "spec": setting.pod_spec(0)},
        },
    }));
    setting.wait_ready("web", 1);
    setting.add_node();
    setting.cordon(1, true);
    cluster().api().merge_patch(&set(&setting), &json!({"spec": {"replicas": 2}})).expect("an answer");
    setting.wait_ready("web", 2);
    setting.cordon(1, false);
    setting.add_node();
    // And no more on the second node.
    let labels = json!({(kubelet::START): kubelet::NEVER_READY});
    let third = json!({"kubernetes.io/hostname": setting.node(3)});
    let template = json!({"metadata": {"labels": labels}, "spec": {"nodeSelector": third}});
    cluster().api().merge_patch(&set(&setting), &json!({"spec": {"template": template}})).expect("an answer");
    setting
}

/// Says that the pods on the third node are Ready, as their kubelet does not.
fn make_ready(setting: &Setting) {
    let ready = ["Ready", "ContainersReady"].map(|kind| json!({"type": kind, "status": "True"}));
    for name in setting.on_node(3) {
        let path = format!("{}/{name}/status", setting.pods_path());
        cluster().api().merge_patch(&path, &json!({"status": {"conditions": ready}})).expect("an answer");
    }
}

#[test]
fn the_next_node_waits_for_replacements_that_are_ready() {
    let setting = slow_replacements("replaced");
    assert_eq!((setting.on_node(1).len(), setting.on_node(2).len()), (1, 1));
    let (first, second) = (setting.node(1), setting.node(2));
    let since = position();
    let words = [first.as_str(), &second, "--yes", "--wait-replacements", "-o", "json"];
    let mut running = setting.command(&words).start();
    let runs_on_third = |count: usize| {
        let third = setting.node(3);
        move |pods: &[Value]| {
            let runs = |pod: &&Value| {
                pod["spec"]["nodeName"] == third.as_str() && pod["status"]["phase"] == "Running"
            };
            pods.iter().filter(runs).count() == count
        }
    };
    cluster().api().wait(&setting.pods_path(), "", "a replacement", runs_on_third(1)).expect("an answer");
    running.interrupt();
    let output = running.wait().exits(130);
    assert_eq!(setting.asked(since).len(), 1, "{output}");
    let workload = format!("{}/ReplicaSet/web", setting.namespace);
    assert_eq!(setting.state(1)["ready"], json!({workload: 2}));

    // Gone on with elsewhere, it still knows how many there were, although nothing is left on the first node.
    let run = output.json()["run"].as_str().expect("a run").to_owned();
    let elsewhere = super::setting::machine();
    let resumed = elsewhere.command("kubectl", ["drain-safe", "resume", &run, "--yes", "-o", "json"]).start();
    let goes_on = |node: &Value| {
        let state = node["metadata"]["annotations"]["kubectl-drain-safe/state"].as_str().unwrap_or_default();
        state.contains(r#""phase":"Draining""#)
    };
    cluster().api().wait_for(&setting.node_path(1), "a run that goes on", goes_on).expect("an answer");
    // It settles after a second.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(setting.asked(since).len(), 1, "the second node has to wait");
    make_ready(&setting);
    cluster()
        .api()
        .wait(&setting.pods_path(), "", "another replacement", runs_on_third(2))
        .expect("an answer");
    make_ready(&setting);
    let output = resumed.wait().exits(0);
    assert!(output.stderr.contains(&format!("node {first} waits: 1 of 2 pods of ReplicaSet")), "{output}");
    let nodes = output.json()["nodes"].clone();
    assert_eq!((&nodes[0]["state"], &nodes[1]["state"]), (&json!("Drained"), &json!("Drained")), "{nodes}");
    assert_eq!(setting.asked(since).len(), 2);
}

#[test]
fn replacements_that_a_quota_refuses_are_told_with_its_name_and_the_next_attempt() {
    let setting = Setting::new("refused");
    setting.deploy_ready("web", 2);
    setting.add_node();
    setting.create(&json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "small", "namespace": setting.namespace},
        "spec": {"hard": {"pods": "1"}},
    }));
    let path = format!("/api/v1/namespaces/{}/resourcequotas/small", setting.namespace);
    let counted = |quota: &Value| quota["status"]["used"]["pods"] == "2";
    cluster().api().wait_for(&path, "a quota that counts", counted).expect("an answer");
    let (node, namespace) = (setting.node(1), &setting.namespace);
    let output = setting.run(&[node.as_str(), "--yes", "--wait-replacements", "--timeout", "25s"]).exits(4);
    let begin = format!(
        "node {node} waits: 1 of 2 pods of Deployment {namespace}/web are Ready; ResourceQuota small refuses the others: pods \"web-"
    );
    let told =
        output.stderr.lines().find(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("{output}"));
    assert!(
        told.contains("\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1; ReplicaSet web-"),
        "{told}"
    );
    let (_, again) = told.split_once(" tries again by ").unwrap_or_else(|| panic!("{told}"));
    assert!(again.len() == "12:00:00 UTC".len() && again.ends_with(" UTC"), "{told}");
    // Not for each of the attempts, which follow one another within milliseconds at first.
    let lines = output.stderr.lines().filter(|line| line.contains("refuses the others")).count();
    assert!((1..=5).contains(&lines), "{output}");
}

#[test]
fn every_workload_whose_replacements_are_missing_is_named() {
    let setting = Setting::new("both");
    setting.deploy_ready("api", 1);
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.create(&json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "none", "namespace": setting.namespace},
        "spec": {"hard": {"pods": "0"}},
    }));
    let path = format!("/api/v1/namespaces/{}/resourcequotas/none", setting.namespace);
    let counted = |quota: &Value| quota["status"]["used"]["pods"] == "2";
    cluster().api().wait_for(&path, "a quota that counts", counted).expect("an answer");
    let (node, namespace) = (setting.node(1), &setting.namespace);
    let output = setting.run(&[node.as_str(), "--yes", "--wait-replacements", "--timeout", "20s"]).exits(4);
    let begin = format!(
        "node {node} waits: 0 of 1 pods of Deployment {namespace}/api are Ready; ResourceQuota none refuses the others: "
    );
    let end = format!(
        "; others wait, too: Deployment {namespace}/web (0 of 1: ResourceQuota none refuses the rest)"
    );
    let is_told = |line: &str| line.starts_with(&begin) && line.ends_with(&end);
    assert!(output.stderr.lines().any(is_told), "{output}");
}

/// Makes a volume that only one node can have at a time, and the claim `data` bound to it. Returns the volume's name.
pub fn bound_volume(setting: &Setting) -> String {
    let volume = format!("pv-{}", setting.namespace);
    setting.create(&json!({
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": volume},
        "spec": {
            "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "storageClassName": "",
            "persistentVolumeReclaimPolicy": "Retain",
            "csi": {"driver": "disks.example.com", "volumeHandle": volume},
            "claimRef": {"namespace": setting.namespace, "name": "data"},
        },
    }));
    setting.create(&json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": setting.namespace},
        "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}},
            "storageClassName": "", "volumeName": volume,
        },
    }));
    let path = format!("/api/v1/namespaces/{}/persistentvolumeclaims/data", setting.namespace);
    let bound = |claim: &Value| claim["status"]["phase"] == "Bound";
    cluster().api().wait_for(&path, "a bound claim", bound).expect("an answer");
    volume
}

/// A pod of a StatefulSet on node 1 with a bound volume of its own, which is attached to the node.
fn with_volume(setting: &Setting) -> String {
    let volume = bound_volume(setting);
    let mut spec = setting.pod_spec(0);
    spec["volumes"] = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "serviceName": "db", "selector": {"matchLabels": {"set": "db"}},
            "template": {"metadata": {"labels": {"set": "db"}}, "spec": spec},
        },
    }));
    setting.wait_ready("db", 1);
    volume
}

fn attach(setting: &Setting, name: &str, volume: &str, node: usize) -> String {
    let attachments = "/apis/storage.k8s.io/v1/volumeattachments";
    setting.create_in(attachments, &json!({
        "apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment", "metadata": {"name": name},
        "spec": {
            // Nobody who acts: the controller that attaches looks at drivers of its own.
            "attacher": "disks.example.com", "nodeName": setting.node(node), "source": {"persistentVolumeName": volume},
        },
    }));
    format!("{attachments}/{name}")
}

#[test]
fn volumes_are_waited_for_and_named() {
    let setting = Setting::new("volumes");
    let volume = with_volume(&setting);
    setting.add_node();
    let here = attach(&setting, &format!("csi-{volume}-1"), &volume, 1);
    let attached = json!({"status": {"attached": true}});
    cluster().api().merge_patch(&format!("{here}/status"), &attached).expect("an answer");
    let output = setting.drain(&["--wait-volumes", "--timeout=3s", "-o", "json"]).exits(4);
    assert_eq!(output.json()["nodes"][0]["state"], "TimedOut");
    let waits = format!(
        "node {} waits: volume {volume} is not detached yet: VolumeAttachment csi-{volume}-1 is still there\n",
        setting.node(1)
    );
    assert!(output.stderr.contains(&waits), "{output}");
    assert_eq!(setting.on_node(1), [""; 0]);

    // Gone from here, and on its way to the other node.
    setting.run(&["undo", &setting.node(1), "--yes"]).exits(0);
    let pod = |pods: &[Value]| pods.iter().any(|pod| pod["spec"]["nodeName"] == setting.node(2).as_str());
    cluster().api().wait(&setting.pods_path(), "", "the pod on the other node", pod).expect("an answer");
    let there = attach(&setting, &format!("csi-{volume}-2"), &volume, 2);
    let node = setting.node(2);
    cluster().api().delete(&here).expect("an answer");
    let running = setting.command(&[&node, "--yes", "--wait-volumes", "-o", "json"]).start();
    let back = |pods: &[Value]| pods.iter().any(|pod| pod["spec"]["nodeName"] == setting.node(1).as_str());
    cluster()
        .api()
        .wait(&setting.pods_path(), "", "the pod back on the first node", back)
        .expect("an answer");
    let again = attach(&setting, &format!("csi-{volume}-3"), &volume, 1);
    cluster().api().delete(&there).expect("an answer");
    cluster().api().merge_patch(&format!("{again}/status"), &attached).expect("an answer");
    let output = running.wait().exits(0);
    assert_eq!(output.json()["nodes"][0]["state"], "Drained");
}

#[test]
fn a_volume_that_is_not_attached_where_it_goes_is_named() {
    let setting = Setting::new("volumes-attach");
    let volume = with_volume(&setting);
    setting.add_node();
    let here = attach(&setting, &format!("csi-{volume}-1"), &volume, 1);
    let said = setting.env.home().join("said");
    let words = format!("kubectl drain-safe {} --yes --wait-volumes 2> {}", setting.node(1), said.display());
    let running = setting.env.command("/bin/sh", ["-c", &words]).limit(Duration::from_secs(300)).start();
    let pod = |pods: &[Value]| pods.iter().any(|pod| pod["spec"]["nodeName"] == setting.node(2).as_str());
    cluster().api().wait(&setting.pods_path(), "", "the pod on the other node", pod).expect("an answer");
    let there = attach(&setting, &format!("csi-{volume}-2"), &volume, 2);
    cluster().api().delete(&here).expect("an answer");
    let waits = format!(
        "node {} waits: volume {volume} is not attached to node {} yet: VolumeAttachment csi-{volume}-2 says so\n",
        setting.node(1),
        setting.node(2)
    );
    let mut stderr = String::new();
    for _ in 0..1200 {
        stderr = fs::read_to_string(&said).unwrap_or_default();
        if stderr.contains(&waits) {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    assert!(stderr.contains(&waits), "{stderr}");
    let attached = json!({"status": {"attached": true}});
    cluster().api().merge_patch(&format!("{there}/status"), &attached).expect("an answer");
    let output = running.wait().exits(0);
    assert!(output.stdout.contains(&format!("node/{} drained\n", setting.node(1))), "{output}");
}

#[test]
fn a_node_that_is_not_ready_reports_no_end() {
    let setting = Setting::new("silent");
    setting.deploy("web", "web", 1, 1, &json!({(kubelet::DELETION): kubelet::STUCK}));
    setting.wait_ready("web", 1);
    setting.add_node();
    let unready = json!({"metadata": {"labels": {(kubelet::NODE_NOT_READY): "true"}}});
    cluster().api().merge_patch(&setting.node_path(1), &unready).expect("an answer");
    let not_ready = |node: &Value| !cluster::api::is_true(node, "Ready");
    cluster().api().wait_for(&setting.node_path(1), "a sick node", not_ready).expect("an answer");
    let node = setting.node(1);
    let output = setting.drain(&[]).exits(4);
    let why = format!("it was told to stop, and {node}, which is not Ready, does not say that it has");
    assert!(output.stdout.contains(&why), "{output}");
    let taint = format!("kubectl taint node {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute");
    let advice = format!(
        "{node} is not Ready, and its Terminating pods stay until its kubelet is back. Where the machine is off, and only then, this lets them go:\n  {taint}\n"
    );
    assert!(output.stderr.contains(&advice), "{output}");
    let run = setting.run_of(1).expect("a run");
    let result = setting.run(&["resume", &run, "--yes", "-o", "json"]).exits(4).json();
    assert_eq!(result["nodes"][0]["state"], "Partial");
    assert_eq!(outcomes(&result), ["Unconfirmed"], "after its grace period and half a minute");
    let pod = &super::setting::pods(&result)[0];
    assert_eq!((&pod["code"], &pod["message"]), (&json!("Terminating"), &json!(why)));

    // The machine is off, as somebody has seen: the garbage collector of pods removes what it ran.
    setting.env.run("kubectl", taint.split(' ').skip(1)).success();
    let plan = setting.run(&["plan", &node, "--allow", "Locked"]);
    let said = plan.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("says that its machine is off: the cluster removes its pods"), "{plan}");
    let name = pod["name"].as_str().expect("a name");
    cluster().api().wait_until_gone(&format!("{}/{name}", setting.pods_path())).expect("a pod that is gone");
    let output = setting.run(&["resume", &run, "--yes", "-o", "json"]).exits(0);
    assert_eq!(output.json()["nodes"][0]["state"], "Drained");
}

#[test]
fn the_cluster_deletes_pods_of_such_a_node_when_it_was_foretold() {
    let setting = Setting::new("foretold");
    let deploy = |name: &str, seconds: Option<i64>| {
        let mut spec = setting.pod_spec(0);
        let mut own =
            json!({"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"});
        if let Some(seconds) = seconds {
            own["tolerationSeconds"] = json!(seconds);
        }
        spec["tolerations"].as_array_mut().expect("tolerations").push(own);
        setting.create(&json!({
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": name, "namespace": setting.namespace},
            "spec": {
                "replicas": 1, "selector": {"matchLabels": {"set": name}},
                "template": {"metadata": {"labels": {"set": name, "app": name, (kubelet::DELETION): kubelet::STUCK}}, "spec": spec},
            },
        }));
        setting.wait_ready(name, 1);
    };
    deploy("soon", Some(15));
    deploy("patient", None);
    // A budget that holds the eviction for ever holds this deletion no moment.
    setting.budget("soon", "soon", &json!({"maxUnavailable": 0}));
    let pod = |name: &str| {
        let pods = setting.pods();
        let pod = pods.iter().find(|pod| pod["metadata"]["labels"]["set"] == name).expect("a pod");
        pod["metadata"]["name"].as_str().expect("a name").to_owned()
    };
    let (soon, patient) = (pod("soon"), pod("patient"));
    let unready = json!({"metadata": {"labels": {(kubelet::NODE_NOT_READY): "true"}}});
    cluster().api().merge_patch(&setting.node_path(1), &unready).expect("an answer");
    let added = |node: &Value| {
        let taints = node["spec"]["taints"].as_array().cloned().unwrap_or_default();
        let is_it =
            |taint: &&Value| taint["key"] == "node.kubernetes.io/not-ready" && taint["effect"] == "NoExecute";
        taints.iter().find(is_it).and_then(|taint| taint["timeAdded"].as_str().map(str::to_owned))
    };
    let node = cluster()
        .api()
        .wait_for(&setting.node_path(1), "the taint", |node| added(node).is_some())
        .expect("a taint");
    let added: jiff::Timestamp = added(&node).expect("a time").parse().expect("a time");
    let due = added + jiff::SignedDuration::from_secs(15);
    let plan = setting.run(&["plan", &setting.node(1), "-o", "json"]).json();
    let guards = plan["guards"].as_array().expect("guards");
    let guard = guards.iter().find(|guard| guard["code"] == "NotReady").expect("a guard");
    let message = guard["message"].as_str().expect("a text");
    let kept = ", and asks no budget; 1 pod tolerates that for ever. ";
    assert!(message.contains(kept), "{message}");
    // A slow machine may look later.
    let foretold = format!("({due}){kept}");
    assert!(
        message.contains(&foretold) || message.contains(&format!("deletes 1 pod now{kept}")),
        "{message}"
    );

    let path = |pod: &str| format!("{}/{pod}", setting.pods_path());
    let deleted = |pod: &Value| pod["metadata"]["deletionTimestamp"].is_string();
    let gone = cluster().api().wait_for(&path(&soon), "a pod that is deleted", deleted).expect("a deletion");
    let at: jiff::Timestamp =
        gone["metadata"]["deletionTimestamp"].as_str().expect("a time").parse().expect("a time");
    assert!(at >= due, "{at} is before {due}");
    let left = cluster().api().get(&path(&patient)).expect("a pod");
    assert!(!deleted(&left), "{left}");
    let _ = cluster().api().delete(&format!("{}?gracePeriodSeconds=0", path(&soon)));
    let _ = cluster().api().delete(&format!("{}?gracePeriodSeconds=0", path(&patient)));
}
