//! Surges that were killed in the middle, and not by `resume` alone gone on with: a node that is gone, a new drain, a pod
//! with a deletion cost of its own, `kubectl rollout undo`.

use cluster::kubelet;
use rustix::process::Signal;
use serde_json::{Value, json};
use support::{TestEnv, cluster};

use super::objects::Objects;
use super::setting::{Setting, machine, outcomes};
use super::surge::{assert_given_back, deploy_slow, deployment, deployment_path, wait_surge};

const COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// A Deployment of one Ready pod, whose next pods never become Ready.
fn deploy_once_ready(setting: &Setting) {
    setting.deploy("web", "web", 1, 0, &json!({(kubelet::START): kubelet::NEVER_READY}));
    let running = |pods: &[Value]| pods.iter().any(|pod| pod["status"]["phase"] == "Running");
    cluster().api().wait(&setting.pods_path(), "", "a running pod", running).expect("a running pod");
    let ready = ["Ready", "ContainersReady"].map(|kind| json!({"type": kind, "status": "True"}));
    let path = format!("{}/{}/status", setting.pods_path(), setting.on_node(1)[0]);
    cluster().api().merge_patch(&path, &json!({"status": {"conditions": ready}})).expect("an answer");
    let available = |now: &Value| now["status"]["availableReplicas"] == 1;
    cluster().api().wait_for(&deployment_path(setting), "an available pod", available).expect("an answer");
}

/// A Deployment of one pod, whose drain was killed in the middle of a surge, before the next pod was Ready; its spec before,
/// and the run.
pub fn killed(setting: &Setting) -> (Value, String) {
    deploy_once_ready(setting);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let spec = deployment(setting)["spec"].clone();
    let run = kill_in_the_middle(setting);
    (spec, run)
}

/// The same of one whose next pod becomes Ready.
fn killed_slow(setting: &Setting) -> (Value, String) {
    deploy_slow(setting, "1s");
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let spec = deployment(setting)["spec"].clone();
    let run = kill_in_the_middle(setting);
    (spec, run)
}

fn kill_in_the_middle(setting: &Setting) -> String {
    let mut running = setting.drain_command(&["--single-replica=surge"]).start();
    wait_surge(setting);
    running.signal(Signal::KILL);
    running.wait();
    assert_eq!(deployment(setting)["spec"]["replicas"], 2);
    setting.run_of(1).expect("a run")
}

#[test]
fn the_record_outlives_the_node() {
    for command in ["undo", "resume"] {
        let setting = Setting::new("surge-node-gone");
        let (spec, run) = killed(&setting);
        cluster().api().delete(&setting.node_path(1)).expect("a deletion");
        let output = setting.run(&["status"]).exits(0);
        let left = format!(
            "run {run} has left Deployment {}/web in the middle of a move: `kubectl drain-safe undo {run}` gives it back",
            setting.namespace
        );
        assert!(output.stderr.contains(&left), "{output}");
        let status = setting.run(&["status", "-o", "json"]).exits(0).json();
        let ours =
            status["runs"].as_array().and_then(|runs| runs.iter().find(|one| one["run"] == run.as_str()));
        let ours = ours.unwrap_or_else(|| panic!("{status}"));
        let surged = json!([{"namespace": setting.namespace, "name": "web"}]);
        assert_eq!((&ours["nodes"], &ours["surged"], &ours["alive"]), (&json!([]), &surged, &json!(false)));
        let output = setting.run(&[command, &run, "--yes"]).exits(0);
        match command {
            "undo" => assert_eq!(
                output.stdout,
                format!("deployment/web in namespace {} given back\n", setting.namespace)
            ),
            _ => assert!(output.stderr.contains(&format!("no node of run {run} is left\n")), "{output}"),
        }
        let now = deployment(&setting);
        assert_eq!(now["spec"], spec, "{output}");
        assert!(!now.to_string().contains("kubectl-drain-safe/"), "{now}");
        let output = setting.run(&[command, &run, "--yes"]).exits(1);
        assert!(output.stderr.contains("no run and no node of a run is called"), "{output}");
    }
}

#[test]
fn a_new_drain_gives_back_what_a_killed_one_has_left() {
    let setting = Setting::new("surge-new-drain");
    let (spec, run) = killed_slow(&setting);
    let output = setting.drain(&["--single-replica=surge", "-o", "json"]).exits(0);
    let words = format!(
        "run {run} has left Deployment {}/web in the middle of a move, and it is given back",
        setting.namespace
    );
    assert!(output.stderr.contains(&words), "{output}");
    assert_eq!(setting.on_node(1), [""; 0], "{output}");
    assert_given_back(&setting, &spec, 1);
}

#[test]
fn finish_says_what_a_run_has_left_on_a_deployment() {
    let setting = Setting::new("surge-finish");
    let (spec, run) = killed(&setting);
    let node = setting.node(1);
    let output = setting.run(&["finish", &node]).exits(0);
    assert_eq!(output.stdout, format!("node/{node} uncordoned\n"));
    assert!(output.stderr.contains(&format!("`kubectl drain-safe undo {run}` gives it back")), "{output}");
    setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_given_back(&setting, &spec, 1);
}

#[test]
fn nothing_is_given_back_before_the_answer() {
    let setting = Setting::new("surge-asked");
    let (spec, run) = killed(&setting);
    let mut terminal = setting.terminal(&["resume", &run]);
    terminal.wait_for_prompt("Give back what was moved, and plan again?");
    assert_eq!(deployment(&setting)["spec"]["replicas"], 2);
    terminal.send("n");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert_eq!(deployment(&setting)["spec"]["replicas"], 2, "{screen}");
    setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_given_back(&setting, &spec, 1);
}

