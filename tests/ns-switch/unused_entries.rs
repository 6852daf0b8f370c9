//! Clusters and users that deleted contexts leave behind.

use std::{fs, os::unix::fs::PermissionsExt};

use support::{Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, THREE, bare, config, expect, read, run, with};

/// Two files: the cluster `one` is used in both, the user `me` in the first alone.
fn two() -> TestEnv {
    let env = bare();
    env.file("A", A);
    env.file("B", B);
    env.variable("KUBECONFIG", "A:B")
}

const A: &str = "\
clusters:
- name: one # for all
  cluster: {server: 'https://127.0.0.1:1'}
contexts:
- name: a
  context: {cluster: one, user: me}
users:
- name: me
  user: {token: hunter2}
- name: other
  user: {}
";
const B: &str = "contexts:\n- name: b\n  context: {cluster: one, user: other}\n";

#[test]
fn what_another_file_uses_stays() {
    let env = two();
    let kept = env.home().join(".local/state/kubectl-ns-switch");
    expect(
        &env,
        &["contexts", "-d", "a", "--orphans", "--yes"],
        0,
        "",
        &format!(
            "✔ Context \"a\" deleted\n✔ User \"me\" deleted\n`kubectl ns-switch undo` restores everything; until the next change the deleted credentials are kept in {}\n",
            kept.display()
        ),
    );
    assert_eq!(
        read(&env.home().join("A")),
        "clusters:\n- name: one # for all\n  cluster: {server: 'https://127.0.0.1:1'}\ncontexts: []\nusers:\n- name: other\n  user: {}\n"
    );
    assert_eq!(read(&env.home().join("B")), B);
    for entry in fs::read_dir(&kept).unwrap() {
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    expect(&env, &["undo"], 0, "", "✔ Context \"a\" restored\n✔ User \"me\" restored\n");
    assert_eq!(read(&env.home().join("A")), A);
}

#[test]
fn the_plan_names_them_and_is_agreed_to() {
    let said = "context \"beta\" will be deleted\n\
                context \"gamma\" will be deleted\n\
                cluster \"two\" will be deleted: no other context uses it\n\
                user \"other\" will be deleted: no other context uses it\n\
                error: can't ask `Delete 2 contexts, 1 cluster and 1 user`: standard input is not a terminal\n\
                hint: pass --yes\n";
    let env = with(THREE);
    expect(&env, &["contexts", "-d", "beta", "gamma", "--orphans"], 2, "", said);
    assert_eq!(config(&env), THREE);
    for (answer, status, left) in [("n", 130, "alpha\nbeta\ngamma\n"), ("y", 0, "alpha\n")] {
        let mut terminal =
            Terminal::start(&env, NS_SWITCH, ["contexts", "-d", "beta", "gamma", "--orphans"], (24, 80));
        terminal.wait_for_prompt("Delete 2 contexts, 1 cluster and 1 user");
        terminal.send(answer);
        assert_eq!(terminal.wait().0, status);
        assert_eq!(run(&env, &["contexts", "-o", "name"]).1, left);
    }
    assert!(!config(&env).contains("two") && !config(&env).contains("other"), "{}", config(&env));
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["contexts", "-d", "."], (24, 80));
    terminal.wait_for_prompt("Delete context alpha");
    terminal.send(keys::CONTROL_C);
    assert_eq!(terminal.wait().0, 130);
}

#[test]
fn one_that_does_not_exist_keeps_all() {
    let env = with(THREE);
    let (status, stdout, stderr) = run(&env, &["contexts", "-d", "beta", "gone", "--orphans", "-y"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("error: no context exists with the name \"gone\"\n"), "{stderr}");
    assert_eq!(config(&env), THREE);
}

#[test]
fn without_the_flag_they_stay_and_can_be_removed_later() {
    let env = with(THREE);
    let said = "✔ Context \"beta\" deleted\n\
                cluster \"two\" stays, although no other context uses it\n\
                `kubectl ns-switch contexts -d --orphans` deletes what no context uses\n";
    expect(&env, &["contexts", "-d", "beta", "-y"], 0, "", said);
    expect(&env, &["contexts", "-d", "--orphans", "-y"], 0, "", "✔ Cluster \"two\" deleted\n");
    assert!(!config(&env).contains("two"), "{}", config(&env));
    let nothing = "every cluster and every user is used by a context\n";
    expect(&env, &["contexts", "-d", "--orphans", "-y"], 0, "", nothing);
    expect(&env, &["contexts", "-d", "--orphans"], 0, "", nothing);
}

#[test]
fn a_context_that_a_later_file_has_too_leaves_nothing() {
    let env = bare();
    env.file("A", A);
    env.file(
        "B",
        "contexts:\n- name: a\n  context: {cluster: one, user: me}\n- name: b\n  context: {user: other}\n",
    );
    let env = env.variable("KUBECONFIG", "A:B");
    expect(
        &env,
        &["contexts", "-d", "a", "--orphans", "-y"],
        0,
        "",
        "B has a context \"a\" too, which then counts\n✔ Context \"a\" deleted\n",
    );
    assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "a\nb\n");
}

#[test]
fn the_flag_goes_with_d() {
    for (line, named) in
        [(&["contexts", "--orphans"][..], "--delete"), (&["contexts", "alpha", "--orphans"], "--orphans")]
    {
        let (status, stdout, stderr) = run(&with(THREE), line);
        assert_eq!((status, stdout.as_str()), (2, ""));
        assert!(stderr.contains(named), "{stderr}");
    }
}

#[test]
fn without_a_kubeconfig_nothing_is_said_to_be_used() {
    let env = bare();
    let said =
        format!("no kubeconfig was found (looked for {})\n", env.home().join(".kube/config").display());
    expect(&env, &["contexts", "-d", "--orphans"], 0, "", &said);
}
