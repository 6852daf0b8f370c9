//! Faults of the API server and the network in the middle of a drain. Whatever happens, each pod of the plan is evicted
//! at most once, none but those, and the drain goes on.

use std::{collections::BTreeSet, thread, time::Duration};

use serde_json::{Value, json};
use support::{FaultProxy, Output, Reply, Running, cluster};

use super::setting::{Setting, position};

/// A drain of three pods and a chain of three, through a proxy with faults.
struct Trial {
    setting: Setting,
    proxy: FaultProxy,
    planned: BTreeSet<String>,
    since: u64,
}

impl Trial {
    fn new(name: &str) -> Self {
        let setting = Setting::new(name);
        setting.deploy("web", "web", 3, 1, &json!({}));
        setting.deploy("api", "api", 3, 1, &json!({}));
        setting.wait_ready("web", 3);
        setting.wait_ready("api", 3);
        setting.add_node();
        setting.budget("web", "web", &json!({"maxUnavailable": 1}));
        setting.wait_budget("web", |status| status["disruptionsAllowed"] == 1);
        let planned = setting.on_node(1).into_iter().collect();
        let since = position();
        Self { setting, proxy: FaultProxy::of(cluster()), planned, since }
    }

    fn command(&self) -> support::Invocation {
        self.setting.drain_command(&["-o", "json", "-s", &self.proxy.url()])
    }

    /// Waits for the end of the drain, and lets time pass for the budget where an eviction was cut off.
    fn wait(&self, mut running: Running) -> Output {
        while !running.has_ended() {
            self.setting.expire_charges("web");
            thread::sleep(Duration::from_secs(5));
        }
        running.wait()
    }

    /// Asserts that all went as planned all the same.
    #[track_caller]
    fn assert_drained(&self, output: Output) -> Output {
        let output = output.exits(0);
        let result = output.json();
        assert_eq!(result["nodes"][0]["state"], "Drained", "{output}");
        assert_eq!(self.setting.on_node(1), [""; 0]);
        let asked = self.setting.asked(self.since);
        let accepted: Vec<_> =
            asked.iter().filter(|asked| asked.status == 201).map(|asked| &asked.pod).collect();
        let once: BTreeSet<_> = accepted.iter().copied().cloned().collect();
        assert_eq!(once.len(), accepted.len(), "a pod was evicted twice: {accepted:?}");
        assert!(once.is_subset(&self.planned), "{once:?} are not all of {:?}", self.planned);
        assert_eq!(self.proxy.unused(), 0, "a fault did not happen");
        output
    }
}

fn busy(retry_after: Option<&str>) -> Reply {
    let reply = Reply::status(429, "TooManyRequests", "Too many requests, please try again later.");
    retry_after.map(|seconds| reply.clone().header("retry-after", seconds)).unwrap_or(reply)
}

#[test]
fn answers_that_pass_are_asked_for_again() {
    let trial = Trial::new("answers");
    let webhook = "admission webhook \"guard.example.com\" denied the request: later";
    trial.proxy.answer(
        "POST",
        "/eviction",
        [
            busy(None),
            busy(Some("2")),
            Reply::status(500, "InternalError", "etcdserver: leader changed"),
            Reply::status(
                409,
                "Conflict",
                "Operation cannot be fulfilled: please apply your changes to the latest version",
            ),
            Reply::status(403, "Forbidden", webhook),
            Reply::status(429, "TooManyRequests", webhook),
            Reply::status(
                422,
                "Invalid",
                "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: later",
            ),
            Reply::status(504, "Timeout", "couldn't update PodDisruptionBudget due to conflicts"),
            Reply::nothing(),
        ],
    );
    let output = trial.assert_drained(trial.command().run());
    assert!(output.stderr.contains(webhook), "a refusal is told: {output}");
}

#[test]
fn cut_connections_are_made_anew() {
    let trial = Trial::new("cuts");
    let mut running = trial.command().limit(Duration::from_secs(400)).start();
    trial.setting.wait_cordoned();
    for _ in 0..6 {
        if !running.has_ended() {
            trial.proxy.cut();
            thread::sleep(Duration::from_millis(300));
        }
    }
    trial.assert_drained(trial.wait(running));
}

#[test]
fn a_server_that_restarts_is_waited_for() {
    let trial = Trial::new("restart");
    let running = trial.command().limit(Duration::from_secs(400)).start();
    trial.setting.wait_cordoned();
    thread::sleep(Duration::from_millis(700));
    trial.proxy.set_down(true);
    thread::sleep(Duration::from_secs(6));
    trial.proxy.set_down(false);
    let output = trial.assert_drained(trial.wait(running));
    assert!(output.stderr.contains("going on as soon as the API server answers"), "{output}");
    assert!(output.stderr.contains("the API server answers again"), "{output}");
}

#[test]
fn an_answer_that_is_lost_after_the_eviction_evicts_nobody_twice() {
    let trial = Trial::new("lost");
    trial.proxy.lose_answers("POST", "/eviction", 4);
    trial.assert_drained(trial.command().run());
}

#[test]
fn an_eviction_whose_connection_is_cut_evicts_nobody_twice() {
    let trial = Trial::new("cut");
    // A budget is charged before the pod is deleted: cut in between, its server counts the eviction for two minutes.
    let running = trial.command().limit(Duration::from_secs(400)).start();
    while trial.setting.asked(trial.since).is_empty() {
        thread::sleep(Duration::from_millis(2));
    }
    trial.proxy.cut();
    trial.assert_drained(trial.wait(running));
}

#[test]
fn an_eviction_that_a_budget_counts_in_vain_is_waited_for() {
    let trial = Trial::new("charged");
    // As after a connection that was lost between the charge and the deletion.
    let victim = trial.setting.on_node(1).into_iter().find(|name| name.starts_with("web-")).expect("a pod");
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let status = json!({"status": {"disruptionsAllowed": 0, "disruptedPods": {victim: now}}});
    let path = format!("{}/status", trial.setting.budget_path("web"));
    cluster().api().merge_patch(&path, &status).unwrap();
    let held = |status: &Value| status["disruptionsAllowed"] == 0 && status["disruptedPods"].is_object();
    trial.setting.wait_budget("web", held);
    let plan = trial.setting.run(&["plan", &trial.setting.node(1), "-o", "json"]).json();
    let pods = plan["nodes"][0]["pods"].as_array().expect("pods").clone();
    let judged = pods.iter().filter(|pod| pod["name"].as_str().is_some_and(|name| name.starts_with("web-")));
    assert!(judged.clone().all(|pod| pod["reasons"][0]["code"] == "BudgetHeld"), "{plan}");
    assert!(judged.count() > 0);
    let running = trial.command().limit(Duration::from_secs(400)).start();
    trial.setting.wait_cordoned();
    let others = |names: Vec<String>| names.iter().all(|name| name.starts_with("web-"));
    let start = std::time::Instant::now();
    while !others(trial.setting.on_node(1)) {
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", trial.setting.on_node(1));
        thread::sleep(Duration::from_millis(50));
    }
    let asked = trial.setting.asked(trial.since);
    assert!(asked.iter().all(|asked| asked.pod.starts_with("api-")), "{asked:?}");
    trial.assert_drained(trial.wait(running));
}
