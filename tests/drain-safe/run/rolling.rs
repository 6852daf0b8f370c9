//! `rolling`: one node after the other, each once the one before is back and its workloads are whole.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use cluster::kubelet;
use rustix::process::Signal;
use serde_json::{Value, json};
use support::{Random, cluster, number, seed};

use super::objects::Objects;
use super::setting::{Setting, in_parallel, position};

/// So many nodes over three zones, a Deployment of three pods under a budget, and a pod without a controller.
fn setting(prefix: &str, nodes: usize) -> Setting {
    let setting = Setting::zones(prefix, nodes);
    setting.deploy("web", "web", 3, 1, &json!({}));
    setting.wait_ready("web", 3);
    setting.budget("web", "web", &json!({"maxUnavailable": 1}));
    setting.wait_budget("web", |status| status["disruptionsAllowed"] == 1);
    setting
}

fn selector(setting: &Setting) -> String {
    format!("for={}", setting.namespace)
}

/// A command that boots a node anew, as a kubelet reports it, and writes its name to a file.
fn reboot(setting: &Setting, file: &str) -> String {
    let file = setting.env.home().join(file).display().to_string();
    let patch = r#"{"status":{"nodeInfo":{"bootID":"'"$NODE-$$"'"}}}"#;
    format!("echo $NODE >> {file} && kubectl patch node $NODE --subresource=status --type=merge -p '{patch}'")
}

fn lines(setting: &Setting, file: &str) -> Vec<String> {
    let text = fs::read_to_string(setting.env.home().join(file)).unwrap_or_default();
    text.lines().map(ToOwned::to_owned).collect()
}

/// Asserts that no node carries a run or a cordon, and that all pods are Ready.
#[track_caller]
fn assert_as_before(setting: &Setting, nodes: usize, about: &str) {
    for number in 1..=nodes {
        assert!(!setting.is_cordoned(number), "node {number} is cordoned\n{about}");
        assert_eq!(setting.run_of(number), None, "node {number}\n{about}");
    }
    setting.wait_ready("web", 3);
}

#[test]
fn nodes_go_one_after_the_other_over_three_zones() {
    let setting = setting("rolling", 6);
    let command = reboot(&setting, "booted");
    let selector = selector(&setting);
    let words = [
        "rolling",
        "-l",
        &selector,
        "--exec-after",
        &command,
        "--until=reboot",
        "--node-timeout=300s",
        "--yes",
    ];
    let dry = setting.run(&["rolling", "-l", &selector, "--dry-run"]).exits(0);
    let places: Vec<_> =
        dry.stdout.lines().skip(1).filter_map(|line| line.split_whitespace().nth(1)).collect();
    // By zone: a b c a b c were made in this order.
    let expected: Vec<_> = [1, 4, 2, 5, 3, 6].map(|number| setting.node(number)).to_vec();
    assert_eq!(places, expected, "{dry}");
    assert_eq!((1..=6).filter_map(|number| setting.run_of(number)).count(), 0, "a dry run writes nothing");
    let rolling = || setting.command(&words).limit(Duration::from_secs(600)).run().exits(0);
    let (most, output) = most_cordoned(&setting, 6, rolling);
    assert_eq!(most, 1, "{output}");
    assert_eq!(lines(&setting, "booted"), expected, "{output}");
    for node in &expected {
        for line in [
            format!("node/{node} drained\n"),
            format!("node/{node} uncordoned\n"),
            format!("node/{node} rolled\n"),
        ] {
            assert!(output.stdout.contains(&line), "{line}{output}");
        }
    }
    assert_as_before(&setting, 6, &output.to_string());
}

/// Runs something, and returns how many nodes were cordoned at once at most meanwhile.
fn most_cordoned<T>(setting: &Setting, nodes: usize, work: impl FnOnce() -> T) -> (usize, T) {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let most = scope.spawn(|| {
            let mut most = 0;
            while !is_over.load(Ordering::SeqCst) {
                most = most.max((1..=nodes).filter(|number| setting.is_cordoned(*number)).count());
                thread::sleep(Duration::from_millis(5));
            }
            most
        });
        let done = work();
        is_over.store(true, Ordering::SeqCst);
        (most.join().expect("a count"), done)
    })
}

