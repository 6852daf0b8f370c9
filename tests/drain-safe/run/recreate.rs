//! `--recreate-bare`: pods that no controller manages are recreated on another node; and `restore`.

use std::{collections::BTreeSet, fs, thread, time::Duration};

use rustix::process::Signal;
use serde_json::{Value, json};
use support::{FaultProxy, Random, cluster, number, seed};

use super::objects::Objects;
use super::setting::{Setting, in_parallel, machine, outcomes, position};

/// A Ready pod without a controller, with something that nobody else should read.
fn bare(setting: &Setting, name: &str, grace: i64) -> Value {
    let mut spec = setting.pod_spec(grace);
    spec["containers"][0]["env"] = json!([{"name": "PASSWORD", "value": "secret"}]);
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": name, "namespace": setting.namespace, "annotations": {"note": "kept"},
            "labels": {"set": name, (cluster::kubelet::DELETION): cluster::kubelet::GRACEFUL},
        },
        "spec": spec,
    }));
    setting.wait_ready(name, 1);
    pod(setting, name)
}

fn pod(setting: &Setting, name: &str) -> Value {
    cluster().api().get(&format!("{}/{name}", setting.pods_path())).expect("a pod")
}

/// What somebody asked for, without what the server, the scheduler and admission add.
fn asked_for(pod: &Value) -> Value {
    let mut pod = json!({
        "labels": pod["metadata"]["labels"], "annotations": pod["metadata"]["annotations"], "spec": pod["spec"],
    });
    let spec = pod["spec"].as_object_mut().expect("a spec");
    spec.remove("nodeName");
    // The token's volume has another name each time.
    spec.remove("volumes");
    for container in spec["containers"].as_array_mut().expect("containers") {
        container.as_object_mut().expect("a container").remove("volumeMounts");
    }
    pod
}

fn created(setting: &Setting, since: u64) -> Vec<u64> {
    let entries = cluster().audit_log().and_then(|log| log.since(since)).expect("an audit log");
    let ours = entries.into_iter().filter(|entry| {
        entry.verb == "create"
            && entry.uri.starts_with(&format!("{}?", setting.pods_path()))
            && entry.uri.contains("kubectl-drain-safe")
            && !entry.uri.contains("dryRun")
    });
    ours.map(|entry| entry.status).collect()
}

/// Has a policy refuse pods of this namespace unless `allowed` (CEL) holds, and waits until it is in force.
fn refuse_pods(setting: &Setting, allowed: &str) {
    let name = setting.namespace.as_str();
    let group = "/apis/admissionregistration.k8s.io/v1";
    let rules =
        json!([{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]);
    let policies = format!("{group}/validatingadmissionpolicies");
    setting.create_in(
        &policies,
        &json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": name},
            "spec": {
                "matchConstraints": {
                    "resourceRules": rules,
                    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}},
                },
                "validations": [{"expression": allowed, "message": "no tools here"}],
            },
        }),
    );
    setting.create_in(
        &format!("{group}/validatingadmissionpolicybindings"),
        &json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": {"name": name}, "spec": {"policyName": name, "validationActions": ["Deny"]},
        }),
    );
    let mut probe = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "tool-probe"}, "spec": setting.pod_spec(0)});
    probe["spec"]["nodeSelector"] = json!({"no": "node"});
    for _ in 0..1200 {
        let answer =
            cluster().api().request("POST", &setting.pods_path(), None, Some(&probe)).expect("an answer");
        if answer.status == 422 {
            return;
        }
        let path = format!("{}/tool-probe?gracePeriodSeconds=0", setting.pods_path());
        cluster().api().delete(&path).expect("a deletion");
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the policy is not in force");
}

fn permit_pods(setting: &Setting) {
    let group = "/apis/admissionregistration.k8s.io/v1";
    for plural in ["validatingadmissionpolicybindings", "validatingadmissionpolicies"] {
        cluster().api().delete(&format!("{group}/{plural}/{}", setting.namespace)).expect("a deletion");
    }
}

#[test]
fn a_bare_pod_runs_elsewhere_as_it_was() {
    let setting = Setting::new("recreated");
    let before = bare(&setting, "tool", 1);
    setting.add_node();
    let since = position();
    let output = setting.drain(&["--recreate-bare", "-o", "json"]).exits(0);
    let result = output.json();
    assert_eq!(outcomes(&result), ["Recreated"], "{output}");
    assert_eq!(result["nodes"][0]["state"], "Drained", "{output}");
    assert!(output.stderr.contains(&format!("pod {}/tool recreated\n", setting.namespace)), "{output}");
    setting.wait_ready("tool", 1);
    let after = pod(&setting, "tool");
    assert_eq!(after["spec"]["nodeName"], setting.node(2).as_str());
    assert_eq!(asked_for(&after), asked_for(&before));
    assert_eq!(created(&setting, since), [201]);
    assert_eq!(setting.state(1)["saved"], Value::Null, "nothing is owed anymore");
    let journal = fs::read_to_string(result["journal"].as_str().expect("a journal")).expect("a journal");
    assert!(journal.contains("\"event\":\"Create\"") && !journal.contains("secret"), "{journal}");
    let output = setting.run(&["undo", &setting.node(1), "--yes"]).exits(0);
    assert_eq!(output.stdout, format!("node/{} uncordoned\n", setting.node(1)));
    assert_eq!(pod(&setting, "tool")["metadata"]["uid"], after["metadata"]["uid"], "and it is left alone");
}

