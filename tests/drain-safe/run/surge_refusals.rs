//! Surges and restarts that can't work, and are refused before anything is written.

use serde_json::{Value, json};
use support::{Output, cluster};

use super::objects::Objects;
use super::setting::{Setting, pods, position};
use super::surge::{deployment, deployment_path};
use super::waits::bound_volume;

/// A Deployment of one pod under a budget that never opens, with another node for its next pod.
fn setting(name: &str) -> Setting {
    let setting = Setting::new(name);
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    setting
}

/// Asserts that a drain is refused for one reason, in the document and in the table, and that nothing was written.
#[track_caller]
fn assert_refused(setting: &Setting, way: &str, why: &str) -> Output {
    let before = Objects::read(setting, 2);
    let since = position();
    let flag = format!("--single-replica={way}");
    let output = setting.drain(&[&flag, "-o", "json"]).exits(3);
    let result = output.json();
    let pod = &pods(&result)[0];
    assert_eq!((&pod["verdict"], &pod["code"]), (&json!("Blocked"), &json!("SingleReplica")), "{output}");
    assert_eq!(pod["message"], why, "{output}");
    assert!(output.stderr.ends_with("nothing was written\n"), "{output}");
    let output = setting.drain(&[&flag]).exits(3);
    let words = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(&format!("SingleReplica: {why}")), "{output}");
    assert!(words.contains("fix: --single-replica=evict"), "{output}");
    before.assert_again(setting, &output.to_string());
    assert_eq!(setting.asked(since), [], "{output}");
    output
}

/// Asserts that a surge goes through, now that what was in its way is not there anymore.
#[track_caller]
fn assert_moved(setting: &Setting, flag: &str) {
    let output = setting.drain(&[flag]).exits(0);
    assert_eq!(setting.on_node(1), [""; 0], "{output}");
    setting.wait_ready("web", 1);
}

fn change(setting: &Setting, patch: &Value) {
    cluster().api().merge_patch(&deployment_path(setting), patch).expect("a patch");
    let seen = |now: &Value| now["status"]["observedGeneration"] == now["metadata"]["generation"];
    cluster().api().wait_for(&deployment_path(setting), "an observed Deployment", seen).expect("an answer");
}

#[test]
fn a_quota_that_admits_no_pod_more() {
    let setting = setting("surge-quota");
    setting.create(&json!({
        "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "pods", "namespace": setting.namespace},
        "spec": {"hard": {"pods": "1"}},
    }));
    let path = format!("/api/v1/namespaces/{}/resourcequotas/pods", setting.namespace);
    let counted = |quota: &Value| quota["status"]["used"]["pods"] == "1";
    cluster().api().wait_for(&path, "a quota that counts", counted).expect("an answer");
    assert_refused(&setting, "surge", "a ResourceQuota admits no pod more");
    assert_refused(&setting, "restart", "a ResourceQuota admits no pod more");
    cluster().api().merge_patch(&path, &json!({"spec": {"hard": {"pods": "2"}}})).expect("a patch");
    let raised = |quota: &Value| quota["status"]["hard"]["pods"] == "2";
    cluster().api().wait_for(&path, "a raised quota", raised).expect("an answer");
    assert_moved(&setting, "--single-replica=surge");
}

#[test]
fn no_place_for_another_pod() {
    let setting = setting("surge-place");
    setting.cordon(2, true);
    let output = setting.drain(&["--single-replica=surge", "-o", "json"]).exits(3);
    let result = output.json();
    let pod = &pods(&result)[0];
    assert_eq!((&pod["verdict"], &pod["code"]), (&json!("Blocked"), &json!("SingleReplica")), "{output}");
    let message = pod["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("another pod has no place: 0/"), "{output}");
    assert!(message.contains("node(s) were unschedulable"), "{output}");
    assert!(!setting.is_cordoned(1), "{output}");
    setting.cordon(2, false);
    assert_moved(&setting, "--single-replica=surge");
}

#[test]
fn a_volume_that_one_node_has() {
    let setting = Setting::new("surge-volume");
    bound_volume(&setting);
    let mut spec = setting.pod_spec(0);
    spec["volumes"] = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "selector": {"matchLabels": {"set": "web"}},
            "template": {"metadata": {"labels": {"set": "web", "app": "web"}}, "spec": spec},
        },
    }));
    setting.wait_ready("web", 1);
    setting.add_node();
    for way in ["surge", "restart"] {
        assert_refused(&setting, way, "claim data can't be used by two pods at once");
    }
    assert_moved(&setting, "--single-replica=evict");
}

