//! Values of enumerations: what `check` says of a wrong one is what the server says, and in its order where there are several.

mod specimens;

use serde_json::{Value, json};
use shared::model::kind::built_in_kind;
use support::{cluster, fresh_namespace};

use self::specimens::{others, pod, workloads};
use crate::support::{administrator, server_version};

/// Every enumeration with a value that there is not, and with an empty one; then all of an object at once.
fn objects() -> Vec<Value> {
    let mut specimens = vec![pod()];
    specimens.extend(workloads());
    specimens.extend(others());
    let mut objects = Vec::new();
    for (specimen, fields) in specimens {
        objects.push(specimen.clone());
        let with = |object: &mut Value, field: &str, value: &str| {
            let (parent, name) = field.rsplit_once('/').expect("a path");
            let parent = object.pointer_mut(parent).expect("a parent");
            match name.parse::<usize>() {
                Ok(index) => parent[index] = json!(value),
                Err(_) => parent[name] = json!(value),
            }
        };
        for (field, value) in fields.iter().flat_map(|field| [(field, "3"), (field, "<a>&"), (field, "")]) {
            let mut object = specimen.clone();
            with(&mut object, field, value);
            objects.push(object);
        }
        let mut all = specimen;
        fields.iter().for_each(|field| with(&mut all, field, "Sometimes"));
        objects.push(all);
    }
    for (number, object) in objects.iter_mut().enumerate() {
        object["metadata"]["name"] = json!(format!("x{number}"));
    }
    objects
}

/// What the server says to an object, if it refuses it.
fn told_by_server(object: &Value, namespace: &str) -> Option<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let kind = built_in_kind(&text(&object["apiVersion"]), &text(&object["kind"])).expect("a kind");
    let path = format!("{}?dryRun=All&fieldValidation=Strict", kind.collection(namespace));
    let answer = cluster().api().request("POST", &path, None, Some(object)).expect("an answer");
    (answer.status >= 400).then(|| text(&answer.body["message"]))
}

#[test]
fn wrong_values_are_refused_in_the_words_of_the_server() {
    let namespace = fresh_namespace("values");
    let mut objects = objects();
    for object in &mut objects {
        object["metadata"]["namespace"] = json!(namespace);
    }
    let env = administrator();
    env.file("empty.json", json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string());
    let version = server_version();
    let words = ["quota", "check", "-f", "-", "--from", "empty.json", "-o", "json", "--k8s", &version];
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
    let report = env.command("kubectl", words).stdin(list).run().exits(3).json();
    let rows = report["objects"].as_array().expect("objects");
    assert_eq!(rows.len(), objects.len());
    let (mut refused, mut different) = (0, Vec::new());
    for (row, object) in rows.iter().zip(&objects) {
        let said = told_by_server(object, &namespace);
        refused += usize::from(said.is_some());
        let ours = (row["verdict"] == "Refused").then(|| row["messages"][0].as_str().expect("a message"));
        if ours != said.as_deref() {
            different.push(format!("server: {said:?}\n    we: {ours:?}"));
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), rows.len(), different.join("\n"));
    assert!(refused > 100, "only {refused} were refused");
}
