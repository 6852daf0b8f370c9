//! Called as kubectx: the cases of its own suite of tests, and its exit statuses.

use std::os::unix::fs::symlink;

use support::{TestEnv, executable};

use crate::support::{NS_SWITCH, bare, call, config};

const ONE: &str = "contexts:\n- name: user1@cluster1\n  context: {cluster: cluster1, user: user1}\n";
const TWO: &str = "contexts:\n- name: user1@cluster1\n  context: {cluster: cluster1, user: user1}\n- name: user2@cluster1\n  context: {cluster: cluster1, user: user2}\n";

/// kubectx and kubens on the PATH, and this kubeconfig.
fn env(kubeconfig: Option<&str>) -> TestEnv {
    let env = bare();
    for name in ["kubectx", "kubectl-ctx"] {
        symlink(executable(NS_SWITCH), env.home().join("bin").join(name)).unwrap();
    }
    if let Some(text) = kubeconfig {
        env.file(".kube/config", text);
    }
    env
}

#[track_caller]
fn expect(env: &TestEnv, arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    let found = call(env, "kubectx", arguments);
    assert_eq!((found.0, found.1.as_str(), found.2.as_str()), (status, stdout, stderr), "{arguments:?}");
}

#[test]
fn help_and_version_succeed() {
    for flag in ["--help", "-h", "-V", "--version"] {
        let (status, stdout, stderr) = call(&env(None), "kubectx", &[flag]);
        assert_eq!((status, stdout.is_empty(), stderr.as_str()), (0, false, ""), "{flag}");
    }
}

#[test]
fn there_is_no_previous_context_at_first() {
    expect(&env(Some(ONE)), &["-"], 1, "", "error: no previous context found\n");
}

#[test]
fn without_a_kubeconfig_there_is_a_warning_and_nothing_else() {
    expect(&env(None), &[], 0, "", "warning: kubeconfig file not found\n");
}

#[test]
fn contexts_are_listed_by_name_alone() {
    expect(&env(Some(ONE)), &[], 0, "user1@cluster1\n", "");
    expect(&env(Some(TWO)), &[], 0, "user1@cluster1\nuser2@cluster1\n", "");
    let (status, stdout, _) = call(&env(Some(TWO)), "kubectl-ctx", &[]);
    assert_eq!((status, stdout.as_str()), (0, "user1@cluster1\nuser2@cluster1\n"));
}

#[test]
fn contexts_are_selected_and_swapped() {
    let env = env(Some(TWO));
    let switched = |name: &str| format!("✔ Switched to context \"{name}\".\n");
    expect(&env, &["user1@cluster1"], 0, "", &switched("user1@cluster1"));
    expect(&env, &["user2@cluster1"], 0, "", &switched("user2@cluster1"));
    expect(&env, &["-"], 0, "", &switched("user1@cluster1"));
    expect(&env, &["-"], 0, "", &switched("user2@cluster1"));
    expect(&env, &["user2@cluster1"], 0, "", &switched("user2@cluster1"));
    expect(&env, &["-c"], 0, "user2@cluster1\n", "");
    expect(&env, &["--current"], 0, "user2@cluster1\n", "");
}

#[test]
fn an_unknown_context_fails() {
    let env = env(Some(ONE));
    let said = "error: no context exists with the name: \"unknown-context\"\n";
    expect(&env, &["unknown-context"], 1, "", said);
    assert_eq!(config(&env), ONE);
}

#[test]
fn no_current_context_fails() {
    expect(&env(Some(ONE)), &["-c"], 1, "", "error: current-context is not set\n");
    expect(&env(Some(ONE)), &["--current"], 1, "", "error: current-context is not set\n");
}

#[test]
fn contexts_are_renamed() {
    let env = env(Some(TWO));
    let said = "✔ Context \"user1@cluster1\" renamed to \"new-context\".\n";
    expect(&env, &["new-context=user1@cluster1"], 0, "", said);
    expect(&env, &[], 0, "new-context\nuser2@cluster1\n", "");
    expect(&env, &["x=gone"], 1, "", "error: context \"gone\" not found, can't rename it\n");
}

#[test]
fn the_current_context_is_renamed() {
    let env = env(Some(TWO));
    call(&env, "kubectx", &["user2@cluster1"]);
    expect(&env, &["new-context=."], 0, "", "✔ Context \"user2@cluster1\" renamed to \"new-context\".\n");
    expect(&env, &[], 0, "new-context\nuser1@cluster1\n", "");
    expect(&env, &["-c"], 0, "new-context\n", "");
}

