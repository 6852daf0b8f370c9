//! Clusters and users that no context uses, and contexts that take the place of another.

use super::*;
use crate::{
    cli::ExitStatus,
    kubeconfig::{edit::Unused, write::undo},
};

const A: &str = "\
# ours
clusters:
- cluster:
    server: https://one
  name: one   # shared
- name: 'two'
  cluster: {server: https://two}
contexts:
- name: a
  context: {cluster: one, user: first}
- name: b
  context: {cluster: two, user: second}
users:
- name: first
  user: {token: hunter2}
# the second
- name: second
  user: {token: hunter3}
";
const B: &str = "\
contexts: [{name: c, context: {cluster: one, user: third}}, {name: b, context: {user: first}}]
users: [{name: third, user: {}}, {name: second, user: {}}]
";

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn unused(clusters: &[&str], users: &[&str]) -> Unused {
    Unused { clusters: names(clusters), users: names(users) }
}

fn two() -> Folder {
    Folder::new(&[("a", A), ("b", B)])
}

#[test]
fn what_other_contexts_name_in_any_file_is_used() {
    let sources = two().sources("a:b").unwrap();
    assert_eq!(sources.unused(), unused(&[], &[]));
    let without = |list: &[&str]| sources.unused_without(&names(list));
    // Its user is named by the entry of b that a hides.
    assert_eq!(without(&["a"]), unused(&[], &[]));
    assert_eq!(without(&["b"]), unused(&["two"], &["second"]));
    assert_eq!(without(&["c"]), unused(&[], &["third"]));
    assert_eq!(without(&["a", "c"]), unused(&["one"], &["third"]));
    assert_eq!(without(&["gone"]), unused(&[], &[]));
    assert!(sources.has_cluster("two") && !sources.has_cluster("first"));
    assert!(sources.has_user("third") && !sources.has_user("one"));
}

#[test]
fn what_is_named_but_nowhere_is_nothing_to_delete() {
    let folder =
        Folder::new(&[("a", "contexts:\n- name: a\n  context:\n    cluster: gone\n    user: nobody\n")]);
    let sources = folder.sources("a").unwrap();
    assert_eq!(sources.unused_without(&names(&["a"])), Unused::default());
    assert!(!sources.has_cluster("gone"));
}

#[test]
fn both_readers_see_the_same_names() {
    let block = "clusters:\n- name: x\n  cluster:\n    server: s\n    extensions:\n    - name: not\n- cluster: {}\nusers:\n- user: {}\n  name: \"y\"\n";
    for text in [block.to_owned(), format!("%YAML 1.1\n---\n{block}")] {
        let folder = Folder::new(&[("a", text.as_str())]);
        assert_eq!(folder.sources("a").unwrap().unused(), unused(&["x"], &["y"]), "{text}");
    }
}

#[test]
fn contexts_go_with_what_they_leave_and_come_back() {
    let folder = two();
    let left = folder.sources("a:b").unwrap().unused_without(&names(&["b"]));
    let written = folder.edit("a:b", &[delete(&["b"]), Edit::DeleteUnused(left)]).unwrap();
    let expected = "\
# ours
clusters:
- cluster:
    server: https://one
  name: one   # shared
contexts:
- name: a
  context: {cluster: one, user: first}
users:
- name: first
  user: {token: hunter2}
";
    assert_eq!(folder.read("a"), expected);
    let b = "\
contexts: [{name: c, context: {cluster: one, user: third}}, {name: b, context: {user: first}}]
users: [{name: third, user: {}}]
";
    assert_eq!(folder.read("b"), b, "the entry of that name in the other file goes too");
    undo(written.undo(), &WriteOptions::default()).unwrap();
    assert_eq!((folder.read("a").as_str(), folder.read("b").as_str()), (A, B));
}

#[test]
fn what_is_used_meanwhile_stops_all() {
    let folder = two();
    let edits = [delete(&["c"]), Edit::DeleteUnused(unused(&[], &["third", "second"]))];
    let error = folder.edit("a:b", &edits).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Guarded);
    assert_eq!(
        error.to_string(),
        "error: user \"second\" is used by context \"b\" in a\nhint: nothing was deleted"
    );
    assert_eq!((folder.read("a").as_str(), folder.read("b").as_str()), (A, B));
}

#[test]
fn an_anchor_that_others_repeat_is_not_deleted() {
    let text = "clusters:\n- name: a\n  cluster: &c {server: s}\n- name: b\n  cluster: *c\ncontexts:\n- name: x\n  context: {cluster: b}\n";
    let error = edited(text, Edit::DeleteUnused(unused(&["a"], &[]))).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    assert!(
        error
            .to_string()
            .starts_with("error: cannot change the list of clusters without \"a\" in config alone"),
        "{error}"
    );
    assert!(error.to_string().contains("`kubectl config delete-cluster a` can"), "{error}");
}

#[test]
fn a_context_takes_the_place_of_another_in_all_files() {
    let folder = two();
    folder.edit("a:b", &[use_context("b"), replace("c", "b")]).unwrap();
    let a = A.replace("- name: b\n  context: {cluster: two, user: second}\n", "");
    assert_eq!(folder.read("a"), format!("{a}current-context: b\n"), "the current one means the renamed one");
    assert_eq!(
        folder.read("b"),
        "contexts: [{name: b, context: {cluster: one, user: third}}]\nusers: [{name: third, user: {}}, {name: second, user: {}}]\n"
    );
}

#[test]
fn the_current_context_keeps_its_new_name() {
    let folder = two();
    folder.edit("a:b", &[use_context("c"), replace("c", "a")]).unwrap();
    assert!(folder.read("a").ends_with("current-context: a\n"));
    assert!(!folder.read("a").contains("name: a\n"));
    assert!(folder.read("b").contains("{name: a, context: {cluster: one, user: third}}"));
}

#[test]
fn what_comes_to_count_is_noted() {
    let notes = |edit: Edit| plan(two().sources("a:b").unwrap(), &[edit]).unwrap().notes().to_vec();
    for edit in [delete(&["b"]), rename("b", "x"), replace("b", "c")] {
        assert_eq!(notes(edit), ["b has a context \"b\" too, which then counts"]);
    }
    assert_eq!(notes(rename("a", "x")), [""; 0]);
}
