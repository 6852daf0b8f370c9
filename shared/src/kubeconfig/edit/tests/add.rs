//! Adding entries, and replacing a user.

use serde_json::json;

use super::*;
use crate::kubeconfig::{RawEntries, RawEntry, write::undo};

fn entry(name: &str, body: serde_json::Value) -> RawEntry {
    RawEntry { name: name.into(), body }
}

fn new_entries() -> RawEntries {
    RawEntries {
        clusters: vec![entry("c2", json!({"server": "https://h:1"}))],
        users: vec![entry("u2", json!({"token": "yes"}))],
        contexts: vec![entry("x2", json!({"cluster": "c2", "user": "u2"}))],
        current: None,
    }
}

/// The text after the entries were added; and taken back it is the old one.
#[track_caller]
fn added(text: &str) -> String {
    let folder = Folder::new(&[("config", text)]);
    let written = folder.edit("config", &[Edit::AddEntries(new_entries())]).unwrap();
    let after = folder.read("config");
    undo(written.undo(), &WriteOptions::default()).unwrap();
    assert_eq!(folder.read("config"), text);
    after
}

#[track_caller]
fn refusal(text: &str, edit: Edit) -> String {
    edited(text, edit).unwrap_err().to_string()
}

const CLUSTER: &str = "- cluster:\n    server: \"https://h:1\"\n  name: c2\n";
const CONTEXT: &str = "- context:\n    cluster: c2\n    user: u2\n  name: x2\n";
const USER: &str = "- name: u2\n  user:\n    token: \"yes\"\n";

#[test]
fn entries_go_to_the_end_of_their_lists() {
    let text =
        "users: # mine\n- name: u\n  user: {}\n# below\nclusters:\n- {name: c}\ncontexts:\n- name: x\n";
    let expected = format!(
        "users: # mine\n- name: u\n  user: {{}}\n{USER}# below\nclusters:\n- {{name: c}}\n{CLUSTER}contexts:\n- name: x\n{CONTEXT}"
    );
    assert_eq!(added(text), expected);
}

#[test]
fn dashes_stay_in_their_column_and_line_ends_are_those_of_the_file() {
    let text = "clusters:\r\n  - name: c\r\ncontexts: []\r\nusers:\r\n";
    let expected = format!(
        "clusters:\n  - name: c\n  {}contexts:\n{CONTEXT}users:\n{USER}",
        CLUSTER.trim_end().replace('\n', "\n  ") + "\n"
    );
    assert_eq!(added(text), expected.replace('\n', "\r\n"));
}

#[test]
fn lists_that_are_missing_are_made() {
    let lists = format!("clusters:\n{CLUSTER}contexts:\n{CONTEXT}users:\n{USER}");
    assert_eq!(added("# empty\n"), format!("# empty\napiVersion: v1\nkind: Config\n{lists}"));
    assert_eq!(added("apiVersion: v1\nkind: Config\n"), format!("apiVersion: v1\nkind: Config\n{lists}"));
    // The end of a list is the end of the file, where others are added.
    let rest = format!("clusters:\n{CLUSTER}contexts:\n{CONTEXT}");
    assert_eq!(added("users:\n- name: u"), format!("users:\n- name: u\n{USER}{rest}").trim_end());
    assert_eq!(added("kind: Config\n---\nother\n"), format!("kind: Config\n{lists}---\nother\n"));
}

#[test]
fn json_stays_json() {
    let text = "{\"clusters\": [{\"name\": \"c\"}], \"contexts\": [], \"users\": null}";
    let expected = "{\"clusters\": [{\"name\": \"c\"}, {\"cluster\": {\"server\": \"https://h:1\"}, \"name\": \"c2\"}], \"contexts\": [{\"context\": {\"cluster\": \"c2\", \"user\": \"u2\"}, \"name\": \"x2\"}], \"users\": [{\"name\": \"u2\", \"user\": {\"token\": \"yes\"}}]}";
    assert_eq!(added(text), expected);
    assert!(serde_json::from_str::<serde_json::Value>(&added("{}")).is_ok());
    let json: serde_json::Value = serde_json::from_str(&added("{\"kind\": \"Config\"}")).unwrap();
    assert_eq!(json["users"][0]["user"]["token"], "yes");
}

#[test]
fn a_list_that_is_repeated_elsewhere_is_left_alone() {
    let text = "clusters: &all\n- name: c\nextensions:\n- name: x\n  extension: *all\n";
    let refused = refusal(text, Edit::AddEntries(new_entries()));
    assert!(refused.contains("through an anchor"), "{refused}");
}

#[test]
fn a_name_that_is_taken_is_refused() {
    let refused = refusal("users:\n- name: u2\n", Edit::AddEntries(new_entries()));
    assert!(refused.contains("a user \"u2\" already exists in "), "{refused}");
}

#[test]
fn a_user_gets_other_credentials() {
    let text = "users:\n- name: u\n  user: {token: a}\n- name: v\n  user: {token: b}\nkind: Config\n";
    let user = entry("u", json!({"token": "c"}));
    let expected = "users:\n- name: v\n  user: {token: b}\n- name: u\n  user:\n    token: c\nkind: Config\n";
    assert_eq!(edited(text, Edit::ReplaceUser(user.clone())).unwrap(), expected);
    let lone = "users:\n- name: u\n  user: {token: a}\n";
    assert_eq!(
        edited(lone, Edit::ReplaceUser(user.clone())).unwrap(),
        "users:\n- name: u\n  user:\n    token: c\n"
    );
    assert!(refusal("kind: Config\n", Edit::ReplaceUser(user)).contains("no user exists with the name"));
}