#[test]
fn it_stops_at_the_first_node_that_does_not_come_back_and_goes_on_from_there() {
    let setting = setting("rolling-stop", 3);
    let selector = selector(&setting);
    let words =
        ["rolling", "-l", &selector, "--until=reboot", "--node-timeout=10s", "--exec-after=true", "--yes"];
    let output = setting.run(&words).exits(4);
    let node = setting.node(1);
    assert!(output.stderr.contains(&format!("node {node} is not back in time (--until reboot)")), "{output}");
    let run = setting.run_of(1).expect("a run");
    assert!(output.stderr.contains(&format!("kubectl drain-safe resume {run}")), "{output}");
    assert_eq!(
        (setting.state(1)["phase"].clone(), setting.state(2)["phase"].clone()),
        (json!("Awaited"), json!("Queued"))
    );
    assert!(setting.is_cordoned(1) && !setting.is_cordoned(2));
    // It comes back, and the next one does not.
    let boot = json!({"status": {"nodeInfo": {"bootID": "another"}}});
    cluster().api().merge_patch(&format!("{}/status", setting.node_path(1)), &boot).unwrap();
    let output = setting.run(&["resume", &run, "--yes"]).exits(4);
    assert!(output.stdout.contains(&format!("node/{node} rolled\n")), "{output}");
    assert_eq!((setting.run_of(1), setting.is_cordoned(1), setting.is_cordoned(2)), (None, false, true));
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_as_before(&setting, 3, &output.to_string());
}

#[test]
fn a_command_that_fails_stops_it_and_is_executed_again() {
    let setting = setting("rolling-fails", 3);
    let selector = selector(&setting);
    let flag = setting.env.home().join("go").display().to_string();
    let command = format!("test -e {flag}");
    let output = setting.run(&["rolling", "-l", &selector, "--exec-after", &command, "--yes"]).exits(1);
    assert!(output.stderr.contains("has failed: exit status: 1"), "{output}");
    assert_eq!(setting.state(1)["phase"], "Drained");
    setting.env.file("go", "");
    let output = setting.command(&["resume", "--yes", &setting.node(1), &setting.node(2), &setting.node(3)]);
    let output = output.limit(Duration::from_secs(300)).run().exits(0);
    assert_as_before(&setting, 3, &output.to_string());
}

#[test]
fn a_node_that_is_back_takes_pods_while_its_workloads_are_waited_for() {
    let setting = setting("rolling-heals", 3);
    let selector = selector(&setting);
    // What follows the first drain takes a pod away for good.
    let flag = setting.env.home().join("scaled").display().to_string();
    let scale = format!("kubectl scale deployment web -n {} --replicas", setting.namespace);
    let command = format!("test -e {flag} || {{ touch {flag} && {scale}=2; }}");
    let words = ["rolling", "-l", &selector, "--exec-after", &command, "--node-timeout=10s", "--yes"];
    let output = setting.command(&words).limit(Duration::from_secs(300)).run().exits(4);
    let node = setting.node(1);
    let sentence = format!(
        "node {node} is back, and its workloads are not whole in time: 2 of 3 pods of Deployment {}/web are Ready\n",
        setting.namespace
    );
    assert!(output.stderr.contains(&sentence), "{output}");
    assert!(
        output.stderr.contains(&format!("the rolling stops at node {node}, with 3 of 3 nodes left")),
        "{output}"
    );
    assert!(!output.stdout.contains(&format!("node/{node} rolled\n")), "{output}");
    let phases = (setting.state(1)["phase"].clone(), setting.state(2)["phase"].clone());
    assert_eq!(phases, (json!("Healing"), json!("Queued")), "{output}");
    assert_eq!((1..=3).filter(|number| setting.is_cordoned(*number)).count(), 0, "{output}");
    // It heals, and neither drain nor command of the first node is repeated.
    let run = setting.run_of(1).expect("a run");
    let since = position();
    setting.env.run("/bin/sh", ["-c", &format!("{scale}=3")]).success();
    let on_first = setting.on_node(1);
    let output = setting.command(&["resume", &run, "--yes"]).limit(Duration::from_secs(300)).run().exits(0);
    assert!(setting.asked(since).iter().all(|asked| !on_first.contains(&asked.pod)), "{output}");
    for number in 1..=3 {
        assert!(output.stdout.contains(&format!("node/{} rolled\n", setting.node(number))), "{output}");
    }
    assert_as_before(&setting, 3, &output.to_string());
}

