//! Quotas, LimitRanges, selectors and rules of scheduling that the API server calls invalid: `check` says the same without
//! asking it.

mod objects;
mod scheduling;

use serde_json::{Value, json};
use shared::model::kind::{Kind, built_in_kind};
use support::{Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::{
    check::differential::sentences::same,
    support::{administrator, check, server_version},
};

const TRIALS: usize = 40;

fn kind(object: &Value) -> Kind {
    let text = |field: &str| object[field].as_str().expect("a text");
    built_in_kind(text("apiVersion"), text("kind")).expect("a kind")
}

/// An object in a namespace, if its kind has any.
fn in_namespace(mut object: Value, namespace: &str) -> Value {
    if kind(&object).namespaced {
        object["metadata"]["namespace"] = json!(namespace);
    }
    object
}

/// What the server says to an object, for show only; nothing if it takes it.
fn said(object: &Value, namespace: &str) -> Option<String> {
    answer_to(object, namespace).expect("an answer")
}

/// What the server says to an object, for show only; nothing if it takes it. An error where it hangs up, as it does when an
/// object makes its validation panic.
pub(super) fn answer_to(object: &Value, namespace: &str) -> cluster::Result<Option<String>> {
    let path = format!("{}?dryRun=All", kind(object).collection(namespace));
    let object = in_namespace(object.clone(), namespace);
    let answer = cluster().api().request("POST", &path, None, Some(&object))?;
    let is_in = (200..300).contains(&answer.status);
    Ok((!is_in).then(|| answer.body["message"].as_str().expect("a message").to_owned()))
}

/// What we say to objects, each in a namespace of its own, of which nothing is there.
pub(super) fn foretold(env: &TestEnv, objects: &[Value]) -> Vec<Option<String>> {
    env.file("empty.json", json!({"apiVersion": "v1", "kind": "List", "items": []}).to_string());
    let apart: Vec<_> = objects
        .iter()
        .enumerate()
        .map(|(number, object)| in_namespace(object.clone(), &format!("team-{number}")))
        .collect();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": apart}).to_string();
    let version = server_version();
    let words = ["quota", "check", "-f", "-", "--from", "empty.json", "-o", "json", "--k8s", &version];
    let output = env.command("kubectl", words).stdin(list).run();
    let report = output.json();
    report["objects"].as_array().expect("objects").iter().map(message).collect()
}

fn message(row: &Value) -> Option<String> {
    let message = row["messages"][0].as_str().filter(|_| row["verdict"] == "Refused")?;
    // A workload may be admitted although none of its pods is.
    let is_of_pods = row["kind"] != "Pod" && message.starts_with("pods \"");
    (!is_of_pods).then(|| message.to_owned())
}

/// Whether two answers are the same; complaints in brackets come in any order, since the server goes through maps.
pub(super) fn agree(theirs: Option<&String>, ours: Option<&String>) -> bool {
    match (theirs, ours) {
        (Some(theirs), Some(ours)) => same(theirs, ours),
        (theirs, ours) => theirs == ours,
    }
}

#[test]
fn every_rule_is_broken_in_the_words_of_the_server() {
    let namespace = fresh_namespace("validity");
    let env = administrator();
    let objects = objects::table();
    let foretold = foretold(&env, &objects);
    let live = check(&env, &["-n", &namespace], &objects, 3);
    for ((object, foretold), live) in objects.iter().zip(&foretold).zip(&live) {
        let said = said(object, &namespace);
        assert!(said.is_some(), "{object:#}");
        assert!(agree(said.as_ref(), foretold.as_ref()), "{object:#}\n{said:#?}\n{foretold:#?}");
        assert_eq!(&message(live), foretold, "{object:#}");
    }
}

#[test]
fn scopes_stay_as_they_are() {
    let namespace = fresh_namespace("validity");
    let env = administrator();
    let quota = |scopes: Value| {
        json!({
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": namespace},
            "spec": {"hard": {"pods": "1"}, "scopes": scopes},
        })
    };
    cluster().api().create(&quota(json!(["BestEffort"]))).expect("a quota");
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    for (scopes, status) in
        [(json!(["Terminating"]), 3), (json!(["BestEffort", "PriorityClass"]), 3), (json!(["BestEffort"]), 0)]
    {
        let other = quota(scopes);
        let patch = json!({"spec": other["spec"]});
        let answer = cluster()
            .api()
            .request(
                "PATCH",
                &format!("{path}?dryRun=All"),
                Some("application/merge-patch+json"),
                Some(&patch),
            )
            .expect("an answer");
        let said = answer.body["message"].as_str().map(str::to_owned);
        let rows = check(&env, &[], &[other], status);
        assert_eq!(message(&rows[0]), said.filter(|_| answer.status != 200));
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn random_ones_are_judged_as_the_server_judges_them() {
    let seed = seed("VALIDITY_SEED");
    let trials = number("VALIDITY_TRIALS").map_or(TRIALS, |count| usize::try_from(count).expect("a size"));
    println!("VALIDITY_SEED={seed} VALIDITY_TRIALS={trials}");
    let namespace = fresh_namespace("validity");
    let env = administrator();
    let mut random = Random::new(seed);
    let one = |random: &mut Random| match random.percent(50) {
        true => scheduling::random(random),
        false => objects::random(random),
    };
    let objects: Vec<_> = (0..trials).map(|_| one(&mut random)).collect();
    let (mut refused, mut differing) = (0, Vec::new());
    for (object, foretold) in objects.iter().zip(foretold(&env, &objects)) {
        let said = said(object, &namespace);
        refused += usize::from(said.is_some());
        if !agree(said.as_ref(), foretold.as_ref()) {
            differing.push(format!("{object}\nserver: {said:#?}\nwe: {foretold:#?}"));
        }
    }
    let texts = differing.join("\n");
    assert!(differing.is_empty(), "VALIDITY_SEED={seed}: {} of {trials}\n{texts}", differing.len());
    println!("{trials} objects, {refused} refused by the server, 0 judged otherwise");
    // A generator that makes only one kind would prove nothing.
    assert!(refused * 10 > trials && refused * 10 < trials * 9, "{refused} of {trials} were refused");
}
