//! Budgets decide when a pod goes, and nothing else does.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, outcomes, pods, position};

fn is_ready(pod: &Value) -> bool {
    cluster::api::is_true(pod, "Ready") && pod["metadata"]["deletionTimestamp"].is_null()
}

#[test]
fn a_chain_of_pods_never_has_more_than_one_missing_and_asks_each_once() {
    let setting = Setting::new("chain");
    setting.deploy_ready("web", 5);
    setting.add_node();
    setting.budget("web", "web", &json!({"maxUnavailable": 1}));
    setting.wait_budget("web", |status| status["disruptionsAllowed"] == 1);
    let since = position();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let least = scope.spawn(|| {
            let mut least = usize::MAX;
            while !is_over.load(Ordering::SeqCst) {
                least = least.min(setting.pods().iter().filter(|pod| is_ready(pod)).count());
            }
            least
        });
        let result = setting.drain(&["-o", "json"]).exits(0).json();
        is_over.store(true, Ordering::SeqCst);
        assert_eq!(outcomes(&result), ["Evicted"; 5]);
        assert_eq!(least.join().unwrap(), 4, "one at a time, and one at least");
    });
    let statuses: Vec<_> = setting.asked(since).iter().map(|asked| asked.status).collect();
    assert_eq!(statuses, [201; 5], "no eviction is asked for in vain");
}

#[test]
fn a_budget_that_opens_lets_its_pods_go_within_a_second() {
    let setting = Setting::new("opens");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    thread::sleep(Duration::from_secs(3));
    assert_eq!(setting.asked(since), [], "a shut budget is not asked");
    setting.release_budget();
    let start = Instant::now();
    while setting.asked(since).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "never asked for");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(outcomes(&running.wait().exits(0).json()), ["Evicted"; 2]);
}

#[test]
fn a_budget_that_becomes_impossible_is_given_up_after_half_a_minute() {
    let setting = Setting::new("impossible");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let patch = json!({"spec": {"maxUnavailable": 0}});
    cluster().api().merge_patch(&setting.budget_path("web"), &patch).unwrap();
    let result = running.wait().exits(4).json();
    assert_eq!(result["nodes"][0]["state"], "Partial");
    assert_eq!(outcomes(&result), ["Left"; 2]);
    assert!(pods(&result).iter().all(|pod| pod["code"] == "BudgetStructural"), "{result}");
    assert_eq!(setting.asked(since), []);
}

#[test]
fn a_budget_that_comes_meanwhile_is_obeyed() {
    let setting = Setting::new("comes");
    setting.held_budget();
    setting.deploy_ready("other", 1);
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    // A second budget over the same pods: the eviction API refuses them from now on.
    setting.budget("second", "web", &json!({"maxUnavailable": 1}));
    setting.release_budget();
    let result = running.wait().exits(4).json();
    let left: Vec<_> = pods(&result).into_iter().filter(|pod| pod["outcome"] == "Left").collect();
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|pod| pod["code"] == "SeveralBudgets"), "{result}");
}

#[test]
fn blocked_pods_hold_no_others() {
    let setting = Setting::new("free");
    setting.held_budget();
    setting.deploy_ready("loose", 2);
    let loose = setting.on_node(1).iter().filter(|name| name.starts_with("loose")).count();
    let since = position();
    let running = setting.drain_command(&["-o", "json", "--timeout=20s"]).start();
    setting.wait_cordoned();
    let start = Instant::now();
    while setting.asked(since).len() < loose {
        assert!(start.elapsed() < Duration::from_secs(15), "held: {:?}", setting.asked(since));
        thread::sleep(Duration::from_millis(5));
    }
    assert!(setting.asked(since).iter().all(|asked| asked.pod.starts_with("loose-")));
    running.wait().exits(4);
}

#[test]
fn a_pod_with_the_same_name_elsewhere_keeps_its_life() {
    let setting = Setting::new("same-name");
    let mut spec = setting.pod_spec(0);
    spec["containers"][0]["name"] = json!("db");
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "serviceName": "db", "selector": {"matchLabels": {"set": "db", "app": "db"}},
            "template": {"metadata": {"labels": {"set": "db", "app": "db"}}, "spec": spec},
        },
    }));
    setting.wait_ready("db", 1);
    setting.add_node();
    setting.deploy_sick("db");
    setting.budget("db", "db", &json!({"maxUnavailable": 1}));
    setting.wait_budget("db", |status| status["expectedPods"] == 2 && status["disruptionsAllowed"] == 0);
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let path = format!("{}/db-0", setting.pods_path());
    cluster().api().delete(&path).unwrap();
    let result = running.wait().exits(0).json();
    assert_eq!(outcomes(&result), ["Gone"]);
    let elsewhere = |pod: &Value| pod["spec"]["nodeName"] == setting.node(2).as_str() && is_ready(pod);
    let pod = cluster().api().wait_for(&path, "the pod on the other node", elsewhere).unwrap();
    setting.release_budget();
    assert_eq!(cluster().api().get(&path).unwrap()["metadata"]["uid"], pod["metadata"]["uid"]);
    assert_eq!(setting.asked(since), []);
}