#[test]
fn a_pod_that_admission_refuses_by_now_is_not_touched() {
    let setting = Setting::new("inadmissible");
    bare(&setting, "tool", 1);
    setting.add_node();
    refuse_pods(&setting, "!object.metadata.name.startsWith('tool')");
    let since = position();
    for words in [vec!["plan"], vec!["--yes"]] {
        let node = setting.node(1);
        let words = [words.as_slice(), &[node.as_str(), "--recreate-bare"]].concat();
        let output = setting.run(&words).exits(3);
        assert!(
            output.stdout.contains("CannotRecreate") && output.stdout.contains("no tools here"),
            "{output}"
        );
        assert!(output.stdout.contains("fix: --force"), "{output}");
    }
    assert_eq!((setting.asked(since), setting.is_cordoned(1)), (Vec::new(), false));
    let output = setting.drain(&["--recreate-bare", "--force", "-o", "json"]).exits(0);
    let result = output.json();
    assert_eq!(outcomes(&result), ["Evicted"], "{output}");
    assert!(result["next"].to_string().contains("kubectl drain-safe restore"), "{output}");
    assert_eq!(created(&setting, since), Vec::<u64>::new(), "{output}");
    permit_pods(&setting);
}

#[test]
fn a_pod_that_is_refused_once_the_old_one_is_gone_is_named_and_can_be_restored() {
    let setting = Setting::new("refused-late");
    let before = bare(&setting, "tool", 1);
    setting.add_node();
    refuse_pods(
        &setting,
        "(has(request.dryRun) && request.dryRun) || !object.metadata.name.startsWith('tool')",
    );
    let output = setting.drain(&["--recreate-bare"]).exits(4);
    let row = format!("{}/tool", setting.namespace);
    let row = output.stdout.lines().find(|line| line.contains(&row) && line.contains("CannotRecreate"));
    assert!(row.is_some_and(|row| row.contains("no tools here")), "{output}");
    assert_eq!(setting.state(1)["phase"], "Partial");
    let folder =
        output.stderr.lines().find_map(|line| line.trim().strip_prefix("kubectl drain-safe restore "));
    let folder = folder.unwrap_or_else(|| panic!("{output}")).to_owned();
    setting.run(&["restore", &folder, "--yes"]).exits(1);
    permit_pods(&setting);
    let mut restored = setting.run(&["restore", &folder, "--yes"]);
    for _ in 0..100 {
        if restored.status == Some(0) {
            break;
        }
        thread::sleep(Duration::from_millis(100));
        restored = setting.run(&["restore", &folder, "--yes"]);
    }
    let line = format!("pod/tool in namespace {} created\n", setting.namespace);
    assert_eq!(restored.exits(0).stdout, line);
    setting.wait_ready("tool", 1);
    assert_eq!(asked_for(&pod(&setting, "tool")), asked_for(&before));
    let output = setting.run(&["restore", &folder]).exits(2);
    assert!(output.stderr.contains("pass --yes"), "{output}");
    let output = setting.run(&["restore", &folder, "--yes", "-o", "json"]).exits(0);
    assert_eq!(output.json()["items"][0]["outcome"], "Exists");
}

#[test]
fn an_answer_that_is_lost_makes_no_second_pod() {
    let setting = Setting::new("lost-create");
    bare(&setting, "tool", 10);
    setting.add_node();
    let proxy = FaultProxy::of(cluster());
    let since = position();
    let running = setting.drain_command(&["--recreate-bare", "-o", "json", "-s", &proxy.url()]).start();
    let path = format!("{}/tool", setting.pods_path());
    let leaves = |pod: &Value| !pod["metadata"]["deletionTimestamp"].is_null();
    cluster().api().wait_for(&path, "an eviction", leaves).unwrap();
    proxy.lose_answers("POST", "/pods", 1);
    let output = running.wait().exits(0);
    assert_eq!(outcomes(&output.json()), ["Recreated"], "{output}");
    assert_eq!(created(&setting, since), [201, 409], "{output}");
}

