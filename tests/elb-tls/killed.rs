//! `annotate` killed before a call of the system, from where it first touches its record on.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use ::support::{Output, TestEnv, cluster, fresh_namespace, has_tool};
use serde_json::{Value, json};

use crate::{
    support::{ELB_TLS, administrator},
    textbook::{annotations, create_textbook, full, path},
};

/// So many kills are tried, evenly spread over the calls.
const KILLS: usize = 40;

/// Calls that change something, here or in the cluster, or read what the cluster answers. Between the others nothing happens.
const NAMES: [&str; 16] = [
    "openat",
    "write",
    "writev",
    "sendto",
    "sendmsg",
    "read",
    "recvfrom",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "fsync",
    "close",
];

fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    has_tool("strace, and the permission to trace", traced.is_ok_and(|status| status.success()))
}

fn words<'a>(namespace: &'a str, seconds: &'a str) -> [&'a str; 8] {
    [ELB_TLS, "annotate", "-n", namespace, "helloworld", "--idle-timeout", seconds, "--yes"]
}

fn rollback(env: &TestEnv, namespace: &str) -> Output {
    env.run(ELB_TLS, ["rollback", "-n", namespace, "helloworld", "--yes"])
}

/// Returns the calls from the record on, each with the how-manieth of its name it is.
fn calls(env: &TestEnv, namespace: &str, trace: &Path) -> Vec<(String, usize)> {
    let file = trace.to_str().expect("a path in UTF-8");
    env.run("strace", ["-f", "-qq", "-o", file].iter().chain(&words(namespace, "60"))).exits(0);
    let text = fs::read_to_string(trace).expect("a trace");
    let (mut counts, mut recording, mut calls) = (BTreeMap::<&str, usize>::new(), false, Vec::new());
    for line in text.lines() {
        let call = line.split_once(' ').and_then(|(_, call)| call.trim_start().split_once('('));
        let Some((name, arguments)) = call.filter(|(name, _)| NAMES.contains(name)) else { continue };
        let count = counts.entry(name).or_default();
        *count += 1;
        recording |= arguments.contains("kubectl-elb-tls");
        if recording {
            calls.push((name.to_owned(), *count));
        }
    }
    calls
}

/// Takes everything back to the beginning: a Service without annotations, and no record of it.
fn environment(namespace: &str, number: usize) -> TestEnv {
    let key = full("connection-idle-timeout");
    let patch = json!({"metadata": {"annotations": {key: Value::Null}}});
    cluster().api().merge_patch(&path(namespace), &patch).expect("a patch");
    let env = administrator();
    let state = env.home().join(format!("state-{number}"));
    env.variable("XDG_STATE_HOME", state)
}

#[test]
#[expect(clippy::print_stderr, reason = "a test says what it counted")]
fn a_killed_annotate_leaves_the_old_or_the_new_and_rollback_works() {
    if !can_trace() {
        return;
    }
    let namespace = fresh_namespace("killed");
    create_textbook(&namespace, &[]);
    let key = full("connection-idle-timeout");
    let env = environment(&namespace, 0);
    env.run(ELB_TLS, &words(&namespace, "30")[1..]).exits(0);
    let calls = calls(&env, &namespace, &env.home().join("trace"));
    let (mut kills, mut new) = (0, 0);
    for (number, (call, time)) in calls.iter().step_by(calls.len().div_ceil(KILLS)).enumerate() {
        let env = environment(&namespace, number + 1);
        env.run(ELB_TLS, &words(&namespace, "30")[1..]).exits(0);
        let inject = format!("inject={call}:signal=KILL:when={time}");
        let trace = ["-f", "-qq", "-o", "/dev/null", "-e", &inject];
        kills +=
            usize::from(env.run("strace", trace.iter().chain(&words(&namespace, "60"))).status != Some(0));
        let now = annotations(&namespace);
        let is_new = now == json!({key.clone(): "60"});
        assert!(is_new || now == json!({key.clone(): "30"}), "{call} {time}: {now}");
        new += usize::from(is_new);
        let output = rollback(&env, &namespace).exits(0);
        assert_eq!(output.stdout, "service/helloworld rolled back\n", "{call} {time}");
        let expected = if is_new { json!({key.clone(): "30"}) } else { json!({}) };
        assert_eq!(annotations(&namespace), expected, "{call} {time}: {output}");
    }
    eprintln!("{kills} kills, {new} of them after the write, of {} calls", calls.len());
    assert!(kills > 10 && new > 0 && new < kills, "{kills} {new}");
}
