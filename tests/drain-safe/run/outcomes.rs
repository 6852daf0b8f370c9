//! A drain to its end, and what it leaves behind.

use std::fs;

use cluster::kubelet;
use serde_json::{Value, json};
use support::cluster;

use super::setting::{Asked, Setting, outcomes, pods, position};

#[test]
fn a_node_is_emptied_and_says_so() {
    let setting = Setting::new("emptied");
    setting.deploy_ready("web", 3);
    setting.add_node();
    let (before, since) = (setting.on_node(1), position());
    let output = setting.drain(&["-o", "json"]).exits(0);
    let result = output.json();
    assert_eq!(
        (&result["kind"], &result["apiVersion"]),
        (&json!("DrainResult"), &json!("kubectl-drain-safe/v1"))
    );
    assert_eq!((&result["exit"], &result["nodes"][0]["state"]), (&json!(0), &json!("Drained")));
    assert_eq!(outcomes(&result), ["Evicted"; 3]);
    for pod in pods(&result) {
        let seconds = pod["seconds"].as_f64().expect("a time");
        assert!(seconds > 0.0, "{pod}");
    }
    let mut asked = setting.asked(since);
    asked.sort();
    let mut expected: Vec<_> = before.into_iter().map(|pod| Asked { pod, status: 201 }).collect();
    expected.sort();
    assert_eq!(asked, expected, "each pod once");
    assert_eq!(setting.on_node(1), [""; 0]);
    assert!(setting.is_cordoned(1));

    let run = result["run"].as_str().expect("a run");
    assert_eq!(setting.run_of(1).as_deref(), Some(run));
    let state = setting.state(1);
    assert_eq!(
        (&state["by"], &state["wasCordoned"], &state["phase"]),
        (&json!("admin"), &json!(false), &json!("Drained"))
    );
    assert!(
        state["host"].is_string() && state["started"].is_string() && state["flags"].is_array(),
        "{state}"
    );
    assert_eq!(setting.holder(1), "", "the Lease is free");

    let journal = fs::read_to_string(result["journal"].as_str().expect("a journal")).unwrap();
    let lines: Vec<Value> = journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!(events[..3], ["Start", "Plan", "Cordon"]);
    assert_eq!(events.iter().filter(|event| **event == "Evict").count(), 3);
    assert_eq!(events.iter().filter(|event| **event == "Gone").count(), 3);
    assert_eq!(events.last(), Some(&"End"));
    assert!(lines.iter().enumerate().all(|(index, line)| line["seq"] == index + 1 && line["run"] == run));
    assert!(!journal.contains("nodeSelector"), "no bodies");
}

#[test]
fn the_lines_are_kubectls() {
    let setting = Setting::new("lines");
    setting.deploy_ready("web", 1);
    setting.add_node();
    let output = setting.drain(&["--allow", "OnlyReplica"]).exits(0);
    let node = setting.node(1);
    assert!(output.stdout.contains(&format!("node/{node} cordoned\n")), "{output}");
    assert!(output.stdout.ends_with(&format!("node/{node} drained\n")), "{output}");
    assert!(output.stderr.contains(&format!("evicting pod {}/web-", setting.namespace)), "{output}");
    assert!(output.stderr.contains("evicted after "), "{output}");
    assert!(output.stderr.contains(&format!("kubectl drain-safe finish {node}")), "{output}");
}

#[test]
fn an_empty_node_is_drained_after_it_has_settled() {
    let setting = Setting::new("empty");
    let result = setting.drain(&["-o", "json"]).exits(0).json();
    assert_eq!((&result["nodes"][0]["state"], &result["nodes"][0]["pods"]), (&json!("Drained"), &json!([])));
    assert!(setting.is_cordoned(1));
}

#[test]
fn no_node_matches() {
    let setting = Setting::new("nobody");
    let output = setting.run(&["-l", "no=such", "--yes"]).exits(0);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("no node matches"), "{output}");
}