#[test]
fn a_rename_overwrites_and_says_so() {
    let env = env(Some(TWO));
    let said = "warning: context \"user2@cluster1\" exists, overwriting it.\n✔ Context \"user1@cluster1\" renamed to \"user2@cluster1\".\n";
    expect(&env, &["user2@cluster1=user1@cluster1"], 0, "", said);
    expect(&env, &[], 0, "user2@cluster1\n", "");
}

#[test]
fn contexts_are_deleted_without_a_question() {
    let env = env(Some(TWO));
    expect(&env, &["-d", "user1@cluster1"], 0, "", "✔ Deleted context user1@cluster1.\n");
    expect(&env, &[], 0, "user2@cluster1\n", "");
}

#[test]
fn the_current_context_is_deleted() {
    let env = env(Some(TWO));
    call(&env, "kubectx", &["user2@cluster1"]);
    let said = "warning: You deleted the current context. Use \"kubectx\" to select a new context.\n✔ Deleted context user2@cluster1.\n";
    expect(&env, &["-d", "."], 0, "", said);
    expect(&env, &[], 0, "user1@cluster1\n", "");
}

#[test]
fn what_came_before_an_unknown_one_stays_deleted() {
    let unknown = "error: error deleting context \"non-existent\": context does not exist\n";
    expect(&env(Some(ONE)), &["-d", "non-existent"], 1, "", unknown);
    let env = env(Some(TWO));
    expect(
        &env,
        &["-d", "user1@cluster1", "non-existent", "user2@cluster1"],
        1,
        "",
        &format!("✔ Deleted context user1@cluster1.\n{unknown}"),
    );
    expect(&env, &[], 0, "user2@cluster1\n", "");
}

#[test]
fn several_are_deleted() {
    let env = env(Some(TWO));
    let said = "✔ Deleted context user1@cluster1.\n✔ Deleted context user2@cluster1.\n";
    expect(&env, &["-d", "user1@cluster1", "user2@cluster1"], 0, "", said);
    expect(&env, &[], 0, "", "");
}

#[test]
fn the_context_is_unset() {
    let env = env(Some(TWO));
    call(&env, "kubectx", &["user1@cluster1"]);
    expect(&env, &["-u"], 0, "", "Active context unset for kubectl.\n");
    expect(&env, &["-c"], 1, "", "error: current-context is not set\n");
}

#[test]
fn every_failure_is_one() {
    expect(&env(Some(ONE)), &["a", "b"], 1, "", "error: too many arguments\n");
    expect(&env(Some(ONE)), &["-x"], 1, "", "error: unsupported option '-x'\n");
    expect(&env(Some(ONE)), &["-d"], 1, "", "error: '-d' needs arguments\n");
    let (status, stdout, _) = call(&env(Some("contexts: [")), "kubectx", &[]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    let guarded = env(Some(ONE));
    guarded.file(".config/kubectl-ns-switch/config.toml", "protected = [\"*\"]\n");
    let (status, _, _) = call(&guarded, "kubectx", &["user1@cluster1"]);
    assert_eq!(status, 1);
}

#[test]
fn shells_are_refused() {
    for (line, said) in [
        (
            &["--readonly", "x"][..],
            "'--readonly' opens a shell that can only read, which kubectl ns-switch does not do",
        ),
        (&["-r"], "'-r' requires a context name argument (or fzf for interactive mode)"),
        (&["--shell", "a", "b"], "'--shell' accepts at most one context name argument"),
    ] {
        expect(&env(Some(ONE)), line, 1, "", &format!("error: {said}\n"));
    }
}

#[test]
fn a_shell_for_one_context_is_not_left() {
    let env =
        env(Some(&format!("{TWO}current-context: user1@cluster1\n"))).variable("KUBECTX_ISOLATED_SHELL", "1");
    let said = "error: you are in a locked single-context shell (\"user1@cluster1\"), use 'exit' to leave\n";
    for line in [&[][..], &["-"], &["-c"], &["-u"], &["user2@cluster1"], &["a=b"], &["-d", "."]] {
        expect(&env, line, 1, "", said);
    }
    expect(&env, &["-x"], 1, "", "error: unsupported option '-x'\n");
    assert_eq!(call(&env, "kubectx", &["-h"]).0, 0);
}

#[test]
fn a_read_only_kubeconfig_is_listed() {
    let env = env(Some(TWO));
    let path = env.home().join(".kube/config");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    expect(&env, &[], 0, "user1@cluster1\nuser2@cluster1\n", "");
}

#[test]
fn the_current_one_is_colored_when_forced() {
    let env = env(Some(TWO));
    call(&env, "kubectx", &["user1@cluster1"]);
    let output = env.command("kubectx", [""; 0]).variable("_KUBECTX_FORCE_COLOR", "1").run().success();
    assert_eq!(output.stdout, "\u{1b}[32muser1@cluster1\u{1b}[0m\nuser2@cluster1\n");
}
