//! Deployments without another replica: scaled up by one, or restarted, before the pod goes.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use cluster::kubelet;
use rustix::process::Signal;
use serde_json::{Value, json};
use support::{Invocation, Random, cluster, number, seed};

use super::objects::Objects;
use super::setting::{Setting, in_parallel, machine, outcomes, pods, position};

pub fn deployment_path(setting: &Setting) -> String {
    format!("/apis/apps/v1/namespaces/{}/deployments/web", setting.namespace)
}

pub fn deployment(setting: &Setting) -> Value {
    cluster().api().get(&deployment_path(setting)).expect("a Deployment")
}

/// Waits until a run has scaled the Deployment up.
pub fn wait_surge(setting: &Setting) {
    let is_begun =
        |deployment: &Value| deployment["metadata"]["labels"]["kubectl-drain-safe/surge"].is_string();
    cluster().api().wait_for(&deployment_path(setting), "a surge", is_begun).expect("a surge");
}

/// A Deployment of one pod that is Ready only after a while.
pub fn deploy_slow(setting: &Setting, ready_after: &str) {
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "replicas": 1, "selector": {"matchLabels": {"set": "web"}},
            "template": {
                "metadata": {
                    "labels": {"set": "web", "app": "web", (kubelet::START): kubelet::SLOW},
                    "annotations": {(kubelet::READY_AFTER): ready_after},
                },
                "spec": setting.pod_spec(1),
            },
        },
    }));
    setting.wait_ready("web", 1);
}

/// Asserts that nothing of a move is left: neither on the Deployment nor on its pods, of which so many are Ready.
#[track_caller]
pub fn assert_given_back(setting: &Setting, spec: &Value, replicas: usize) {
    let now = deployment(setting);
    assert_eq!(now["spec"], *spec);
    assert!(!now.to_string().contains("kubectl-drain-safe/"), "{now}");
    setting.wait_ready("web", replicas);
    let settled = |pods: &[Value]| {
        pods.iter().filter(|pod| pod["metadata"]["deletionTimestamp"].is_null()).count() == replicas
    };
    let pods = cluster().api().wait(&setting.pods_path(), "labelSelector=set%3Dweb", "its pods", settled);
    for pod in pods.expect("pods") {
        let annotations = &pod["metadata"]["annotations"];
        let is_marked = ["controller.kubernetes.io/pod-deletion-cost", "kubectl-drain-safe/surge"]
            .iter()
            .any(|name| !annotations[*name].is_null());
        assert!(!is_marked || !pod["metadata"]["deletionTimestamp"].is_null(), "{pod}");
    }
}

/// Runs something, and returns how many pods were Ready at least meanwhile.
fn least_ready<T>(setting: &Setting, work: impl FnOnce() -> T) -> (usize, T) {
    let is_over = AtomicBool::new(false);
    let is_ready =
        |pod: &Value| cluster::api::is_true(pod, "Ready") && pod["metadata"]["deletionTimestamp"].is_null();
    thread::scope(|scope| {
        let least = scope.spawn(|| {
            let mut least = usize::MAX;
            while !is_over.load(Ordering::SeqCst) {
                least = least.min(setting.pods().iter().filter(|pod| is_ready(pod)).count());
                thread::sleep(Duration::from_millis(5));
            }
            least
        });
        let done = work();
        is_over.store(true, Ordering::SeqCst);
        (least.join().expect("a count"), done)
    })
}

#[test]
fn another_pod_is_there_before_the_only_one_goes() {
    let setting = Setting::new("surge");
    setting.deploy_ready("web", 1);
    setting.add_node();
    // Which no eviction could pass.
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let spec = deployment(&setting)["spec"].clone();
    let before = Objects::read(&setting, 0);
    let since = position();
    let drain = || setting.drain(&["--single-replica=surge", "-o", "json"]).exits(0);
    let (least, output) = least_ready(&setting, drain);
    assert_eq!(least, 1, "never without one\n{output}");
    assert_eq!(outcomes(&output.json()), ["Evicted"]);
    assert!(
        output.stderr.contains(&format!("scaling Deployment {}/web up by one", setting.namespace)),
        "{output}"
    );
    assert_eq!(setting.asked(since), [], "its Deployment has removed it");
    assert_given_back(&setting, &spec, 1);
    // Its ReplicaSet, too, from which `kubectl rollout undo` takes annotations.
    before.assert_again(&setting, &output.to_string());
    assert_eq!(setting.on_node(1), [""; 0]);
}

#[test]
fn pods_under_a_budget_that_never_opens_are_moved_one_after_the_other() {
    let setting = Setting::new("several-surges");
    setting.deploy_ready("web", 3);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 3}));
    let spec = deployment(&setting)["spec"].clone();
    let drain = || setting.drain(&["--single-replica=surge", "-o", "json"]).exits(0);
    let (least, output) = least_ready(&setting, drain);
    assert_eq!(least, 3, "never less than the budget wants\n{output}");
    assert_eq!(outcomes(&output.json()), ["Evicted"; 3]);
    assert_given_back(&setting, &spec, 3);
}

#[test]
fn a_restart_starts_the_new_pod_first() {
    let setting = Setting::new("restart");
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let mut spec = deployment(&setting)["spec"].clone();
    let drain = || setting.drain(&["--single-replica=restart", "-o", "json"]).exits(0);
    let (least, output) = least_ready(&setting, drain);
    assert_eq!(least, 1, "{output}");
    assert_eq!(outcomes(&output.json()), ["Evicted"]);
    // As kubectl rollout restart does it.
    let template = deployment(&setting)["spec"]["template"]["metadata"]["annotations"].clone();
    assert!(template["kubectl.kubernetes.io/restartedAt"].is_string(), "{template}");
    spec["template"]["metadata"]["annotations"] = template;
    assert_given_back(&setting, &spec, 1);
}