#[test]
fn a_pod_that_is_bound_after_the_cordon_goes_too() {
    let setting = Setting::new("late");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json", "--force"]).start();
    setting.wait_cordoned();
    // Bound past the scheduler, as by one that has not heard of the cordon yet.
    let mut spec = setting.pod_spec(0);
    spec["nodeName"] = json!(setting.node(1));
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "late", "namespace": setting.namespace}, "spec": spec,
    }));
    cluster().api().wait_until_gone(&format!("{}/late", setting.pods_path())).unwrap();
    setting.release_budget();
    let result = running.wait().exits(0).json();
    assert_eq!(outcomes(&result), ["Evicted"; 3]);
    let evictions = setting.asked(since);
    assert!(evictions.contains(&Asked { pod: "late".into(), status: 201 }), "{evictions:?}");
}

#[test]
fn pods_of_daemon_sets_stay_and_finished_ones_go() {
    let setting = Setting::new("daemons");
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "agent", "namespace": setting.namespace},
        "spec": {
            "selector": {"matchLabels": {"set": "agent"}},
            "template": {"metadata": {"labels": {"set": "agent"}}, "spec": setting.pod_spec(0)},
        },
    }));
    setting.wait_ready("agent", 1);
    let mut spec = setting.pod_spec(0);
    spec["restartPolicy"] = json!("Never");
    setting.create(&json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "once", "namespace": setting.namespace},
        "spec": {"template": {"metadata": {"labels": {"set": "once"}}, "spec": spec}},
    }));
    let done = |pods: &[Value]| pods.iter().any(|pod| pod["status"]["phase"] == "Succeeded");
    cluster().api().wait(&setting.pods_path(), "labelSelector=set%3Donce", "a finished pod", done).unwrap();
    let agent = setting.on_node(1).into_iter().find(|name| name.starts_with("agent-")).unwrap();
    let result = setting.drain(&["-o", "json"]).exits(0).json();
    assert_eq!(outcomes(&result), ["Evicted", "null"]);
    assert_eq!(setting.on_node(1), [agent]);
}

#[test]
fn the_grace_period_is_the_wanted_one() {
    let setting = Setting::new("grace");
    setting.deploy("web", "web", 1, 30, &json!({}));
    setting.wait_ready("web", 1);
    setting.add_node();
    let running = setting.drain_command(&["--grace-period=4", "-o", "json"]).start();
    let leaving = |pods: &[Value]| pods.iter().any(|pod| pod["metadata"]["deletionGracePeriodSeconds"] == 4);
    cluster().api().wait(&setting.pods_path(), "", "a pod that ends in 4 s", leaving).unwrap();
    assert_eq!(outcomes(&running.wait().exits(0).json()), ["Evicted"]);
}

#[test]
fn a_node_that_is_deleted_meanwhile_is_no_failure() {
    let setting = Setting::new("deleted");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    cluster().api().delete(&setting.node_path(1)).unwrap();
    let output = running.wait().exits(0);
    assert_eq!(output.json()["nodes"][0]["state"], "Gone");
    assert!(output.stderr.contains(&format!("node/{} was deleted", setting.node(1))), "{output}");
    assert_eq!(setting.asked(since), []);
}

#[test]
fn a_node_that_somebody_uncordons_is_dropped() {
    let setting = Setting::new("reopened");
    setting.held_budget();
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    setting.cordon(1, false);
    let result = running.wait().exits(5).json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("Reopened"), &json!(5)));
    assert_eq!(outcomes(&result), ["Left"; 2]);
    assert!(!setting.is_cordoned(1), "it is not cordoned again");
    setting.release_budget();
    assert_eq!(setting.asked(since), []);
}