#[test]
fn a_node_that_is_replaced_counts_as_back() {
    let setting = setting("rolling-replaced", 3);
    let selector = selector(&setting);
    let command = "kubectl delete node $NODE --wait=false";
    let words = ["rolling", &setting.node(1), "--exec-after", command, "--node-timeout=300s", "--yes"];
    let running = setting.command(&words).start();
    let gone = || cluster().api().get(&setting.node_path(1)).is_err();
    for _ in 0..1200 {
        if gone() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    setting.add_node_as(|node| node);
    let output = running.wait().exits(0);
    // No selector: any new Ready node stands for it.
    assert!(output.stderr.contains("has come in the place of"), "{output}");
    assert!(output.stdout.contains(&format!("node/{} rolled\n", setting.node(1))), "{output}");
    let output = setting.run(&["rolling", "-l", &format!("{selector},none=such"), "--yes"]).exits(0);
    assert!(output.stderr.contains("no node matches"), "{output}");
}

#[test]
fn a_node_that_cannot_be_drained_refuses_the_whole() {
    let setting = setting("rolling-refused", 3);
    let mut spec = setting.pod_spec(0);
    spec["nodeName"] = json!(setting.node(3));
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "tool", "namespace": setting.namespace}, "spec": spec,
    }));
    let selector = selector(&setting);
    let output = setting.run(&["rolling", "-l", &selector, "--yes"]).exits(3);
    let sentence = format!("node {}: pod {}/tool is Unmanaged", setting.node(3), setting.namespace);
    assert!(output.stderr.contains(&sentence) && output.stderr.contains("nothing was written"), "{output}");
    let helps = format!("the plan says what helps: `kubectl drain-safe plan {}`\n", setting.node(3));
    assert!(output.stderr.contains(&helps), "{output}");
    assert_eq!((1..=3).filter_map(|number| setting.run_of(number)).count(), 0);
    let output = setting.run(&["rolling", "-l", &selector]).exits(2);
    assert!(output.stderr.contains("pass --yes"), "{output}");
    let output = setting.run(&["rolling", "-l", &selector, "--yes", "--until=never"]).exits(2);
    assert!(output.stderr.contains("--until: `never` is not"), "{output}");
    let output = setting.run(&["rolling", "-l", &selector, "--yes", "--max-parallel=2"]).exits(2);
    assert!(output.stderr.contains("one node at a time"), "{output}");
    let output = setting.run(&["rolling", "-l", &selector, "--yes", "--on-failure=uncordon"]).exits(2);
    assert!(output.stderr.contains("--on-failure is for a drain"), "{output}");
}

#[test]
fn two_do_not_carry_one_rolling_out() {
    let setting = setting("rolling-twice", 3);
    let selector = selector(&setting);
    let words = ["rolling", "-l", &selector, "--until=reboot", "--node-timeout=300s", "--yes"];
    let mut running = setting.command(&words).limit(Duration::from_secs(300)).start();
    let awaits = |node: &Value| node["metadata"]["annotations"].to_string().contains("Awaited");
    cluster().api().wait_for(&setting.node_path(1), "a drained node", awaits).unwrap();
    let run = setting.run_of(1).expect("a run");
    for command in ["resume", "undo"] {
        let output = setting.run(&[command, &run, "--yes"]).exits(5);
        assert!(output.stderr.contains(&run), "{output}");
    }
    let output = setting.run(&["rolling", "-l", &selector, "--yes"]).exits(5);
    assert!(output.stderr.contains(&run), "{output}");
    running.interrupt();
    let output = running.wait().exits(130);
    assert!(output.stderr.contains(&format!("kubectl drain-safe resume {run}")), "{output}");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_as_before(&setting, 3, &output.to_string());
}

