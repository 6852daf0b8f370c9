//! What `check` says to trials: one run of the program for many, each in a namespace of its own.

use serde_json::{Value, json};

use super::{
    cluster_state::World,
    trial::{Foretold, Trial, Verdict},
};
use crate::support;

fn in_namespace(value: &Value, namespace: &str) -> Value {
    let mut value = value.clone();
    value["metadata"]["namespace"] = Value::from(namespace);
    // The same rules serve several trials: `--from` would take the same uid for the same object.
    if let Some(metadata) = value["metadata"].as_object_mut() {
        metadata.remove("uid");
    }
    value
}

/// What is there, said to have been applied as a whole: what a manifest leaves out is then gone, as it is after the PUT
/// that the server is asked.
fn as_applied(object: &Value) -> Value {
    let mut applied = object.clone();
    if let Some(fields) = applied.as_object_mut() {
        fields.remove("status");
    }
    let mut object = object.clone();
    object["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] =
        Value::from(applied.to_string());
    object
}

/// What `check` says to each.
pub fn all(trials: &[Trial], world: &World) -> Vec<Foretold> {
    let mut dump = world.classes();
    let mut manifests = Vec::new();
    for (index, trial) in trials.iter().enumerate() {
        let namespace = format!("trial-{index}");
        let old = trial.old.as_ref().map(as_applied);
        let mut place = world.namespace_of(trial);
        place["metadata"]["name"] = Value::from(namespace.as_str());
        if let Some(metadata) = place["metadata"].as_object_mut() {
            metadata.remove("uid");
        }
        dump.push(place);
        let there = trial.quotas.iter().chain(&trial.limit_ranges).chain(&old);
        dump.extend(there.map(|object| in_namespace(object, &namespace)));
        manifests.push(in_namespace(&trial.object, &namespace));
    }
    let list = |items: &[Value]| json!({"apiVersion": "v1", "kind": "List", "items": items}).to_string();
    let env = support::administrator();
    env.file("dump.json", list(&dump));
    env.file("manifests.json", list(&manifests));
    let files = ["quota", "check", "-f", "manifests.json", "--from", "dump.json", "-o", "json"];
    let version = support::server_version();
    let output = env.run("kubectl", files.iter().chain(&["--subresource", "resize", "--k8s", &version]));
    let report = output.json();
    let objects = report["objects"].as_array().expect("objects");
    assert_eq!(objects.len(), trials.len(), "{output}");
    let foretold = objects.iter().zip(trials).enumerate().map(|(index, (object, trial))| Foretold {
        verdict: match object["verdict"].as_str() {
            Some("Admitted") => Verdict::Admitted,
            Some("Refused") => Verdict::Refused,
            _ => Verdict::Unknown,
        },
        messages: object["messages"]
            .as_array()
            .expect("messages")
            .iter()
            .map(|message| message.as_str().expect("a text"))
            .map(|message| message.replace(&format!("trial-{index} "), &format!("{} ", trial.namespace)))
            .collect(),
    });
    foretold.collect()
}
