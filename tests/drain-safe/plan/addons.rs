//! Guards about what the cluster itself runs on: its DNS, its webhooks, its API server.

use serde_json::{Value, json};
use support::cluster;

use super::stage::{Stage, guards, squeezed};

#[test]
fn the_last_pod_of_the_dns_is_missed() {
    let stage = Stage::three();
    let pod = |name: &str, node: &str| {
        cluster().api().create(&json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}},
            "spec": {"nodeName": node, "containers": [{"name": "app", "image": "app"}]},
        }))?;
        let path = format!("/api/v1/namespaces/kube-system/pods/{name}");
        cluster().api().wait_for(&path, "a Ready pod", |pod| cluster::api::is_true(pod, "Ready"))
    };
    pod("coredns-1", "n1").expect("a pod");
    let output = squeezed(&stage.text("n1 --force", 0));
    let expected = "Note Dns: all Ready pods of the cluster's DNS go: names are not resolved meanwhile";
    assert!(output.contains(expected), "{output}");
    pod("coredns-2", "n2").expect("a pod");
    assert_eq!(stage.plan("n1 --force", 0)["guards"], json!([]));
}

/// A webhook about new pods of the namespace that its own pods are in.
struct Webhook(String);

impl Webhook {
    fn new(stage: &Stage, policy: &str) -> Self {
        stage.create(json!({
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": "policy"},
            "spec": {"selector": {"app": "policy"}, "ports": [{"port": 443}]},
        }));
        let name = format!("policy.{}.example.com", stage.namespace);
        let here = json!({"matchLabels": {"kubernetes.io/metadata.name": stage.namespace}});
        let rule = json!({"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]});
        let service = json!({"namespace": stage.namespace, "name": "policy"});
        let configuration = json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": {"name": name},
            "webhooks": [{
                "name": name, "clientConfig": {"service": service}, "rules": [rule], "failurePolicy": policy,
                "namespaceSelector": here, "sideEffects": "None", "admissionReviewVersions": ["v1"],
            }],
        });
        cluster().api().create(&configuration).expect("a webhook");
        Self(name)
    }
}

impl Drop for Webhook {
    fn drop(&mut self) {
        let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
        let _ = cluster().api().delete(&format!("{path}/{}", self.0));
    }
}

#[test]
fn a_webhook_that_its_own_pods_need_keeps_one() {
    let stage = Stage::three();
    stage.deployment("policy", Some("n1"), 1, json!({}));
    let webhook = Webhook::new(&stage, "Fail");
    let output = squeezed(&stage.text("n1", 5));
    let expected = format!(
        "Guard Webhook: all backends of webhook {} go, and without them their replacements are not admitted fix: --allow Webhook",
        webhook.0
    );
    assert!(output.contains(&expected), "{output}");
    assert_eq!(stage.plan("n1 --allow Webhook", 0)["guards"][0]["code"], "Webhook");
}

#[test]
fn a_webhook_whose_pods_go_one_after_the_other_or_that_fails_open_is_no_obstacle() {
    let stage = Stage::three();
    stage.deployment("policy", Some("n1"), 2, json!({}));
    let webhook = Webhook::new(&stage, "Fail");
    // One is kept until the other has been replaced.
    assert_eq!(stage.plan("n1", 0)["guards"], json!([]));
    let at_once = guards(&stage.plan("n1 --keep-one=false", 5));
    assert_eq!(at_once, [("Webhook".to_owned(), true)]);
    drop(webhook);
    let path = format!("/api/v1/namespaces/{}/services/policy", stage.namespace);
    cluster().api().delete(&path).expect("a deletion");
    let _open = Webhook::new(&stage, "Ignore");
    assert_eq!(stage.plan("n1 --keep-one=false", 0)["guards"], json!([]));
}

#[test]
fn the_way_to_the_api_server_is_noticed() {
    let stage = Stage::three();
    let host = "127.0.0.1";
    let addresses = json!({"status": {"addresses": [{"type": "InternalIP", "address": host}]}});
    cluster().api().merge_patch("/api/v1/nodes/n1/status", &addresses).expect("an address");
    let there = |node: &Value| node["status"]["addresses"][0]["address"] == host;
    cluster().api().wait_for("/api/v1/nodes/n1", "the address", there).expect("the address");
    let output = squeezed(&stage.text("n1", 0));
    assert!(
        output.contains(&format!("Note Endpoint: the API server is reached through n1, {host}")),
        "{output}"
    );
    let others = guards(&stage.plan("n3", 0));
    assert_eq!(others, []);
}
