//! Guards that refuse a drain: each refuses without its override, writes nothing, and lets it through with it.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, position};

/// Asserts that a guard refuses the drain with these flags, and that `--allow` lets it through.
#[track_caller]
fn assert_guards(setting: &Setting, guard: &str, flags: &[&str]) {
    let since = position();
    let output = setting.drain(&[flags, &["-o", "json"]].concat()).exits(5);
    let result = output.json();
    let guards = result["guards"].as_array().expect("guards");
    let blocks = |one: &&Value| one["blocks"] == true && one["code"] == guard;
    assert!(guards.iter().any(|one| blocks(&one)), "{output}");
    assert!(output.stderr.contains(&format!("{guard}: ")), "{output}");
    assert!(output.stderr.ends_with("nothing was written\n"), "{output}");
    assert!(!setting.is_cordoned(1));
    assert_eq!(setting.asked(since), []);

    let result = setting.drain(&[flags, &["--allow", guard, "-o", "json"]].concat()).exits(0).json();
    assert_eq!(result["nodes"][0]["state"], "Drained");
    assert_eq!(setting.on_node(1), [""; 0]);
    assert!(setting.is_cordoned(1));
}

#[test]
fn a_grace_period_of_zero() {
    let setting = Setting::new("zero");
    setting.deploy_ready("web", 2);
    setting.add_node();
    assert_guards(&setting, "GraceZero", &["--grace-period=0"]);
}

#[test]
fn no_place_for_a_replacement() {
    let setting = Setting::new("no-place");
    setting.deploy_ready("web", 1);
    assert_guards(&setting, "NoPlace", &[]);
}

#[test]
fn too_little_that_stays_free() {
    let setting = Setting::new("capacity");
    setting.deploy_ready("web", 2);
    setting.add_node();
    assert_guards(&setting, "Capacity", &["--keep-free=100"]);
}

#[test]
fn the_quorum_of_etcd() {
    let setting = Setting::new("quorum");
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.add_node();
    // Three members, one of which is cordoned already. No other test has any.
    for number in 1..=3 {
        let label = json!({"metadata": {"labels": {"node-role.kubernetes.io/etcd": ""}}});
        cluster().api().merge_patch(&setting.node_path(number), &label).unwrap();
    }
    setting.cordon(2, true);
    assert_guards(&setting, "Quorum", &[]);
}

#[test]
fn versions_that_are_too_far_apart() {
    let setting = Setting::new("skew");
    setting.add_node_as(|node: NodeSpec| node.kubelet_version("v1.20.0"));
    let node = setting.node(2);
    let words = [node.as_str(), "--yes", "--check-skew=strict", "-o", "json"];
    let result = setting.run(&words).exits(5).json();
    assert!(result["guards"].to_string().contains("\"code\":\"Skew\""), "{result}");
    assert!(!setting.is_cordoned(2));
    let words = [node.as_str(), "--yes", "-o", "json"];
    let result = setting.run(&words).exits(0).json();
    assert!(result["guards"].to_string().contains("\"code\":\"Skew\""), "a warning: {result}");
}

#[test]
fn a_plan_that_has_changed() {
    let setting = Setting::new("drift");
    setting.deploy_ready("web", 2);
    setting.add_node();
    let plan = setting.run(&["plan", &setting.node(1), "-o", "json"]).json();
    let mut other = plan.clone();
    other["hash"] = json!("0000");
    let file = setting.env.file("plan.json", other.to_string());
    assert_guards(&setting, "PlanDrift", &["--plan", file.to_str().expect("a path")]);
}

#[test]
fn the_last_backend_of_a_webhook() {
    let setting = Setting::new("webhook");
    setting.deploy_ready("hook", 1);
    setting.add_node();
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "hook", "namespace": setting.namespace},
        "spec": {"selector": {"app": "hook"}, "ports": [{"port": 443}]},
    }));
    // Its last pod must come back past itself.
    let webhooks = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    setting.create_in(webhooks, &json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": setting.namespace},
        "webhooks": [{
            "name": "hook.example.com", "failurePolicy": "Fail", "sideEffects": "None", "timeoutSeconds": 1,
            "admissionReviewVersions": ["v1"],
            "clientConfig": {"service": {"namespace": setting.namespace, "name": "hook"}},
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": setting.namespace}},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
        }],
    }));
    assert_guards(&setting, "Webhook", &[]);
    cluster().api().delete(&format!("{webhooks}/{}", setting.namespace)).unwrap();
}
