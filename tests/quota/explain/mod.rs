//! `explain`: why something is stuck, told of what the real controllers ran into, and healed by what it prints.

mod coverage;
mod daemon_sets_and_jobs;
mod device_claims;
mod everywhere;
mod fixes;
mod no_longer_refused;
mod operators;
mod other_controllers;
mod pasted_text;
mod refused_children;
mod workloads;

use ::support::{Output, TestEnv, cluster};
use serde_json::{Value, json};

use crate::objects::{self, with_grace};
use crate::support::wait_for_status;

/// A template of pods that end at once.
fn template(app: &str, requests: &Value) -> Value {
    with_grace(objects::template(app, requests), 0)
}

/// A workload of such pods.
fn workload(kind: &str, namespace: &str, name: &str, replicas: usize, requests: &Value) -> Value {
    objects::workload(kind, namespace, name, replicas, template(name, requests))
}

/// Asks about a target, as JSON.
fn explain(env: &TestEnv, namespace: &str, target: &str, status: i32) -> Value {
    let output = ask(env, namespace, &[target, "-o", "json"]).exits(status);
    assert_eq!(output.stderr, "", "{output}");
    output.json()
}

/// Asks with these words.
fn ask(env: &TestEnv, namespace: &str, words: &[&str]) -> Output {
    env.run("kubectl", [&["quota", "explain", "-n", namespace], words].concat())
}

/// The printed fix that starts so.
fn fix<'a>(explanation: &'a Value, start: &str) -> &'a str {
    let all = explanation["fix"].as_array().expect("fixes");
    let found = all.iter().filter_map(Value::as_str).find(|fix| fix.starts_with(start));
    found.unwrap_or_else(|| panic!("no fix starts with {start}: {explanation:#}"))
}

/// A quantity as JSON has it.
fn amount(text: &str, number: &str) -> Value {
    json!({"quantity": text, "decimal": number})
}

/// Waits until a quota counts no pods any more, or a pod of `app` has taken the place.
fn released(namespace: &str, quota: &str, app: &str) {
    let pods = format!("/api/v1/namespaces/{namespace}/pods?labelSelector=app%3D{app}");
    wait_for_status(namespace, quota, |status| {
        let made = cluster().api().get(&pods).expect("pods");
        status["used"]["pods"] == "0" || made["items"].as_array().is_some_and(|pods| !pods.is_empty())
    });
}

/// The command that makes the controller try at once; nothing to do where it has tried already.
fn hurry(env: &TestEnv, namespace: &str, target: &str) -> String {
    let told = ask(env, namespace, &[target, "-o", "json"]).json();
    told["retry"]["command"].as_str().unwrap_or("true").to_owned()
}
