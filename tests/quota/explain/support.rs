//! What the tests of `explain` start from.

use cluster::NodeSpec;
use serde_json::{Value, json};
use support::{Output, TestEnv, cluster};

use crate::support::wait_for_status;

/// A template of pods with one container.
pub fn template(app: &str, requests: &Value) -> Value {
    json!({
        "metadata": {"labels": {"app": app}},
        "spec": {
            "terminationGracePeriodSeconds": 0,
            "containers": [{"name": "app", "image": "app", "resources": {"requests": requests}}],
        },
    })
}

/// A workload of the `apps` group that is selected by its name.
pub fn workload(kind: &str, namespace: &str, name: &str, replicas: u8, requests: &Value) -> Value {
    let mut object = json!({
        "apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": namespace},
        "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": template(name, requests)},
    });
    match kind {
        "StatefulSet" => object["spec"]["serviceName"] = json!(name),
        "DaemonSet" => drop(object["spec"].as_object_mut().expect("a spec").remove("replicas")),
        _ => {}
    }
    object
}

/// Gives a namespace a node of its own, on which the pods of this workload become ready.
pub fn on_a_node(namespace: &str, mut workload: Value) -> Value {
    let node = NodeSpec::new(namespace).label("for", namespace).taint("for", namespace, "NoSchedule");
    cluster().add_node(&node).expect("a node");
    let spec = &mut workload["spec"]["template"]["spec"];
    spec["nodeSelector"] = json!({"for": namespace});
    spec["tolerations"] = json!([{"key": "for", "operator": "Exists"}]);
    workload
}

/// Creates an object.
pub fn create(object: &Value) {
    cluster().api().create(object).expect("an object");
}

/// Waits until a controller has told of a failure about an object of this kind, in words that hold these; the newest
/// of them is returned.
pub fn told(namespace: &str, kind: &str, words: &str) -> Value {
    let path = format!("/api/v1/namespaces/{namespace}/events");
    let is_it = |event: &Value| {
        event["type"] == "Warning"
            && event["involvedObject"]["kind"] == kind
            && event["message"].as_str().is_some_and(|message| message.contains(words))
    };
    let events = cluster().api().wait(&path, "", words, |events| events.iter().any(is_it)).expect("an event");
    events.into_iter().rfind(is_it).expect("the event")
}

/// Waits until so many pods with the label `app` are there.
pub fn pods(namespace: &str, app: &str, count: usize) {
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    let query = format!("labelSelector=app%3D{app}");
    cluster().api().wait(&path, &query, "pods", |pods| pods.len() == count).expect("pods in time");
}

/// Asks about a target, as JSON.
pub fn explain(env: &TestEnv, namespace: &str, target: &str, status: i32) -> Value {
    let output = ask(env, namespace, &[target, "-o", "json"]).exits(status);
    assert_eq!(output.stderr, "", "{output}");
    output.json()
}

/// Asks with these words.
pub fn ask(env: &TestEnv, namespace: &str, words: &[&str]) -> Output {
    env.run("kubectl", [&["quota", "explain", "-n", namespace], words].concat())
}

/// Does what a printed command says, through a shell as a reader would.
pub fn follow(env: &TestEnv, command: &str) {
    env.run("sh", ["-c", command]).success();
}

/// The printed fix that starts so.
pub fn fix<'a>(explanation: &'a Value, start: &str) -> &'a str {
    let all = explanation["fix"].as_array().expect("fixes");
    let found = all.iter().filter_map(Value::as_str).find(|fix| fix.starts_with(start));
    found.unwrap_or_else(|| panic!("no fix starts with {start}: {explanation:#}"))
}

/// A quantity as JSON has it.
pub fn amount(text: &str, number: &str) -> Value {
    json!({"s": text, "n": number})
}

/// Waits until a quota counts no pods any more, or a pod of `app` has taken the place.
pub fn released(namespace: &str, quota: &str, app: &str) {
    let pods = format!("/api/v1/namespaces/{namespace}/pods?labelSelector=app%3D{app}");
    wait_for_status(namespace, quota, |status| {
        let made = cluster().api().get(&pods).expect("pods");
        status["used"]["pods"] == "0" || made["items"].as_array().is_some_and(|pods| !pods.is_empty())
    });
}

/// The command that makes the controller try at once; nothing to do where it has tried already.
pub fn hurry(env: &TestEnv, namespace: &str, target: &str) -> String {
    let told = ask(env, namespace, &[target, "-o", "json"]).json();
    told["retry"]["command"].as_str().unwrap_or("true").to_owned()
}
