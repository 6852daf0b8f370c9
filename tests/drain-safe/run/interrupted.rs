//! A drain that is interrupted or killed, and goes on elsewhere.

use std::{collections::BTreeSet, thread, time::Duration};

use rustix::process::Signal;
use serde_json::{Value, json};
use support::{Random, cluster, number, seed};

use super::setting::{Setting, in_parallel, machine, outcomes, position};

#[test]
fn ctrl_c_stops_evicting_and_says_what_goes_on() {
    let setting = Setting::new("ctrl-c");
    setting.held_budget();
    setting.deploy("slow", "slow", 1, 20, &json!({}));
    setting.wait_ready("slow", 1);
    // On node 1, where the two of the budget are.
    let on_first = setting.on_node(1).iter().any(|name| name.starts_with("slow"));
    let since = position();
    let mut running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    let leaving =
        |pods: &[Value]| !on_first || pods.iter().any(|pod| !pod["metadata"]["deletionTimestamp"].is_null());
    cluster().api().wait(&setting.pods_path(), "labelSelector=set%3Dslow", "an eviction", leaving).unwrap();
    running.interrupt();
    let output = running.wait().exits(130);
    let result = output.json();
    assert_eq!((&result["nodes"][0]["state"], &result["exit"]), (&json!("Interrupted"), &json!(130)));
    assert!(
        output.stderr.contains("interrupted: no further pod is evicted, and the nodes stay cordoned"),
        "{output}"
    );
    if on_first {
        assert!(output.stderr.contains("terminate by themselves"), "{output}");
        assert!(outcomes(&result).contains(&"Unconfirmed".to_owned()), "{result}");
    }
    assert!(setting.is_cordoned(1));
    assert_eq!(setting.state(1)["phase"], "Interrupted");
    assert_eq!(setting.holder(1), "", "the Lease is free at once");
    let asked = setting.asked(since).len();
    setting.release_budget();
    thread::sleep(Duration::from_secs(2));
    assert_eq!(setting.asked(since).len(), asked, "nothing goes on");

    // On another machine, from what is in the cluster alone.
    let run = result["run"].as_str().unwrap();
    let elsewhere = machine();
    let output = elsewhere.run("kubectl", ["drain-safe", "resume", run, "--yes", "-o", "json"]).exits(0);
    let resumed = output.json();
    assert_eq!((&resumed["run"], &resumed["nodes"][0]["state"]), (&json!(run), &json!("Drained")));
    let evicted: Vec<_> = setting.asked(since).into_iter().map(|asked| asked.pod).collect();
    let once: BTreeSet<_> = evicted.iter().collect();
    assert_eq!(once.len(), evicted.len(), "no pod is evicted twice: {evicted:?}");
    elsewhere.run("kubectl", ["drain-safe", "undo", run, "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1), "the first machine had cordoned it");
    assert_eq!(setting.run_of(1), None);
}

#[test]
fn a_job_that_is_cancelled_leaves_no_lock_behind() {
    let setting = Setting::new("cancelled");
    setting.held_budget();
    let mut running = setting.drain_command(&["-o", "json"]).start();
    setting.wait_cordoned();
    running.signal(Signal::TERM);
    let output = running.wait().exits(130);
    assert_eq!(output.json()["nodes"][0]["state"], "Interrupted", "{output}");
    assert_eq!((setting.state(1)["phase"].as_str(), setting.holder(1).as_str()), (Some("Interrupted"), ""));
    setting.release_budget();
    machine().run("kubectl", ["drain-safe", "resume", &setting.node(1), "--yes"]).exits(0);
}

#[test]
fn the_flags_are_those_of_the_beginning() {
    let setting = Setting::new("flags");
    setting.held_budget();
    let mut running = setting.drain_command(&["--timeout=2s", "--grace-period=7"]).start();
    setting.wait_cordoned();
    running.interrupt();
    running.wait().exits(130);
    assert_eq!(setting.state(1)["flags"], json!(["--grace-period=7", "--timeout=2000ms"]));
    let output = machine().run("kubectl", ["drain-safe", "resume", &setting.node(1), "--yes", "-o", "json"]);
    assert_eq!(output.exits(4).json()["nodes"][0]["state"], "TimedOut");
}

/// Kills drains at any moment, goes on with them on another machine, and judges by the audit log: no pod is evicted that
/// was not on the node when the drain was planned, and the cordon can be taken back.
#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn a_killed_drain_goes_on_elsewhere_and_is_taken_back() {
    let seed = seed("DRAIN_SEED");
    println!("DRAIN_SEED={seed}");
    let mut random = Random::new(seed);
    let kills: Vec<u64> =
        (0..number("DRAIN_KILLS").unwrap_or(3)).map(|_| random.number_below(4000)).collect();
    // Most of the time of a trial is spent on waiting for a Lease to expire.
    in_parallel(&kills, 8, |trial, after| kill(trial, Duration::from_millis(*after)));
}

fn kill(trial: usize, after: Duration) {
    let setting = Setting::new("killed");
    setting.deploy("web", "web", 6, 1, &json!({}));
    setting.deploy("api", "api", 3, 2, &json!({}));
    setting.wait_ready("web", 6);
    setting.wait_ready("api", 3);
    setting.add_node();
    setting.budget("web", "web", &json!({"maxUnavailable": 1}));
    setting.wait_budget("web", |status| status["disruptionsAllowed"] == 1);
    let planned: BTreeSet<String> = setting.on_node(1).into_iter().collect();
    let since = position();
    let mut running = setting.drain_command(&[]).start();
    thread::sleep(after);
    if !running.has_ended() {
        running.signal(Signal::KILL);
    }
    let killed = running.wait();
    let about = |output: &dyn std::fmt::Display| {
        format!("trial {trial}, killed after {} ms\n{killed}\n{output}", after.as_millis())
    };
    let elsewhere = machine();
    let node = setting.node(1);
    let words = match setting.run_of(1) {
        Some(run) => vec!["drain-safe".to_owned(), "resume".to_owned(), run],
        // Killed before it wrote anything.
        None => vec!["drain-safe".to_owned(), node.clone()],
    };
    let flags = ["--yes", "-o", "json"].map(ToOwned::to_owned);
    let output =
        elsewhere.command("kubectl", words.into_iter().chain(flags)).limit(Duration::from_secs(400)).run();
    assert_eq!(output.status, Some(0), "{}", about(&output));
    assert_eq!(output.json()["nodes"][0]["state"], "Drained", "{}", about(&output));
    assert_eq!(setting.on_node(1), [""; 0], "{}", about(&output));
    let asked = setting.asked(since).into_iter();
    let accepted: Vec<_> = asked.filter(|asked| asked.status == 201).map(|asked| asked.pod).collect();
    let unplanned: Vec<_> = accepted.iter().filter(|pod| !planned.contains(*pod)).collect();
    assert_eq!(unplanned, [""; 0], "{}", about(&output));
    elsewhere.run("kubectl", ["drain-safe", "undo", &node, "--yes"]).exits(0);
    assert!(!setting.is_cordoned(1), "trial {trial}: a cordon is left");
    assert_eq!(setting.run_of(1), None);
    setting.tidy();
}