/// Judged from the audit log, in which requests stand in the order of their answers.
#[test]
fn nothing_is_evicted_anymore_once_somebody_has_uncordoned_the_node() {
    let setting = Setting::new("reopened-midway");
    // Each chain goes on when a replacement is Ready: long after the drain has heard of the uncordon.
    let chains = ["a", "b", "c"];
    for name in chains {
        setting.create(&json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": setting.namespace},
            "spec": {
                "replicas": 3, "selector": {"matchLabels": {"set": name}},
                "template": {
                    "metadata": {
                        "labels": {"set": name, "app": name, (kubelet::START): kubelet::SLOW},
                        "annotations": {(kubelet::READY_AFTER): "8s"},
                    },
                    "spec": setting.pod_spec(1),
                },
            },
        }));
    }
    chains.iter().for_each(|name| setting.wait_ready(name, 3));
    setting.add_node();
    for name in chains {
        setting.budget(name, name, &json!({"maxUnavailable": 1}));
        setting.wait_budget(name, |status| status["disruptionsAllowed"] == 1);
    }
    let since = position();
    let running = setting.drain_command(&["-o", "json"]).start();
    let begun = |pods: &[Value]| {
        let on_it = pods.iter().filter(|pod| pod["spec"]["nodeName"] == setting.node(1).as_str());
        on_it.filter(|pod| pod["metadata"]["deletionTimestamp"].is_null()).count() == 6
    };
    cluster().api().wait(&setting.pods_path(), "", "an eviction of each chain", begun).unwrap();
    let patch = json!({"spec": {"unschedulable": null}});
    cluster().api().merge_patch(&setting.node_path(1), &patch).unwrap();
    let uncordoned = position();
    let output = running.wait().exits(5);
    let result = output.json();
    assert_eq!(result["nodes"][0]["state"], "Reopened", "{output}");
    let left = outcomes(&result).into_iter().filter(|outcome| outcome == "Left").count();
    assert_eq!(left, 6, "{output}");
    let accepted = setting.asked(since).into_iter().filter(|asked| asked.status == 201).count();
    assert_eq!(accepted, 3, "one of each chain");
    assert_eq!(setting.asked(uncordoned), [], "{output}");
    assert!(!setting.is_cordoned(1), "it is not cordoned again");
}

#[test]
fn a_timeout_leaves_what_is_held() {
    let setting = Setting::new("timeout");
    setting.held_budget();
    let output = setting.drain(&["--timeout=3s", "-o", "json"]).exits(4);
    let result = output.json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("TimedOut"), &json!(4)));
    assert_eq!(outcomes(&result), ["Left"; 2]);
    assert!(pods(&result).iter().all(|pod| pod["code"] == "BudgetHeld"), "{result}");
    assert!(setting.is_cordoned(1));
    assert_eq!(setting.state(1)["phase"], "TimedOut");
    let next = result["next"].to_string();
    assert!(next.contains("resume") && next.contains("undo"), "{next}");
}

#[test]
fn on_failure_the_cordon_can_be_taken_back() {
    let setting = Setting::new("taken-back");
    setting.held_budget();
    setting.drain(&["--timeout=2s", "--on-failure=uncordon"]).exits(4);
    assert!(!setting.is_cordoned(1));
    assert_eq!(setting.run_of(1), None);
    // But not that of somebody else.
    setting.cordon(1, true);
    setting.drain(&["--timeout=2s", "--on-failure=uncordon"]).exits(4);
    assert!(setting.is_cordoned(1));
    assert_eq!(setting.run_of(1), None);
}

#[test]
fn a_pod_that_ignores_its_deletion_is_waited_for_until_the_timeout() {
    let setting = Setting::new("stuck");
    setting.deploy("web", "web", 1, 1, &json!({(kubelet::DELETION): kubelet::STUCK}));
    setting.wait_ready("web", 1);
    setting.add_node();
    let result = setting.drain(&["--timeout=4s", "-o", "json"]).exits(4).json();
    assert_eq!(outcomes(&result), ["Unconfirmed"]);
}
