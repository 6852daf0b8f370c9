//! A drain that is refused writes nothing.

use cluster::Rule;
use serde_json::{Value, json};
use support::{Output, cluster};

use super::setting::{Setting, machine, position};

/// Asserts that a drain was refused with this status, and that nothing was written.
#[track_caller]
fn assert_refused(setting: &Setting, since: u64, output: Output, status: i32) -> Value {
    let result = output.exits(status).json();
    assert_eq!(
        (&result["nodes"][0]["state"], &result["exit"]),
        (&json!("Refused"), &json!(status)),
        "{result}"
    );
    assert!(!setting.is_cordoned(1), "cordoned");
    assert_eq!(setting.run_of(1), None);
    let entries = cluster().audit_log().and_then(|log| log.since(since)).expect("an audit log");
    let written = entries.iter().find(|entry| {
        let is_ours = entry.uri.contains(&setting.namespace) && entry.agent.contains("kubectl");
        is_ours && ["patch", "update", "delete"].contains(&entry.verb.as_str())
    });
    assert_eq!(written, None);
    assert_eq!(setting.asked(since), []);
    result
}

#[test]
fn a_budget_that_never_allows_a_disruption_refuses() {
    let setting = Setting::new("structural");
    setting.deploy_ready("web", 2);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 2}));
    let since = position();
    let result = assert_refused(&setting, since, setting.drain(&["-o", "json"]), 3);
    assert!(result.to_string().contains("BudgetStructural"), "{result}");
    // What else is there can go.
    let output = setting.drain(&["-o", "json", "--allow-partial"]).exits(4);
    assert_eq!(output.json()["nodes"][0]["state"], "Partial");
    assert!(setting.is_cordoned(1));
}

#[test]
fn pods_that_nothing_recreates_need_a_flag() {
    let setting = Setting::new("bare");
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare", "namespace": setting.namespace},
        "spec": setting.pod_spec(0),
    }));
    let path = format!("{}/bare", setting.pods_path());
    let ready = |pod: &Value| cluster::api::is_true(pod, "Ready");
    cluster().api().wait_for(&path, "a Ready pod", ready).unwrap();
    let since = position();
    assert_refused(&setting, since, setting.drain(&["-o", "json"]), 3);
    let output = setting.drain(&["--recreate-bare"]).exits(3);
    assert!(output.stderr.contains("is Blocked: it can't be recreated elsewhere: 0/"), "{output}");
    assert!(output.stderr.ends_with("nothing was written\n"), "{output}");
    assert_eq!(setting.asked(since), []);
    assert_eq!((setting.on_node(1), setting.is_cordoned(1)), (vec!["bare".to_owned()], false));
    setting.drain(&["--force"]).exits(0);
    assert_eq!(setting.on_node(1), [""; 0]);
}

#[test]
fn a_replacement_without_a_place_is_a_guard() {
    let setting = Setting::new("placeless");
    setting.deploy_ready("web", 1);
    let since = position();
    assert_refused(&setting, since, setting.drain(&["-o", "json"]), 5);
    setting.drain(&["--allow-pending", "-o", "json"]).exits(0);
    assert_eq!(setting.on_node(1), [""; 0]);
}

#[test]
fn missing_rights_are_named_before_anything_is_written() {
    let setting = Setting::new("rights");
    setting.deploy_ready("web", 1);
    setting.add_node();
    let user = format!("{}-reader", setting.namespace);
    let kubeconfig = cluster().user(&user, &[]).unwrap();
    let all = ["get", "list", "watch"];
    let rules = [
        Rule::core(&["nodes", "pods", "namespaces", "resourcequotas", "limitranges", "services"], &all),
        Rule::core(&["replicationcontrollers", "persistentvolumes", "persistentvolumeclaims"], &all),
        Rule::of("apps", &["replicasets", "deployments", "statefulsets", "daemonsets"], &all),
        Rule::of("policy", &["poddisruptionbudgets"], &all),
        Rule::of("autoscaling", &["horizontalpodautoscalers"], &all),
        Rule::of("coordination.k8s.io", &["leases"], &["get", "list", "create", "update"]),
    ];
    cluster().grant(&user, None, &rules).unwrap();
    let env = machine().kubeconfig(kubeconfig);
    let since = position();
    let node = setting.node(1);
    let output = env.run("kubectl", ["drain-safe", &node, "--yes", "-o", "json"]);
    let missing = format!(
        "these rights are missing: patch nodes, create pods/eviction in namespace {}",
        setting.namespace
    );
    assert!(output.stderr.contains(&missing), "{output}");
    assert_refused(&setting, since, output, 6);
}

#[test]
fn without_a_terminal_it_has_to_be_confirmed_by_a_flag() {
    let setting = Setting::new("unconfirmed");
    let output = setting.run(&[&setting.node(1)]).exits(2);
    assert!(output.stderr.contains("--yes"), "{output}");
    assert_eq!(output.stdout, "");
    assert!(!setting.is_cordoned(1));
}

#[test]
fn a_saved_plan_is_carried_out_only_as_it_was() {
    let setting = Setting::new("saved");
    setting.deploy_ready("web", 2);
    setting.add_node();
    let saved = setting.run(&["plan", &setting.node(1), "-o", "json"]);
    let file = setting.env.file("plan.json", &saved.stdout);
    let file = file.to_str().unwrap();
    let gone = setting.on_node(1).remove(0);
    cluster().api().delete(&format!("{}/{gone}", setting.pods_path())).unwrap();
    cluster().api().wait_until_gone(&format!("{}/{gone}", setting.pods_path())).unwrap();
    setting.wait_ready("web", 2);
    let since = position();
    let result = assert_refused(&setting, since, setting.drain(&["--plan", file, "-o", "json"]), 5);
    assert!(result["guards"].to_string().contains("PlanDrift"), "{result}");
    let again = setting.run(&["plan", &setting.node(1), "-o", "json"]);
    setting.env.file("plan.json", &again.stdout);
    setting.drain(&["--plan", file]).exits(0);
    let output = setting.drain(&["--plan", "/nonexistent"]).exits(1);
    assert!(output.stderr.contains("can't read /nonexistent"), "{output}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let setting = Setting::new("dry");
    setting.deploy_ready("web", 2);
    setting.add_node();
    let node = setting.node(1);
    let before = setting.on_node(1);
    for (flag, how) in [("--dry-run", "(dry run)"), ("--dry-run=server", "(server dry run)")] {
        let output = setting.run(&[&node, flag]).exits(0);
        assert!(output.stdout.contains(&format!("node/{node} cordoned {how}\n")), "{output}");
        let line = format!("evicting pod {}/{} {how}\n", setting.namespace, before[0]);
        assert!(output.stdout.contains(&line), "{output}");
        assert!(!setting.is_cordoned(1));
        assert_eq!(setting.on_node(1), before);
    }
}
