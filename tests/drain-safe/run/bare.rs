//! Pods that nothing recreates are saved before they are deleted.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::{Value, json};
use support::cluster;

use super::setting::{Setting, outcomes, position};

/// A pod without a controller on node 1, with something that nobody else should read.
fn bare(setting: &Setting) -> Value {
    let mut spec = setting.pod_spec(0);
    spec["containers"][0]["env"] = json!([{"name": "PASSWORD", "value": "secret"}]);
    setting.create(&json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "tool", "namespace": setting.namespace, "labels": {"set": "tool"}},
        "spec": spec,
    }));
    setting.wait_ready("tool", 1);
    cluster().api().get(&format!("{}/tool", setting.pods_path())).expect("a pod")
}

#[test]
fn a_pod_that_force_deletes_can_be_applied_again() {
    let setting = Setting::new("saved-pod");
    let before = bare(&setting);
    setting.add_node();
    let result = setting.drain(&["--force", "-o", "json"]).exits(0).json();
    assert_eq!(outcomes(&result), ["Evicted"]);
    let folder = result["saved"].as_str().expect("a folder");
    let path = format!("{folder}/{}/tool.yaml", setting.namespace);
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    let journal = fs::read_to_string(result["journal"].as_str().expect("a journal")).expect("a journal");
    let events: Vec<Value> =
        journal.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
    let position = |event: &str| events.iter().position(|line| line["event"] == event).expect("an event");
    assert!(position("Save") < position("Cordon"), "{journal}");
    assert_eq!(events[position("Save")]["path"], path.as_str());
    assert!(!journal.contains("secret"));

    setting.env.run("kubectl", ["apply", "-f", &path]).exits(0);
    setting.wait_ready("tool", 1);
    let after = cluster().api().get(&format!("{}/tool", setting.pods_path())).expect("a pod");
    assert_eq!(after["spec"]["nodeName"], setting.node(2).as_str());
    let asked_for = |pod: &Value| {
        let container = pod["spec"]["containers"][0].clone();
        (pod["metadata"]["labels"].clone(), container["env"].clone(), container["resources"].clone())
    };
    assert_eq!(asked_for(&after), asked_for(&before));
}

#[test]
fn what_cannot_be_saved_is_not_deleted() {
    let mut setting = Setting::new("unsaved");
    bare(&setting);
    let file = setting.env.file("state", "no folder");
    setting.env = setting.env.variable("XDG_STATE_HOME", &file);
    let since = position();
    let output = setting.drain(&["--force"]).exits(1);
    let sentence =
        format!("error: pod {}/tool can't be saved, and nothing would recreate it: ", setting.namespace);
    assert!(output.stderr.contains(&sentence), "{output}");
    assert_eq!((setting.on_node(1), setting.is_cordoned(1)), (vec!["tool".to_owned()], false));
    assert_eq!(setting.asked(since), []);
    assert_eq!(setting.holder(1), "");
}