/// Kills rollings of six nodes at any moment, goes on with them or takes them back, and compares what is there with what
/// was.
#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn a_killed_rolling_goes_on_or_is_taken_back() {
    let seed = seed("DRAIN_SEED");
    println!("DRAIN_SEED={seed}");
    let mut random = Random::new(seed);
    let kills: Vec<(u64, bool)> = (0..number("DRAIN_ROLLING_KILLS").unwrap_or(2))
        .map(|number| (random.number_below(12_000), number % 2 == 0))
        .collect();
    in_parallel(&kills, 6, |trial, (after, resumes)| kill(trial, Duration::from_millis(*after), *resumes));
}

fn kill(trial: usize, after: Duration, resumes: bool) {
    let setting = setting("killed-rolling", 6);
    let before = Objects::read(&setting, 6);
    let since = position();
    let (command, selector) = (reboot(&setting, "booted"), selector(&setting));
    let words =
        ["rolling", "-l", &selector, "--exec-after", &command, "--until=reboot", "--settle=200ms", "--yes"];
    let mut running = setting.command(&words).limit(Duration::from_secs(600)).start();
    thread::sleep(after);
    if !running.has_ended() {
        running.signal(Signal::KILL);
    }
    let killed = running.wait();
    let run = (1..=6).find_map(|number| setting.run_of(number));
    let command = match (&run, resumes) {
        (Some(run), true) => setting.command(&["resume", run, "--yes"]),
        (Some(run), false) => setting.command(&["undo", run, "--yes"]),
        // Killed before it wrote anything, or after it was done.
        (None, _) => setting.command(&["status"]),
    };
    let output = command.limit(Duration::from_secs(600)).run();
    let about = format!("trial {trial}, killed after {} ms\n{killed}\n{output}", after.as_millis());
    assert_eq!(output.status, Some(0), "{about}");
    assert_as_before(&setting, 6, &about);
    before.assert_again(&setting, &about);
    let accepted = setting.asked(since).into_iter().filter(|asked| asked.status == 201);
    let mut evicted: Vec<_> = accepted.map(|asked| asked.pod).collect();
    let all = evicted.len();
    evicted.sort();
    evicted.dedup();
    assert_eq!(evicted.len(), all, "no pod is evicted twice: {about}");
    if run.is_some() && resumes {
        let mut booted = lines(&setting, "booted");
        booted.sort();
        booted.dedup();
        let all: Vec<_> = (1..=6).map(|number| setting.node(number)).collect();
        // Those that were killed before they were all written are not of the rolling.
        assert!(booted.len() <= all.len() && booted.iter().all(|node| all.contains(node)), "{about}");
    }
    setting.tidy();
}

/// What starts slowly is waited for before the next node is touched.
#[test]
fn the_next_node_waits_until_workloads_are_whole() {
    let setting = Setting::zones("rolling-whole", 2);
    setting.create(&json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": setting.namespace},
        "spec": {
            "replicas": 3, "selector": {"matchLabels": {"set": "web"}},
            "template": {
                "metadata": {
                    "labels": {"set": "web", "app": "web", (kubelet::START): kubelet::SLOW},
                    "annotations": {(kubelet::READY_AFTER): "3s"},
                },
                "spec": setting.pod_spec(0),
            },
        },
    }));
    setting.wait_ready("web", 3);
    let selector = selector(&setting);
    // When the command of the second node is executed, all three are Ready again.
    let count = format!(
        "kubectl get pods -n {} -o jsonpath='{{.items[*].status.conditions[?(@.type==\"Ready\")].status}}' >> ready; echo >> ready",
        setting.namespace
    );
    let output = setting.run(&["rolling", "-l", &selector, "--exec-after", &count, "--yes"]).exits(0);
    assert_eq!(lines(&setting, "ready"), ["True True True"; 2], "{output}");
    assert_as_before(&setting, 2, &output.to_string());
}
