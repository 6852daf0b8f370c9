//! kubectl drain's flags, which mean what they mean there: each is tried on both, on nodes that are alike.

use serde_json::{Value, json};
use support::{Output, cluster};

use super::setting::{Setting, position};

/// Two nodes that are alike, each with pods that only run there.
struct Twins {
    setting: Setting,
}

impl Twins {
    /// Makes the pods that `pods` returns for each node.
    fn new(name: &str, pods: impl Fn(&Setting) -> Vec<(&'static str, Value)>) -> Self {
        let setting = Setting::new(name);
        setting.add_node();
        for number in [1, 2] {
            for (name, mut pod) in pods(&setting) {
                pod["apiVersion"] = json!("v1");
                pod["kind"] = json!("Pod");
                pod["metadata"]["name"] = json!(format!("{name}-{number}"));
                pod["metadata"]["namespace"] = json!(setting.namespace);
                pod["spec"]["nodeName"] = json!(setting.node(number));
                setting.create(&pod);
            }
            let count = pods(&setting).len() * number;
            cluster().api().wait_for_ready_pods(&setting.namespace, "", count).expect("Ready pods");
        }
        Self { setting }
    }

    /// Drains node 1 with ours and node 2 with kubectl, and returns the pods that are left on each, without the number of
    /// the node, and both outputs.
    fn drain(&self, flags: &[&str]) -> [(Vec<String>, Output); 2] {
        let ours = self.setting.drain(flags);
        let node = self.setting.node(2);
        let theirs =
            self.setting.env.run("kubectl", [&["drain", &node, "--ignore-daemonsets"], flags].concat());
        [(1, ours), (2, theirs)].map(|(number, output)| {
            let names = self.setting.on_node(number);
            let mut left: Vec<String> = names
                .iter()
                .filter_map(|name| name.rsplit_once('-'))
                .map(|(name, _)| name.to_owned())
                .collect();
            left.sort();
            (left, output)
        })
    }

    #[track_caller]
    fn assert_same(&self, flags: &[&str], left: &[&str], is_success: bool) {
        let [(ours, our_output), (theirs, their_output)] = self.drain(flags);
        assert_eq!(theirs, left, "kubectl: {their_output}");
        assert_eq!(ours, left, "{our_output}");
        assert_eq!(their_output.status == Some(0), is_success, "kubectl: {their_output}");
        assert_eq!(our_output.status == Some(0), is_success, "{our_output}");
    }
}

fn pod(setting: &Setting, labels: &Value) -> Value {
    json!({"metadata": {"labels": labels}, "spec": setting.pod_spec(0)})
}

#[test]
fn force_lets_pods_without_a_controller_go() {
    let twins = Twins::new("force", |setting| vec![("bare", pod(setting, &json!({})))]);
    twins.assert_same(&[], &["bare"], false);
    twins.assert_same(&["--force"], &[], true);
}

#[test]
fn delete_emptydir_data_lets_pods_with_local_data_go() {
    let with_volume = |setting: &Setting| {
        let mut pod = pod(setting, &json!({}));
        pod["spec"]["volumes"] = json!([{"name": "cache", "emptyDir": {}}]);
        vec![("cache", pod)]
    };
    let twins = Twins::new("emptydir", with_volume);
    twins.assert_same(&["--force"], &["cache"], false);
    twins.assert_same(&["--force", "--delete-emptydir-data"], &[], true);
}

#[test]
fn pod_selector_leaves_others_alone() {
    let pods = |setting: &Setting| {
        vec![("one", pod(setting, &json!({"e": "f"}))), ("other", pod(setting, &json!({"e": "g"})))]
    };
    let twins = Twins::new("selector", pods);
    twins.assert_same(&["--force", "--pod-selector=e in (f)"], &["other"], true);
}

#[test]
fn skip_wait_for_delete_timeout_leaves_what_terminates_for_long() {
    let stuck = |setting: &Setting| {
        let labels = json!({(cluster::kubelet::DELETION): cluster::kubelet::STUCK});
        vec![("stuck", pod(setting, &labels))]
    };
    let twins = Twins::new("skip", stuck);
    for number in [1, 2] {
        let path = format!("{}/stuck-{number}", twins.setting.pods_path());
        let options = json!({"gracePeriodSeconds": 1});
        cluster().api().request("DELETE", &path, None, Some(&options)).expect("a deletion");
    }
    let node = twins.setting.node(1);
    let since = position();
    let output = twins.setting.drain(&["--force", "--skip-wait-for-delete-timeout=2"]).exits(0);
    assert!(output.stdout.contains(&format!("node/{node} drained\n")), "{output}");
    assert!(output.stdout.contains("Unconfirmed"), "{output}");
    assert_eq!(twins.setting.asked(since), []);
    let node = twins.setting.node(2);
    let flags = ["drain", &node, "--force", "--skip-wait-for-delete-timeout=2"];
    twins.setting.env.run("kubectl", flags).exits(0);
}

#[test]
fn what_else_kubectl_drain_takes_is_taken() {
    let twins = Twins::new("others", |setting| vec![("bare", pod(setting, &json!({})))]);
    let selector =
        format!("for={},kubernetes.io/hostname={}", twins.setting.namespace, twins.setting.node(1));
    let words = [
        "-l",
        &selector,
        "--yes",
        "--force",
        "--chunk-size=1",
        "--grace-period=1",
        "--timeout=100s",
        "--ignore-daemonsets",
        "--disable-eviction=false",
    ];
    let output = twins.setting.run(&words).exits(0);
    assert!(output.stdout.contains(&format!("node/{} drained\n", twins.setting.node(1))), "{output}");
    assert_eq!(twins.setting.on_node(1), [""; 0]);
    assert_eq!(twins.setting.on_node(2), ["bare-2"]);
}
