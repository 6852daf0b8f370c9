//! What goes on with a run, shows it, finishes it or takes it back.

use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, machine, position};

#[test]
fn two_drains_of_one_node_do_not_meet() {
    let setting = Setting::new("two");
    setting.held_budget();
    let running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let (elsewhere, node) = (machine(), setting.node(1));
    let run = setting.run_of(1).unwrap();
    let second = elsewhere.run("kubectl", ["drain-safe", &node, "--yes", "-o", "json"]).exits(5);
    assert_eq!(second.json()["nodes"][0]["state"], "Refused");
    assert!(second.stderr.contains(&run), "the holder is named: {second}");
    for command in ["resume", "undo"] {
        let output = elsewhere.run("kubectl", ["drain-safe", command, &node, "--yes"]).exits(5);
        assert!(output.stderr.contains(&run), "{output}");
    }
    let status = elsewhere.run("kubectl", ["drain-safe", "status", "-o", "json"]).exits(0).json();
    let runs = status["runs"].as_array().unwrap();
    let ours = runs.iter().find(|one| one["run"] == run.as_str()).unwrap();
    assert_eq!(
        (&status["kind"], &ours["alive"], &ours["by"]),
        (&json!("DrainStatus"), &json!(true), &json!("admin"))
    );
    let shown = &ours["nodes"][0];
    assert_eq!(
        (&shown["name"], &shown["phase"], &shown["left"]),
        (&json!(node), &json!("Draining"), &json!(2))
    );
    assert_eq!(shown["holding"][0]["code"], "BudgetHeld");
    setting.release_budget();
    assert_eq!(running.wait().exits(0).json()["nodes"][0]["state"], "Drained");
}