#[test]
fn an_autoscaler_that_would_scale_back() {
    let setting = setting("surge-autoscaler");
    setting.create(&json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "maxReplicas": 1, "minReplicas": 1,
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
            "metrics": [{
                "type": "Resource",
                "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}},
            }],
        },
    }));
    let why = "HorizontalPodAutoscaler web would scale Deployment web back: restart it";
    assert_refused(&setting, "surge", why);
    assert_moved(&setting, "--single-replica=restart");
}

#[test]
fn a_paused_deployment() {
    let setting = setting("surge-paused");
    change(&setting, &json!({"spec": {"paused": true}}));
    for way in ["surge", "restart"] {
        assert_refused(&setting, way, "Deployment web is paused");
    }
    change(&setting, &json!({"spec": {"paused": null}}));
    assert_moved(&setting, "--single-replica=surge");
}

#[test]
fn a_rollout_under_way() {
    let setting = setting("surge-rollout");
    // No image of that name can be pulled, so that it stays under way.
    let labels = json!({(cluster::kubelet::START): cluster::kubelet::IMAGE_PULL_FAILURE});
    change(&setting, &json!({"spec": {"template": {"metadata": {"labels": labels}}}}));
    let begun = |now: &Value| now["status"]["replicas"] == 2;
    cluster().api().wait_for(&deployment_path(&setting), "a rollout", begun).expect("an answer");
    for way in ["surge", "restart"] {
        assert_refused_in_part(&setting, way, "Deployment web is in the middle of a rollout");
    }
    let undo = json!({"spec": {"template": {"metadata": {"labels": {(cluster::kubelet::START): null}}}}});
    change(&setting, &undo);
    let settled = |now: &Value| now["status"]["replicas"] == 1 && now["status"]["availableReplicas"] == 1;
    cluster().api().wait_for(&deployment_path(&setting), "a settled Deployment", settled).expect("an answer");
    assert_moved(&setting, "--single-replica=surge");
}

/// As [`assert_refused`], of the pod that is Ready among others.
#[track_caller]
fn assert_refused_in_part(setting: &Setting, way: &str, why: &str) {
    let flag = format!("--single-replica={way}");
    let output = setting.drain(&[&flag, "-o", "json"]).exits(3);
    let result = output.json();
    let refused = pods(&result).into_iter().filter(|pod| pod["code"] == "SingleReplica");
    let messages: Vec<Value> = refused.map(|pod| pod["message"].clone()).collect();
    assert_eq!(messages, [json!(why)], "{output}");
    assert!(output.stderr.ends_with("nothing was written\n"), "{output}");
    assert!(!setting.is_cordoned(1), "{output}");
    assert_eq!(deployment(setting)["spec"]["replicas"], 1, "{output}");
}

#[test]
fn a_rollout_that_stops_the_old_pod_first_rules_a_restart_out() {
    let setting = setting("restart-recreate");
    change(&setting, &json!({"spec": {"strategy": {"type": "Recreate", "rollingUpdate": null}}}));
    assert_refused(&setting, "restart", "Deployment web stops old pods before it starts new ones");
    // Scaling up and down is no rollout.
    assert_moved(&setting, "--single-replica=surge");
}

#[test]
fn only_deployments_can_have_a_pod_more() {
    let setting = Setting::new("surge-set");
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "serviceName": "web", "selector": {"matchLabels": {"set": "web"}},
            "template": {"metadata": {"labels": {"set": "web", "app": "web"}}, "spec": setting.pod_spec(0)},
        },
    }));
    setting.wait_ready("web", 1);
    setting.add_node();
    let why = "StatefulSet web can't have a pod more for a while: only Deployments can";
    for way in ["surge", "restart"] {
        assert_refused(&setting, way, why);
    }
    let output = setting.drain(&["--single-replica=block", "-o", "json"]).exits(3);
    let result = output.json();
    let why = "its owner has no other replica, and --single-replica=block keeps it";
    assert_eq!(pods(&result)[0]["message"], why, "{output}");
    assert_moved(&setting, "--single-replica=evict");
}

#[test]
fn another_word_for_the_way() {
    let setting = Setting::new("surge-word");
    let output = setting.drain(&["--single-replica=twice"]).exits(2);
    for word in ["twice", "evict", "surge", "restart", "block"] {
        assert!(output.stderr.contains(word), "{output}");
    }
}