#[test]
fn another_machine_says_where_the_files_are_and_undo_brings_the_pod_back() {
    let setting = Setting::new("elsewhere");
    let before = bare(&setting, "tool", 15);
    setting.add_node();
    let mut running = setting.drain_command(&["--recreate-bare"]).start();
    let path = format!("{}/tool", setting.pods_path());
    let leaves = |pod: &Value| !pod["metadata"]["deletionTimestamp"].is_null();
    cluster().api().wait_for(&path, "an eviction", leaves).unwrap();
    running.signal(Signal::KILL);
    running.wait();
    let run = setting.run_of(1).expect("a run");
    let owed = &setting.state(1)["saved"][format!("{}/tool", setting.namespace)];
    assert_eq!((&owed["run"], &owed["recreate"]), (&json!(run), &json!(true)));
    let output = machine().run("kubectl", ["drain-safe", "resume", &run, "--yes"]).exits(4);
    assert!(output.stdout.contains("CannotRecreate"), "{output}");
    assert!(output.stdout.contains(&format!("in the state folder of run {run}")), "{output}");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    let lines =
        format!("pod/tool in namespace {} created\nnode/{} uncordoned\n", setting.namespace, setting.node(1));
    assert_eq!(output.stdout, lines, "{output}");
    setting.wait_ready("tool", 1);
    assert_eq!(asked_for(&pod(&setting, "tool")), asked_for(&before));
}

#[test]
fn ctrl_c_leaves_a_pod_to_resume() {
    let setting = Setting::new("stopped");
    bare(&setting, "tool", 15);
    setting.add_node();
    let mut running = setting.drain_command(&["--recreate-bare", "-o", "json"]).start();
    let path = format!("{}/tool", setting.pods_path());
    let leaves = |pod: &Value| !pod["metadata"]["deletionTimestamp"].is_null();
    cluster().api().wait_for(&path, "an eviction", leaves).unwrap();
    running.interrupt();
    let output = running.wait().exits(130);
    let run = output.json()["run"].as_str().expect("a run").to_owned();
    let output = setting.run(&["resume", &run, "--yes", "-o", "json"]).exits(0);
    assert_eq!(outcomes(&output.json()), ["Recreated"], "{output}");
    setting.wait_ready("tool", 1);
    assert_eq!(pod(&setting, "tool")["spec"]["nodeName"], setting.node(2).as_str());
}

/// Kills drains that recreate pods at any moment, goes on with them or takes them back, and compares what is there with what
/// was.
#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn a_killed_drain_loses_no_bare_pod() {
    let seed = seed("DRAIN_SEED");
    println!("DRAIN_SEED={seed}");
    let mut random = Random::new(seed);
    let kills: Vec<(u64, bool)> = (0..number("DRAIN_BARE_KILLS").unwrap_or(4))
        .map(|number| (random.number_below(3500), number % 2 == 0))
        .collect();
    in_parallel(&kills, 8, |trial, (after, resumes)| kill(trial, Duration::from_millis(*after), *resumes));
}

fn kill(trial: usize, after: Duration, resumes: bool) {
    let setting = Setting::new("killed-bare");
    let before = [bare(&setting, "tool", 1), bare(&setting, "slow-tool", 2)];
    setting.deploy_ready("web", 2);
    setting.add_node();
    let (all, with_nodes) = (Objects::read(&setting, 0), Objects::read(&setting, 2));
    let planned: BTreeSet<String> = setting.on_node(1).into_iter().collect();
    let since = position();
    let mut running = setting.drain_command(&["--recreate-bare"]).start();
    thread::sleep(after);
    if !running.has_ended() {
        running.signal(Signal::KILL);
    }
    let killed = running.wait();
    let run = setting.run_of(1);
    let command = match (&run, resumes) {
        (Some(run), true) => setting.command(&["resume", run, "--yes"]),
        (Some(run), false) => setting.command(&["undo", run, "--yes"]),
        // Killed before it wrote anything.
        (None, _) => setting.command(&["status"]),
    };
    let output = command.limit(Duration::from_secs(400)).run();
    let about = format!("trial {trial}, killed after {} ms\n{killed}\n{output}", after.as_millis());
    assert_eq!(output.status, Some(0), "{about}");
    let moved = run.is_some() && resumes;
    for old in before {
        let name = old["metadata"]["name"].as_str().expect("a name");
        // One that terminates still is followed by the next in its time.
        let is_back = |pod: &Value| {
            pod["metadata"]["deletionTimestamp"].is_null()
                && (!moved || pod["spec"]["nodeName"] == setting.node(2).as_str())
        };
        let path = format!("{}/{name}", setting.pods_path());
        let now = cluster().api().wait_for(&path, "a pod that is back", is_back);
        let now = now.unwrap_or_else(|error| panic!("{error}\n{about}"));
        assert_eq!(asked_for(&now), asked_for(&old), "{about}");
    }
    setting.wait_ready("web", 2);
    assert_eq!(setting.is_cordoned(1), moved, "{about}");
    let left = if moved { &all } else { &with_nodes };
    left.assert_again(&setting, &about);
    if moved {
        assert_eq!(setting.on_node(1), [""; 0], "{about}");
    }
    let accepted = setting.asked(since).into_iter().filter(|asked| asked.status == 201);
    let unplanned: Vec<_> = accepted.map(|asked| asked.pod).filter(|pod| !planned.contains(pod)).collect();
    assert_eq!(unplanned, [""; 0], "{about}");
    setting.tidy();
}
