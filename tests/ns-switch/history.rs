//! `-`.

use crate::support::{THREE, config, expect, run, with};

#[test]
fn going_back_twice_is_going_nowhere() {
    let env = with(THREE);
    run(&env, &["web", "-f"]);
    expect(&env, &["-", "-f"], 0, "", "✔ Namespace \"shop\" (context alpha; not checked)\n");
    expect(&env, &["-", "-f"], 0, "", "✔ Namespace \"web\" (context alpha; not checked)\n");
    run(&env, &["use", "gamma"]);
    expect(&env, &["contexts", "-"], 0, "", "✔ Context \"alpha\" (cluster one, user me, namespace web)\n");
    expect(&env, &["use", "-"], 0, "", "✔ Context \"gamma\" (cluster one, user other, namespace default)\n");
}

#[test]
fn switching_to_where_one_is_does_not_disturb_it() {
    let env = with(THREE);
    run(&env, &["web", "-f"]);
    run(&env, &["web", "-f"]);
    run(&env, &["use", "beta"]);
    run(&env, &["use", "beta"]);
    expect(&env, &["contexts", "-"], 0, "", "✔ Context \"alpha\" (cluster one, user me, namespace web)\n");
    expect(&env, &["-", "-f"], 0, "", "✔ Namespace \"shop\" (context alpha; not checked)\n");
}

#[test]
fn each_context_has_its_own_and_unset_is_gone_back_to() {
    let env = with(THREE);
    run(&env, &["web", "-f"]);
    run(&env, &["--context", "beta", "api", "-f"]);
    expect(
        &env,
        &["--context", "beta", "-", "-f"],
        0,
        "",
        "✔ Namespace unset, so \"default\" (context beta)\n",
    );
    expect(&env, &["-", "-f"], 0, "", "✔ Namespace \"shop\" (context alpha; not checked)\n");
    let error = "error: no previous namespace is known for context \"gamma\"\nhint: it is remembered from the first switch on\n";
    expect(&env, &["--context", "gamma", "-"], 1, "", error);
    let error = "error: no previous context is known\nhint: it is remembered from the first switch on\n";
    expect(&env, &["contexts", "-"], 1, "", error);
}

#[test]
fn two_kubeconfigs_do_not_share_it_but_two_spellings_do() {
    let env = with(THREE);
    let other = env.file("other", THREE);
    run(&env, &["use", "beta"]);
    let other = other.to_str().unwrap();
    let (status, _, stderr) = run(&env, &["--kubeconfig", other, "contexts", "-"]);
    assert_eq!((status, stderr.lines().next()), (1, Some("error: no previous context is known")));
    let spelled = format!("{}/.kube/../.kube/config", env.home().display());
    let (status, _, stderr) = run(&env, &["--kubeconfig", &spelled, "contexts", "-"]);
    assert_eq!(
        (status, stderr.lines().next()),
        (0, Some("✔ Context \"alpha\" (cluster one, user me, namespace shop)"))
    );
}

#[test]
fn what_is_gone_is_forgotten() {
    let env = with(THREE);
    run(&env, &["use", "beta"]);
    let without = config(&env).replace("name: alpha", "name: renamed-by-hand");
    env.file(".kube/config", without);
    expect(
        &env,
        &["contexts", "-"],
        1,
        "",
        "error: no context exists with the name \"alpha\"\nhint: see them all with `kubectl ns-switch contexts`\n",
    );
    let (_, _, stderr) = run(&env, &["contexts", "-"]);
    assert!(stderr.starts_with("error: no previous context is known\n"), "{stderr}");
}

#[test]
fn renaming_and_deleting_keep_it_true() {
    let env = with(THREE);
    run(&env, &["web", "-f"]);
    run(&env, &["use", "beta"]);
    run(&env, &["contexts", "first=alpha"]);
    expect(&env, &["contexts", "-"], 0, "", "✔ Context \"first\" (cluster one, user me, namespace web)\n");
    expect(&env, &["-", "-f"], 0, "", "✔ Namespace \"shop\" (context first; not checked)\n");
    run(&env, &["contexts", "-d", "beta", "-y"]);
    let (status, _, stderr) = run(&env, &["contexts", "-"]);
    assert_eq!((status, stderr.lines().next()), (1, Some("error: no previous context is known")));
}

#[test]
fn a_state_folder_that_cannot_be_written_hinders_nothing() {
    let env = with(THREE);
    env.file("state", "a file, no folder");
    let env = env.variable("XDG_STATE_HOME", "/proc/nowhere");
    let (status, stdout, stderr) = run(&env, &["web", "-f"]);
    assert_eq!((status, stdout.as_str()), (0, ""));
    assert!(stderr.ends_with("✔ Namespace \"web\" (context alpha; not checked)\n"), "{stderr}");
    assert!(
        stderr.contains("Warning: `-` will not lead back here: can't write in /proc/nowhere/"),
        "{stderr}"
    );
    expect(&env, &["-c"], 0, "web\n", "");
}

#[test]
fn undoing_an_unset_context_leads_back_to_the_one_before() {
    let env = with(THREE);
    for line in [&["use", "beta"][..], &["use", "gamma"], &["contexts", "-u"], &["undo"]] {
        assert_eq!(run(&env, line).0, 0, "{line:?}");
    }
    expect(&env, &["contexts", "-c"], 0, "gamma\n", "");
    expect(&env, &["use", "-"], 0, "", "✔ Context \"beta\" (cluster two, user me, namespace default)\n");
    expect(&env, &["use", "-"], 0, "", "✔ Context \"gamma\" (cluster one, user other, namespace default)\n");
}
