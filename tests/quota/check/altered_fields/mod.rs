//! Manifests of every kind that applications consist of, with one field left out or altered: `check` refuses what the server
//! refuses, in its words.

use serde::Deserialize as _;
use serde_json::{Value, json};
use support::fresh_namespace;

use super::validity::{agree, answer_to, foretold};
use crate::support::administrator;

const MANIFESTS: &str = include_str!("manifests.yaml");

fn manifests() -> Vec<Value> {
    serde_yaml::Deserializer::from_str(MANIFESTS)
        .map(|document| Value::deserialize(document).expect("a manifest"))
        .collect()
}

/// Paths to every field and item within, as JSON pointers.
fn paths(value: &Value, path: &str) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => {
            fields.iter().map(|(key, field)| (key.replace('~', "~0").replace('/', "~1"), field)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (key, child) in children {
        let path = format!("{path}/{key}");
        all.extend(paths(child, &path));
        all.push(path);
    }
    all
}

fn without(object: &Value, path: &str) -> Value {
    let mut object = object.clone();
    let (parent, key) = path.rsplit_once('/').expect("a path");
    match object.pointer_mut(parent).expect("a parent") {
        Value::Object(fields) => drop(fields.remove(&key.replace("~1", "/").replace("~0", "~"))),
        Value::Array(items) => drop(items.remove(key.parse().expect("an index"))),
        _ => unreachable!("a parent has children"),
    }
    object
}

/// What a field may be by mistake.
fn mistakes(value: &Value) -> Vec<Value> {
    match value {
        Value::String(_) => vec![json!(""), json!("Not valid_"), json!("x".repeat(260))],
        Value::Number(_) => vec![json!(0), json!(-1), json!(70_000)],
        Value::Array(_) => vec![json!([])],
        Value::Object(_) => vec![json!({})],
        _ => Vec::new(),
    }
}

/// What is known to be left to the server: the numbers of indices, whose messages count what they stand for, and accounts,
/// which admission looks up before anything is validated.
const NOT_JUDGED: &[&str] = &["/successPolicy/rules/0/", "/completions: ", "/serviceAccountName: "];

fn altered(object: &Value) -> Vec<(String, Value)> {
    let fields = paths(object, "").into_iter().filter(|path| path != "/apiVersion" && path != "/kind");
    let mut all = vec![("as it is".to_owned(), object.clone())];
    for path in fields {
        all.push((format!("without {path}"), without(object, &path)));
        for mistake in mistakes(object.pointer(&path).expect("a field")) {
            let mut other = object.clone();
            let what = format!("{path}: {mistake}");
            *other.pointer_mut(&path).expect("a field") = mistake;
            all.push((what, other));
        }
    }
    all.retain(|(what, _)| !NOT_JUDGED.iter().any(|part| what.contains(part)));
    all
}

#[test]
fn a_field_that_is_missing_or_wrong_is_refused_in_the_words_of_the_server() {
    let namespace = fresh_namespace("altered");
    let env = administrator();
    let (mut refused, mut count, mut differing) = (0, 0, Vec::new());
    for manifest in manifests() {
        let altered = altered(&manifest);
        let objects: Vec<_> = altered.iter().map(|(_, object)| object.clone()).collect();
        for ((what, object), foretold) in altered.iter().zip(foretold(&env, &objects)) {
            let Ok(said) = answer_to(object, &namespace) else { continue };
            count += 1;
            refused += usize::from(said.is_some());
            // Of a secret that can't be read we show less.
            let redacted =
                |said: Option<&String>| said.is_some_and(|said| said.contains("<secret contents redacted>"));
            let is_redacted = redacted(said.as_ref()) && redacted(foretold.as_ref());
            if !is_redacted && !agree(said.as_ref(), foretold.as_ref()) {
                let kind = &object["kind"];
                differing.push(format!("{kind} {what}\n  server: {said:?}\n  we:     {foretold:?}"));
            }
        }
    }
    let texts = differing.join("\n");
    assert!(differing.is_empty(), "{} of {count}, {refused} refused by the server\n{texts}", differing.len());
}