#[test]
fn a_replacement_that_does_not_become_ready_keeps_the_old_pod() {
    let setting = Setting::new("unready");
    deploy_slow(&setting, "20s");
    setting.add_node();
    let (spec, pod) = (deployment(&setting)["spec"].clone(), setting.on_node(1));
    let result = setting.drain(&["--single-replica=surge", "--timeout=3s", "-o", "json"]).exits(4).json();
    assert_eq!(
        (&result["nodes"][0]["state"], outcomes(&result)),
        (&json!("TimedOut"), vec!["Left".to_owned()])
    );
    let why = format!("another pod of Deployment {}/web has to be available first", setting.namespace);
    assert_eq!(pods(&result)[0]["message"], why, "{result}");
    assert_given_back(&setting, &spec, 1);
    assert_eq!(setting.on_node(1), pod, "the old one is still there");
}

/// How a drain is killed: the first time after so many milliseconds, and whoever goes on with it or takes it back so many
/// after it has given the Deployment back; none for one that is let to its end.
struct Kill {
    after: u64,
    resumes: bool,
    again: Option<u64>,
}

/// Kills drains that surge at any moment, goes on with them or takes them back, and compares what is there with what was.
/// Some of those that go on are killed, too.
#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn a_killed_surge_leaves_as_many_pods_as_there_were() {
    let seed = seed("DRAIN_SEED");
    println!("DRAIN_SEED={seed}");
    let (mut random, mut random_again) = (Random::new(seed), Random::new(seed.wrapping_add(1)));
    let kills: Vec<Kill> = (0..number("DRAIN_SURGE_KILLS").unwrap_or(4))
        .map(|number| Kill {
            after: random.number_below(1000),
            resumes: number % 2 == 0,
            again: Some(random_again.number_below(300)).filter(|_| matches!(number % 4, 1 | 2)),
        })
        .collect();
    let in_the_middle = AtomicUsize::new(0);
    in_parallel(&kills, 8, |trial, how| kill(trial, how, &in_the_middle));
    println!("{} of {} were killed in the middle of a surge", in_the_middle.into_inner(), kills.len());
}

fn kill(trial: usize, how: &Kill, in_the_middle: &AtomicUsize) {
    let Kill { after, resumes, again } = *how;
    let setting = Setting::new("killed-surge");
    // Long enough to be killed in the middle.
    deploy_slow(&setting, "800ms");
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let spec = deployment(&setting)["spec"].clone();
    let (all, with_nodes) = (Objects::read(&setting, 0), Objects::read(&setting, 2));
    let since = position();
    let mut running = setting.drain_command(&["--single-replica=surge"]).start();
    if trial % 4 < 3 {
        // Most of them in the middle.
        wait_surge(&setting);
    }
    thread::sleep(Duration::from_millis(after));
    if !running.has_ended() {
        running.signal(Signal::KILL);
    }
    let killed = running.wait();
    if deployment(&setting)["metadata"]["labels"]["kubectl-drain-safe/surge"].is_string() {
        in_the_middle.fetch_add(1, Ordering::SeqCst);
    }
    let run = setting.run_of(1);
    let mut about = format!("trial {trial}, killed after {after} ms\n{killed}");
    if let (Some(run), Some(again)) = (&run, again) {
        let mut running = going_on(Some(run), resumes).start();
        let is_surged = || deployment(&setting)["metadata"]["labels"]["kubectl-drain-safe/surge"].is_string();
        while is_surged() && !running.has_ended() {
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(Duration::from_millis(again));
        if !running.has_ended() {
            running.signal(Signal::KILL);
        }
        about = format!("{about}\nkilled again {again} ms after that\n{}", running.wait());
    }
    let output = going_on(setting.run_of(1).as_deref(), resumes).run();
    let about = format!("{about}\n{output}");
    println_on_failure(&about, || {
        assert_eq!(output.status, Some(0), "{about}");
        assert_given_back(&setting, &spec, 1);
        let is_moved = run.is_some() && resumes;
        assert_eq!(setting.is_cordoned(1), is_moved, "{about}");
        let before = if is_moved { &all } else { &with_nodes };
        before.assert_again(&setting, &about);
        if is_moved {
            assert_eq!(setting.on_node(1), [""; 0], "{about}");
        }
        assert_eq!(setting.asked(since), [], "{about}");
    });
    setting.tidy();
}

/// What is done about a run on another machine; where none has written anything, or it is taken back, it is looked for.
fn going_on(run: Option<&str>, resumes: bool) -> Invocation {
    let words = match (run, resumes) {
        (Some(run), true) => vec!["drain-safe", "resume", run, "--yes"],
        (Some(run), false) => vec!["drain-safe", "undo", run, "--yes"],
        (None, _) => vec!["drain-safe", "status"],
    };
    machine().command("kubectl", words).limit(Duration::from_secs(400))
}

/// Shows what a trial was about where it fails.
fn println_on_failure(about: &str, work: impl FnOnce()) {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    if let Err(panic) = outcome {
        panic!("{about}\n{:?}", panic.downcast_ref::<String>());
    }
}
