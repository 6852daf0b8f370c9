//! Switching without a cluster.

use crate::support::{THREE, bare, changed, config, expect, run, with};

#[test]
fn a_forced_switch_changes_one_word_and_says_so() {
    let env = with(THREE);
    expect(&env, &["web", "--force"], 0, "", "✔ Namespace \"web\" (context alpha; not checked)\n");
    assert_eq!(changed(THREE, &config(&env)), ["-    namespace: shop", "+    namespace: web"]);
    expect(&env, &["-c"], 0, "web\n", "");
}

#[test]
fn being_there_already_writes_nothing() {
    let env = with(THREE);
    let path = env.home().join(".kube/config");
    let before = path.metadata().unwrap().modified().unwrap();
    expect(&env, &["shop"], 0, "", "Namespace \"shop\" already (context alpha)\n");
    expect(&env, &["contexts", "alpha"], 0, "", "Context \"alpha\" already\n");
    expect(
        &env,
        &["--context", "beta", "-u"],
        0,
        "",
        "Namespace unset already, so \"default\" (context beta)\n",
    );
    expect(&env, &["--context", "beta", "default"], 0, "", "Namespace \"default\" already (context beta)\n");
    assert_eq!(path.metadata().unwrap().modified().unwrap(), before);
    assert!(!env.home().join(".local").exists(), "there was nothing to remember");
}

#[test]
fn the_namespace_of_another_context_leaves_the_current_one() {
    let env = with(THREE);
    expect(
        &env,
        &["--context", "gamma", "web", "-f"],
        0,
        "",
        "✔ Namespace \"web\" (context gamma; not checked)\n",
    );
    expect(&env, &["contexts", "-c"], 0, "alpha\n", "");
    expect(&env, &["-c"], 0, "shop\n", "");
    expect(&env, &["--context", "gamma", "-c"], 0, "web\n", "");
}

#[test]
fn unset_takes_the_key_out() {
    let env = with(THREE);
    expect(&env, &["-u"], 0, "", "✔ Namespace unset, so \"default\" (context alpha)\n");
    assert_eq!(changed(THREE, &config(&env)), ["-    namespace: shop"]);
    expect(&env, &["-c"], 0, "default\n", "");
}

#[test]
fn contexts_are_switched_by_either_word() {
    let env = with(THREE);
    expect(&env, &["use", "beta"], 0, "", "✔ Context \"beta\" (cluster two, user me, namespace default)\n");
    assert_eq!(
        changed(THREE, &config(&env)),
        ["-current-context: alpha   # mine", "+current-context: beta   # mine"]
    );
    expect(
        &env,
        &["contexts", "alpha"],
        0,
        "",
        "✔ Context \"alpha\" (cluster one, user me, namespace shop)\n",
    );
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_context_and_a_namespace_in_it_go_together() {
    let env = with(THREE);
    let said = "✔ Namespace \"web\" (context gamma; not checked)\n\
                ✔ Context \"gamma\" (cluster one, user other, namespace web)\n";
    expect(&env, &["use", "gamma/web", "-f"], 0, "", said);
    expect(&env, &["contexts", "-c"], 0, "gamma\n", "");
    expect(&env, &["-c"], 0, "web\n", "");
    expect(
        &env,
        &["use", "gamma/web"],
        0,
        "",
        "Namespace \"web\" already (context gamma)\nContext \"gamma\" already\n",
    );
}

#[test]
fn an_unknown_context_is_answered_with_the_nearest() {
    let env = with(THREE);
    let said = "error: no context exists with the name \"gama\"\nhint: did you mean \"gamma\"?\n";
    for line in [&["use", "gama"][..], &["contexts", "gama"], &["--context", "gama", "-c"]] {
        expect(&env, line, 1, "", said);
    }
    expect(
        &env,
        &["use", "qqqqqqqq"],
        1,
        "",
        "error: no context exists with the name \"qqqqqqqq\"\nhint: see them all with `kubectl ns-switch contexts`\n",
    );
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_name_no_namespace_can_have_is_a_usage_error() {
    let env = with(THREE);
    for name in ["Bad_NS", "../x", "a.b"] {
        let (status, stdout, stderr) = run(&env, &["-f", name]);
        assert_eq!((status, stdout.as_str()), (2, ""));
        assert!(
            stderr.starts_with(&format!("error: \"{name}\" is not a valid namespace name\n")),
            "{stderr}"
        );
    }
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_dangling_current_context_is_never_made_up() {
    let dangling = THREE.replace("current-context: alpha", "current-context: gone");
    let env = with(&dangling);
    expect(&env, &["contexts", "-c"], 3, "gone\n", "Warning: the current context \"gone\" does not exist\n");
    expect(
        &env,
        &["web", "-f"],
        1,
        "",
        "error: the current context \"gone\" does not exist\nhint: choose one with `kubectl ns-switch use CONTEXT`, or name one with --context\n",
    );
    assert_eq!(config(&env), dangling);
}

#[test]
fn without_any_kubeconfig_nothing_is_made() {
    let env = bare();
    let looked = env.home().join(".kube/config");
    let said = format!(
        "error: current-context is not set\nhint: no kubeconfig was found (looked for {})\n",
        looked.display()
    );
    for line in [&["-c"][..], &["contexts", "-c"], &["web", "-f"], &["-"], &["use"]] {
        expect(&env, line, 1, "", &said);
    }
    let nothing = format!("no kubeconfig was found (looked for {})\n", looked.display());
    expect(&env, &["contexts"], 0, "", &nothing);
    assert!(!env.home().join(".kube").exists());
}

#[test]
fn inside_a_pod_it_says_so() {
    let env = bare()
        .variable("KUBERNETES_SERVICE_HOST", "10.0.0.1")
        .variable("KUBERNETES_SERVICE_PORT", "443")
        .variable("POD_NAMESPACE", "team");
    expect(&env, &["-c"], 0, "team\n", "in-cluster: no context is set, so this is the pod's own namespace\n");
}

#[test]
fn nobody_at_the_terminal_is_asked_nothing() {
    let env = with(THREE);
    expect(
        &env,
        &["use"],
        2,
        "",
        "error: can't ask `Context`: standard input is not a terminal\nhint: pass a context\n",
    );
}

#[test]
fn the_flag_of_other_commands_is_no_target() {
    let (status, _, stderr) = run(&with(THREE), &["-n", "web"]);
    assert_eq!(status, 2);
    assert!(
        stderr.ends_with("hint: name the namespace without the flag: kubectl ns-switch NAME\n"),
        "{stderr}"
    );
}

#[test]
fn a_cluster_that_is_down_is_told_and_nothing_changes() {
    let env = with(THREE);
    expect(
        &env,
        &["web"],
        1,
        "",
        "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\nhint: --force switches without asking the cluster\n",
    );
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_cluster_that_never_answers_is_not_waited_for() {
    // Accepts connections, says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let silent = THREE.replace("https://127.0.0.1:1", &format!("http://{address}"));
    let env = with(&silent);
    let started = std::time::Instant::now();
    let (status, stdout, stderr) = run(&env, &["web", "--request-timeout", "300ms"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.contains("--force switches without asking the cluster"), "{stderr}");
    // It would be waited for until the command is given up.
    assert!(started.elapsed() < std::time::Duration::from_secs(60));
    assert_eq!(config(&env), silent);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let env = with(THREE);
    let output = env.run("sh", ["-c", "kubectl-ns_switch contexts -o json | head -1"]).success();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("{\n", ""));
}