#[test]
fn a_node_is_taken_over_from_a_run_when_that_is_allowed() {
    let setting = Setting::new("relieved");
    setting.held_budget();
    let since = position();
    let first = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let run = setting.run_of(1).unwrap();
    let (elsewhere, node) = (machine(), setting.node(1));
    let words = ["drain-safe", &node, "--yes", "--allow", "Locked", "-o", "json"];
    let second = elsewhere.command("kubectl", words).start();
    let first = first.wait().exits(5);
    assert_eq!(first.json()["nodes"][0]["state"], "Failed", "{first}");
    // By the node or by the lock, whichever it sees first.
    let words = ["another run has it now", "has taken its lock"];
    assert!(words.iter().any(|words| first.stderr.contains(words)), "{first}");
    assert_eq!(setting.asked(since), [], "{first}");
    setting.release_budget();
    let second = second.wait().exits(0);
    let result = second.json();
    assert_eq!(result["nodes"][0]["state"], "Drained", "{second}");
    let guard = &result["guards"][0];
    assert_eq!((&guard["code"], &guard["blocks"]), (&json!("Locked"), &json!(false)), "{second}");
    assert!(guard["message"].as_str().unwrap().contains(&run), "the run is named: {second}");
    let asked: Vec<_> = setting.asked(since).into_iter().filter(|asked| asked.status == 201).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    // The cordon is that of the first run, which was ours.
    assert_eq!(result["nodes"][0]["wasCordoned"], false, "{second}");
    let flags = setting.state(1)["flags"].to_string();
    assert!(!flags.contains("Locked"), "`resume` takes nothing over: {flags}");
    setting.run(&["undo", &node, "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1));
}

#[test]
fn a_cordon_of_somebody_else_stays() {
    let setting = Setting::new("before");
    setting.deploy_ready("web", 1);
    setting.add_node();
    setting.cordon(1, true);
    let result = setting.drain(&["-o", "json"]).exits(0).json();
    assert_eq!(result["nodes"][0]["wasCordoned"], true);
    let output = setting.run(&["undo", &setting.node(1), "--yes"]).exits(0);
    assert!(output.stdout.contains("left as it was"), "{output}");
    assert!(setting.is_cordoned(1));
    assert_eq!(setting.run_of(1), None);
}

#[test]
fn a_new_drain_takes_over_that_the_cordon_is_ours() {
    let setting = Setting::new("over");
    setting.held_budget();
    setting.drain(&["--timeout=1s"]).exits(4);
    let first = setting.run_of(1).unwrap();
    setting.drain(&["--timeout=1s"]).exits(4);
    assert_ne!(setting.run_of(1).unwrap(), first);
    assert_eq!(setting.state(1)["wasCordoned"], false);
    setting.run(&["undo", &setting.node(1), "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1));
}

#[test]
fn finish_waits_until_the_node_is_ready_and_uncordons_it() {
    let setting = Setting::new("finish");
    setting.deploy_ready("web", 3);
    setting.add_node();
    setting.drain(&[]).exits(0);
    let node = setting.node(1);
    let unready = json!({"metadata": {"labels": {(cluster::kubelet::NODE_NOT_READY): "true"}}});
    cluster().api().merge_patch(&setting.node_path(1), &unready).unwrap();
    let not_ready = |node: &serde_json::Value| !cluster::api::is_true(node, "Ready");
    cluster().api().wait_for(&setting.node_path(1), "a sick node", not_ready).unwrap();
    let output = setting.run(&["finish", &node, "--timeout=1s"]).exits(4);
    assert!(output.stderr.contains("is not Ready in time, and stays cordoned"), "{output}");
    assert!(setting.is_cordoned(1));
    let running = setting.command(&["finish", &node]).start();
    let ready = json!({"metadata": {"labels": {(cluster::kubelet::NODE_NOT_READY): null}}});
    cluster().api().merge_patch(&setting.node_path(1), &ready).unwrap();
    let output = running.wait().exits(0);
    assert_eq!(output.stdout, format!("node/{node} uncordoned\n"));
    assert!(
        output.stderr.contains(&format!("kubectl rollout restart deployment/web -n {}", setting.namespace)),
        "{output}"
    );
    assert!(!setting.is_cordoned(1));
    let version = setting.run(&["finish", &node, "--version=v0.0.1", "--timeout=1s"]);
    version.exits(4);
}

#[test]
fn without_a_run_there_is_nothing_to_go_on_with() {
    let setting = Setting::new("none");
    for command in ["resume", "undo"] {
        let output = setting.run(&[command, "no-such-run", "--yes"]).exits(1);
        assert!(output.stderr.contains("no run and no node of a run is called no-such-run"), "{output}");
        let output = setting.run(&[command, &setting.node(1)]).exits(2);
        assert!(output.stderr.contains("--yes"), "{output}");
    }
}

#[test]
fn several_nodes_are_drained_within_their_bounds() {
    let setting = Setting::new("several");
    setting.deploy_ready("web", 4);
    setting.add_node();
    setting.add_node();
    let nodes = [setting.node(1), setting.node(2)];
    let flags = [nodes[0].as_str(), &nodes[1], "--yes", "--max-parallel=2", "-o", "json"];
    let result = setting.run(&flags).exits(0).json();
    let states: Vec<_> =
        result["nodes"].as_array().unwrap().iter().map(|node| node["state"].clone()).collect();
    assert_eq!(states, ["Drained", "Drained"]);
    assert!(setting.is_cordoned(1) && setting.is_cordoned(2));
    let run = result["run"].as_str().unwrap();
    setting.run(&["undo", run, "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1) && !setting.is_cordoned(2));
}

/// The next node of a zone begins as soon as the one before it is done, and not when a batch is.
#[test]
fn a_zone_has_one_node_at_a_time_and_no_batch_is_waited_for() {
    let setting = Setting::zones("zones", 6);
    // One of zone a ends at once; those of the other zones take their time.
    for (number, grace) in [(1, 1), (2, 8), (3, 8), (4, 1), (5, 1), (6, 1)] {
        let name = format!("web-{number}");
        let mut labels = json!({"set": name});
        labels[cluster::kubelet::DELETION] = json!(cluster::kubelet::GRACEFUL);
        let mut spec = setting.pod_spec(grace);
        spec["nodeName"] = json!(setting.node(number));
        setting.create(&json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "namespace": setting.namespace, "labels": labels}, "spec": spec,
        }));
        setting.wait_ready(&name, 1);
    }
    let selector = format!("for={}", setting.namespace);
    let bounds = ["--max-parallel=50%", "--max-per-zone=1", "--settle=0s"];
    let flags = [&["-l", selector.as_str(), "--force", "--yes", "-o", "json"], bounds.as_slice()].concat();
    let output = setting.run(&flags).exits(0);
    let journal = output.json()["journal"].as_str().map(std::fs::read_to_string).expect("a journal");
    let journal: Vec<Value> = journal
        .expect("a journal")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an entry"))
        .collect();
    let at = |event: &str, number: usize| {
        let is_it = |entry: &Value| entry["event"] == event && entry["node"] == setting.node(number).as_str();
        journal.iter().position(is_it).unwrap_or_else(|| panic!("{event} of node {number}: {journal:#?}"))
    };
    // a b c a b c
    for (first, second) in [(1, 4), (2, 5), (3, 6)] {
        assert!(at("Gone", first) < at("Evict", second), "{journal:#?}");
    }
    assert!(
        at("Evict", 2) < at("Gone", 1) && at("Evict", 3) < at("Gone", 1),
        "three at a time: {journal:#?}"
    );
    assert!(at("Evict", 4) < at("Gone", 2), "no batch: {journal:#?}");
}