#[test]
fn another_run_does_not_meddle_with_a_surge() {
    let setting = Setting::new("surge-busy");
    deploy_once_ready(&setting);
    let pod = &setting.pods()[0];
    let path = format!("{}/{}", setting.pods_path(), pod["metadata"]["name"].as_str().expect("a name"));
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    // Somebody else's run, of which no node tells.
    let labels = json!({"kubectl-drain-safe/surge": "r-1"});
    let patch = json!({"metadata": {"labels": labels}});
    cluster().api().merge_patch(&deployment_path(&setting), &patch).expect("a patch");
    let output = setting.drain(&["--single-replica=surge", "--timeout=3s", "-o", "json"]).exits(4);
    let result = output.json();
    assert_eq!(outcomes(&result), ["Left"], "{output}");
    let message = result["nodes"][0]["pods"][0]["message"].as_str().unwrap_or_default();
    assert!(
        message.starts_with(&format!("run r-1 moves a pod of Deployment {}/web already", setting.namespace)),
        "{output}"
    );
    assert!(message.contains("`kubectl drain-safe undo r-1`"), "{output}");
    let now = deployment(&setting);
    assert_eq!((&now["spec"]["replicas"], &now["metadata"]["labels"]), (&json!(1), &labels), "{output}");
    let pod = cluster().api().get(&path).expect("a pod");
    assert!(pod["metadata"]["annotations"][COST].is_null(), "{pod}");
    let output = setting.run(&["undo", "r-1", "--yes"]).exits(0);
    assert_eq!(output.stdout, format!("deployment/web in namespace {} given back\n", setting.namespace));
    assert_eq!(deployment(&setting)["spec"]["replicas"], 1, "it was not scaled up: {output}");
}

#[test]
fn a_deletion_cost_of_somebody_is_theirs_again() {
    let setting = Setting::new("surge-cost");
    deploy_once_ready(&setting);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let name = setting.on_node(1).remove(0);
    let path = format!("{}/{name}", setting.pods_path());
    let annotations = json!({"metadata": {"annotations": {(COST): "7"}}});
    cluster().api().merge_patch(&path, &annotations).expect("a patch");
    let cost = || cluster().api().get(&path).expect("a pod")["metadata"]["annotations"][COST].clone();
    let run = kill_in_the_middle(&setting);
    assert_eq!(cost(), "-2147483648");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_eq!((cost(), setting.on_node(1)), (json!("7"), vec![name.clone()]), "{output}");

    // Killed between giving the Deployment back and the pod: only the pod tells.
    let run = kill_in_the_middle(&setting);
    let patch = json!({
        "metadata": {"labels": {"kubectl-drain-safe/surge": null, "kubectl-drain-safe/surge-from": null}},
        "spec": {"replicas": 1},
    });
    cluster().api().merge_patch(&deployment_path(&setting), &patch).expect("a patch");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_eq!((cost(), setting.on_node(1)), (json!("7"), vec![name]), "{output}");
}

#[test]
fn a_scale_of_somebody_meanwhile_stays() {
    let setting = Setting::new("surge-scaled");
    let (_, run) = killed_slow(&setting);
    cluster()
        .api()
        .merge_patch(&deployment_path(&setting), &json!({"spec": {"replicas": 3}}))
        .expect("a patch");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    let now = deployment(&setting);
    assert_eq!(now["spec"]["replicas"], 3, "{output}");
    assert!(!now.to_string().contains("kubectl-drain-safe/"), "{now}");
    setting.wait_ready("web", 3);
}

#[test]
fn a_rollout_that_is_undone_brings_nothing_of_a_surge_back() {
    let setting = Setting::new("surge-rollback");
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    let before = Objects::read(&setting, 0);
    let output = setting.drain(&["--single-replica=surge"]).exits(0);
    before.assert_again(&setting, &output.to_string());
    let namespace = setting.namespace.as_str();
    let kubectl = |words: &str| {
        let words = words.split(' ').chain(["-n", namespace]);
        setting.env.run("kubectl", words).exits(0)
    };
    kubectl("set env deployment/web COLOR=green");
    kubectl("rollout status deployment/web");
    kubectl("rollout undo deployment/web");
    kubectl("rollout status deployment/web");
    let now = deployment(&setting);
    assert!(!now.to_string().contains("kubectl-drain-safe/"), "{now}");
    assert_eq!(now["spec"]["replicas"], 1, "{now}");
}

#[test]
fn whoever_applies_the_deployment_owns_its_replicas_again() {
    let setting = Setting::new("surge-applied");
    let manifest = |replicas: u32| {
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": setting.namespace},
            "spec": {
                "replicas": replicas, "selector": {"matchLabels": {"set": "web"}},
                "template": {
                    "metadata": {"labels": {"set": "web", "app": "web", (kubelet::DELETION): kubelet::GRACEFUL}},
                    "spec": setting.pod_spec(0),
                },
            },
        })
    };
    let apply = |env: &TestEnv, replicas: u32| {
        let file = env.file("web.json", manifest(replicas).to_string()).display().to_string();
        env.run("kubectl", ["apply", "--server-side", "--field-manager=gitops", "-f", &file]).exits(0)
    };
    let env = machine();
    apply(&env, 1);
    setting.wait_ready("web", 1);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 1}));
    setting.drain(&["--single-replica=surge"]).exits(0);
    // Without --force-conflicts, which it would need if the field belonged to the drain.
    apply(&env, 2);
    setting.wait_ready("web", 2);
}
