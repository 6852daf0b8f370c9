//! What a drain stands on is lost midway: its lock, its rights, its credentials; and clocks that disagree.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use cluster::Rule;
use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, in_parallel, machine, outcomes, position};

#[test]
fn a_lock_that_somebody_takes_ends_the_drain() {
    let setting = Setting::new("taken");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let path = lease_path(&setting);
    let patch = json!({"spec": {"holderIdentity": "other-run (ann on laptop, 1)"}});
    cluster().api().merge_patch(&path, &patch).unwrap();
    let output = running.wait().exits(5);
    let result = output.json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("Failed"), &json!(5)));
    assert!(output.stderr.contains("the run other-run (ann on laptop, 1) has taken its lock"), "{output}");
    setting.release_budget();
    assert_eq!(setting.asked(since), []);
    assert!(setting.holder(1).starts_with("other-run"), "the other's lock is left alone");
}

#[test]
fn credentials_that_end_midway_stop_the_drain() {
    let setting = Setting::new("expired");
    setting.held_budget();
    let since = position();
    let kubeconfig = cluster().service_account(&setting.namespace, "drainer").unwrap();
    let user = format!("system:serviceaccount:{}:drainer", setting.namespace);
    cluster().grant(&user, None, &[Rule::of("*", &["*"], &["*"])]).unwrap();
    let node = setting.node(1);
    let env = machine().kubeconfig(kubeconfig);
    let running = env.command("kubectl", ["drain-safe", &node, "--yes", "-o", "json"]).start();
    setting.wait_cordoned();
    // The API server remembers for some seconds that it has accepted the token.
    let account = format!("/api/v1/namespaces/{}/serviceaccounts/drainer", setting.namespace);
    cluster().api().delete(&account).unwrap();
    let output = running.wait().exits(6);
    let result = output.json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("Failed"), &json!(6)), "{output}");
    setting.release_budget();
    assert_eq!(setting.asked(since), []);
    assert!(setting.is_cordoned(1), "which undo takes back");
    setting.run(&["undo", &node, "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1));
}

#[test]
fn a_right_that_is_lost_midway_stops_the_drain() {
    let setting = Setting::new("lost-right");
    setting.held_budget();
    let user = format!("{}-drainer", setting.namespace);
    let kubeconfig = cluster().user(&user, &[]).unwrap();
    cluster().grant(&user, None, &[Rule::core(&["*"], &["get", "list", "watch", "patch"])]).unwrap();
    for group in ["apps", "policy", "autoscaling", "storage.k8s.io", "batch", "admissionregistration.k8s.io"]
    {
        cluster().grant(&user, None, &[Rule::of(group, &["*"], &["get", "list", "watch"])]).unwrap();
    }
    let leases = Rule::of("coordination.k8s.io", &["leases"], &["get", "list", "create", "update"]);
    cluster().grant(&user, None, &[leases]).unwrap();
    let namespace = setting.namespace.clone();
    cluster().grant(&user, Some(&namespace), &[Rule::core(&["pods/eviction"], &["create"])]).unwrap();
    let node = setting.node(1);
    let env = machine().kubeconfig(kubeconfig);
    let running = env.command("kubectl", ["drain-safe", &node, "--yes", "-o", "json"]).start();
    setting.wait_cordoned();
    let bindings = format!("/apis/rbac.authorization.k8s.io/v1/namespaces/{namespace}/rolebindings");
    let list = cluster().api().get(&bindings).unwrap();
    for binding in list["items"].as_array().unwrap() {
        let name = binding["metadata"]["name"].as_str().unwrap();
        cluster().api().delete(&format!("{bindings}/{name}")).unwrap();
    }
    // The authorizer learns of it by a watch.
    thread::sleep(Duration::from_secs(1));
    setting.release_budget();
    let output = running.wait().exits(6);
    let result = output.json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("Failed"), &json!(6)));
    assert_eq!(outcomes(&result), ["Left"; 2]);
    assert!(result.to_string().contains("cannot create resource"), "{result}");
    assert!(setting.is_cordoned(1));
}

/// Writes the Lease of node 1 as another run with another clock would.
fn lease(setting: &Setting, hours: i64) -> String {
    let now = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
    let path = lease_path(setting);
    let name = path.rsplit('/').next();
    setting.create(&json!({
        "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": name, "namespace": "kube-system"},
        "spec": {"holderIdentity": "other-run (ann on laptop, 1)", "leaseDurationSeconds": 15, "renewTime": now.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()},
    }));
    path
}

fn lease_path(setting: &Setting) -> String {
    let leases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    format!("{leases}/kubectl-drain-safe.{}", setting.node(1))
}

#[test]
fn clocks_that_disagree_neither_kill_a_run_nor_keep_a_dead_one_alive() {
    in_parallel(&[-1, 1], 2, |_, hours| judge_by_our_own_clock(*hours));
}

fn judge_by_our_own_clock(hours: i64) {
    let setting = Setting::new("clock");
    let path = lease(&setting, hours);
    // Renewed by a machine with a wrong clock: alive.
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for count in 0.. {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let patch: Value = json!({"spec": {"leaseTransitions": count}});
                cluster().api().merge_patch(&path, &patch).expect("a Lease");
                thread::sleep(Duration::from_secs(1));
            }
        });
        let output = setting.drain(&["-o", "json"]);
        is_over.store(true, Ordering::SeqCst);
        assert!(output.exits(5).stderr.contains("other-run"));
    });
    assert!(!setting.is_cordoned(1));
    // And dead, once nobody renews it.
    setting.drain(&["-o", "json"]).exits(0);
    assert_eq!(setting.holder(1), "");
}
