//! Names nobody should give, and everything that can be done with them.

use std::fs;

use crate::support::{config, expect, run, with};

/// Each as it is and as it is shown.
const NAMES: [(&str, &str); 16] = [
    ("arn:aws:eks:eu-west-1:123456789012:cluster/foo", "arn:aws:eks:eu-west-1:123456789012:cluster/foo"),
    ("a=b", "a=b"),
    ("-dash", "-dash"),
    ("has space", "has space"),
    ("br]ack[et", "br]ack[et"),
    (".", "."),
    ("-", "-"),
    ("ünï", "ünï"),
    ("new\nline", "new\\nline"),
    ("esc\u{1b}[31m", "esc\\u{1b}[31m"),
    ("../config", "../config"),
    ("a", "a"),
    ("a/b", "a/b"),
    ("list", "list"),
    ("contexts", "contexts"),
    ("=", "="),
];

/// A kubeconfig with a context of every name.
fn kubeconfig() -> String {
    let entry = |(name, _): &(&str, &str)| {
        let quoted = serde_json::Value::from(*name).to_string();
        format!("- name: {quoted}\n  context: {{cluster: c, user: u}}\n")
    };
    let contexts: String = NAMES.iter().map(entry).collect();
    format!(
        "current-context: start\nclusters:\n- name: c\n  cluster: {{server: 'https://127.0.0.1:1'}}\ncontexts:\n- name: start\n  context: {{cluster: c, user: u}}\n{contexts}users:\n- name: u\n  user: {{}}\n"
    )
}

#[test]
fn all_are_listed_and_no_table_or_document_is_raw() {
    let env = with(&kubeconfig());
    let (status, stdout, _) = run(&env, &["contexts", "-o", "name"]);
    assert_eq!(status, 0);
    let mut expected: Vec<&(&str, &str)> = NAMES.iter().collect();
    expected.push(&("start", "start"));
    expected.sort();
    // Data for a program: each name byte for byte, as kubectl prints it.
    let names: String = expected.iter().map(|(name, _)| format!("{name}\n")).collect();
    assert_eq!(stdout, names);
    for format in ["table", "wide", "json", "yaml"] {
        let (status, stdout, stderr) = run(&env, &["contexts", "-o", format]);
        assert_eq!(status, 0, "{stderr}");
        assert!(!stdout.contains('\u{1b}'), "{format}");
    }
    let (_, stdout, _) = run(&env, &["contexts", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let names: Vec<&str> =
        document["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert!(NAMES.iter().all(|(name, _)| names.contains(name)), "{names:?}");
}

#[test]
fn all_can_be_switched_to_and_back_from() {
    let env = with(&kubeconfig());
    let long = "x".repeat(300);
    fs::write(
        env.home().join(".kube/config"),
        kubeconfig().replace("users:", &format!("- name: {long}\n  context: {{cluster: c}}\nusers:")),
    )
    .unwrap();
    for (name, shown) in NAMES.iter().copied().chain([(long.as_str(), long.as_str())]) {
        let user = if name == long { "" } else { "user u, " };
        let said = format!("✔ Context \"{shown}\" (cluster c, {user}namespace default)\n");
        expect(&env, &["contexts", "--", name], 0, "", &said);
        let (status, stdout, _) = run(&env, &["contexts", "-c"]);
        assert_eq!((status, stdout), (0, format!("{name}\n")), "{name:?}");
        expect(&env, &["web", "-f"], 0, "", &format!("✔ Namespace \"web\" (context {shown}; not checked)\n"));
        expect(&env, &["-", "-f"], 0, "", &format!("✔ Namespace unset, so \"default\" (context {shown})\n"));
        expect(
            &env,
            &["contexts", "-"],
            0,
            "",
            "✔ Context \"start\" (cluster c, user u, namespace default)\n",
        );
        expect(&env, &["use", "--", name], 0, "", &said);
        expect(
            &env,
            &["use", "start"],
            0,
            "",
            "✔ Context \"start\" (cluster c, user u, namespace default)\n",
        );
    }
    let made: Vec<_> =
        fs::read_dir(env.home().join(".kube")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(made, ["config"], "state is kept elsewhere, under names that lead nowhere");
    let state = env.home().join(".local/state/kubectl-ns-switch");
    for entry in fs::read_dir(&state).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.ends_with(".json") && name.is_ascii(), "{name}");
    }
}

#[test]
fn all_can_be_renamed_and_deleted() {
    let env = with(&kubeconfig());
    for (name, shown) in NAMES.iter().filter(|(name, _)| *name != ".") {
        let said = format!("✔ Context \"{shown}\" renamed to \"plain\"\n");
        expect(&env, &["contexts", &format!("plain={name}")], 0, "", &said);
        expect(&env, &["contexts", "-y", "-d", "plain"], 0, "", "✔ Context \"plain\" deleted\n");
    }
    let left = run(&env, &["contexts", "-o", "name"]).1;
    assert_eq!(left, ".\nstart\n", "{}", config(&env));
}

#[test]
fn each_can_be_given_and_deleted_by_its_own_name() {
    for (name, shown) in NAMES.iter().filter(|(name, _)| !name.ends_with('=')) {
        let env = with("contexts:\n- name: plain\n- name: other\n");
        let said = format!("✔ Context \"plain\" renamed to \"{shown}\"\n");
        // What stands before the first = is the new name.
        if !name.contains('=') && !name.starts_with('-') {
            expect(&env, &["contexts", &format!("{name}=plain")], 0, "", &said);
        } else {
            env.file(".kube/config", config(&env).replace("plain", &format!("'{name}'")));
        }
        if *name != "." {
            let said = format!("✔ Context \"{shown}\" deleted\n");
            expect(&env, &["contexts", "-y", "-d", "--", name], 0, "", &said);
            assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "other\n");
        }
    }
}

#[test]
fn words_of_ours_are_namespaces_after_two_dashes() {
    let env = with(&kubeconfig());
    for name in ["list", "contexts", "use", "to", "undo", "doctor", "completion"] {
        let said = format!("✔ Namespace \"{name}\" (context start; not checked)\n");
        expect(&env, &["-f", "--", name], 0, "", &said);
        expect(&env, &["-c"], 0, &format!("{name}\n"), "");
    }
}

#[test]
fn names_that_yaml_reads_as_something_else_are_quoted() {
    let env = with(&kubeconfig());
    for name in ["no", "on", "y", "true", "null", "007", "1e3", "0x1f", "123"] {
        expect(&env, &["-f", name], 0, "", &format!("✔ Namespace \"{name}\" (context start; not checked)\n"));
        expect(&env, &["-c"], 0, &format!("{name}\n"), "");
        assert!(config(&env).contains(&format!("namespace: \"{name}\"")), "{}", config(&env));
    }
}
