//! Faults of the API server and the network in the middle of a drain. Whatever happens, each pod of the plan is evicted
//! at most once, none but those, and the drain goes on.

use std::{collections::BTreeSet, thread, time::Duration};

use cluster::Rule;
use serde_json::{Value, json};
use support::{FaultProxy, Output, Reply, cluster};

use super::setting::{Setting, machine, outcomes, position};

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
    // Not for ever: an eviction that is cut off keeps its budget shut for two minutes.
    for _ in 0..6 {
        if !running.has_ended() {
            trial.proxy.cut();
            thread::sleep(Duration::from_millis(300));
        }
    }
    trial.assert_drained(running.wait());
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
    let output = trial.assert_drained(running.wait());
    assert!(output.stderr.contains("going on as soon as the API server answers"), "{output}");
    assert!(output.stderr.contains("the API server answers again"), "{output}");
}

#[test]
fn an_answer_that_is_lost_after_the_eviction_evicts_nobody_twice() {
    let trial = Trial::new("lost");
    // A budget is charged before the pod is deleted: cut in between, its server counts the eviction for two minutes.
    let running = trial.command().limit(Duration::from_secs(400)).start();
    while trial.setting.asked(trial.since).is_empty() {
        thread::sleep(Duration::from_millis(2));
    }
    trial.proxy.cut();
    trial.assert_drained(running.wait());
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
    let name = format!("kubectl-drain-safe.{}", setting.node(1));
    setting.create(&json!({
        "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": name, "namespace": "kube-system"},
        "spec": {"holderIdentity": "other-run (ann on laptop, 1)", "leaseDurationSeconds": 15, "renewTime": now.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()},
    }));
    format!("/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/{name}")
}

#[test]
fn clocks_that_disagree_neither_kill_a_run_nor_keep_a_dead_one_alive() {
    for hours in [-1, 1] {
        let setting = Setting::new("clock");
        let path = lease(&setting, hours);
        // Renewed by a machine with a wrong clock: alive.
        let is_over = std::sync::atomic::AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                for count in 0.. {
                    if is_over.load(std::sync::atomic::Ordering::SeqCst) {
                        return;
                    }
                    let patch: Value = json!({"spec": {"leaseTransitions": count}});
                    cluster().api().merge_patch(&path, &patch).unwrap();
                    thread::sleep(Duration::from_secs(1));
                }
            });
            let output = setting.drain(&["-o", "json"]);
            is_over.store(true, std::sync::atomic::Ordering::SeqCst);
            assert!(output.exits(5).stderr.contains("other-run"));
        });
        assert!(!setting.is_cordoned(1));
        // And dead, once nobody renews it.
        setting.drain(&["-o", "json"]).exits(0);
        assert_eq!(setting.holder(1), "");
    }
}
