//! Called as kubens: the cases of its own suite of tests, against a real API server.

use std::os::unix::fs::symlink;

use support::{TestEnv, cluster, executable, fresh_namespace};

use crate::support::{NS_SWITCH, THREE, bare, call};

fn named(env: TestEnv) -> TestEnv {
    for name in ["kubens", "kubectl-ns"] {
        symlink(executable(NS_SWITCH), env.home().join("bin").join(name)).unwrap();
    }
    env
}

fn on_cluster() -> TestEnv {
    named(TestEnv::on(cluster()))
}

#[track_caller]
fn expect(env: &TestEnv, arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    let found = call(env, "kubens", arguments);
    assert_eq!((found.0, found.1.as_str(), found.2.as_str()), (status, stdout, stderr), "{arguments:?}");
}

#[test]
fn help_succeeds_without_anything() {
    for flag in ["--help", "-h", "-V"] {
        let (status, stdout, stderr) = call(&named(bare()), "kubens", &[flag]);
        assert_eq!((status, stdout.is_empty(), stderr.as_str()), (0, false, ""), "{flag}");
    }
}

#[test]
fn without_a_current_context_nothing_works() {
    for line in [&[][..], &["-"], &["-c"], &["x"], &["-u"]] {
        expect(&named(bare()), line, 1, "", "error: current-context is not set\n");
    }
}

#[test]
fn namespaces_are_listed_by_name_alone() {
    let name = fresh_namespace("kubens");
    let (status, stdout, stderr) = call(&on_cluster(), "kubectl-ns", &[]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    for wanted in ["default", "kube-public", "kube-system", name.as_str()] {
        assert!(stdout.lines().any(|line| line == wanted), "{stdout}");
    }
}

#[test]
fn namespaces_are_switched_and_swapped() {
    let env = on_cluster();
    expect(&env, &["-c"], 0, "default\n", "");
    expect(&env, &["kube-public"], 0, "", "✔ Active namespace is \"kube-public\"\n");
    expect(&env, &["kube-system"], 0, "", "✔ Active namespace is \"kube-system\"\n");
    expect(&env, &["-"], 0, "", "✔ Active namespace is \"kube-public\"\n");
    expect(&env, &["-"], 0, "", "✔ Active namespace is \"kube-system\"\n");
    expect(&env, &["-c"], 0, "kube-system\n", "");
    expect(&env, &["-u"], 0, "", "✔ Active namespace is \"default\"\n");
    expect(&env, &["--current"], 0, "default\n", "");
}

#[test]
fn one_that_does_not_exist_is_refused_unless_forced() {
    let env = on_cluster();
    let said = "error: no namespace exists with name \"unknown-namespace\"\n";
    expect(&env, &["unknown-namespace"], 1, "", said);
    expect(&env, &["unknown-namespace", "-f"], 0, "", "✔ Active namespace is \"unknown-namespace\"\n");
    expect(&env, &["--force", "other"], 0, "", "✔ Active namespace is \"other\"\n");
}

#[test]
fn there_is_no_previous_namespace_at_first() {
    let env = on_cluster();
    let context = call(&env, "kubens", &["-"]);
    assert_eq!(context.0, 1);
    assert!(
        context.2.starts_with("error: No previous namespace found for current context ("),
        "{}",
        context.2
    );
}

#[test]
fn every_failure_is_one() {
    let env = named(bare());
    env.file(".kube/config", THREE);
    expect(&env, &["-x"], 1, "", "error: unsupported option \"-x\"\n");
    expect(&env, &["a", "b"], 1, "", "error: unsupported arguments [\"a\" \"b\"]\n");
    let (status, stdout, _) = call(&env, "kubens", &["Bad_NS", "-f"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    let (status, _, stderr) = call(&env, "kubens", &["web"]);
    assert_eq!(status, 1, "{stderr}");
}
