//! Completion, as kubectl asks for it.

use std::time::Duration;

use support::{FaultServer, Reply, TestEnv, cluster, fresh_namespace};

use crate::support::{THREE, on_cluster, run, with};

fn candidates(env: &TestEnv, words: &[&str]) -> Vec<String> {
    let mut line = vec!["__complete"];
    line.extend(words);
    let (status, stdout, stderr) = run(env, &line);
    assert_eq!((status, stderr.as_str()), (0, ""), "{words:?}");
    let mut lines: Vec<String> = stdout.lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines.pop().as_deref(), Some(":4"), "{words:?}");
    lines
}

#[test]
fn contexts_complete_without_a_network() {
    let env = with(THREE);
    assert_eq!(candidates(&env, &["contexts", "al"]), ["alpha"]);
    assert_eq!(candidates(&env, &["use", ""]), ["alpha", "beta", "gamma"]);
    assert_eq!(candidates(&env, &["contexts", "-d", "be"]), ["beta"]);
    let other = env.file("other", "contexts: [{name: elsewhere}]\n");
    assert_eq!(candidates(&env, &["--kubeconfig", other.to_str().unwrap(), "use", ""]), ["elsewhere"]);
}

#[test]
fn kubectl_completes_contexts_whatever_their_names_and_says_nothing_else() {
    let names = ["alpha", "a:b", "has space", "arn:aws:eks:eu-west-1:1:cluster/shop"];
    let contexts: String = names.iter().map(|name| format!("- name: '{name}'\n")).collect();
    let env = with(&format!("contexts:\n{contexts}")).program(cluster().programs_dir().join("kubectl"));
    run(&env, &["completion", "--install"]);
    for (word, expected) in [
        ("al", "alpha\n:4\n"),
        ("a:", "a:b\n:4\n"),
        ("has", "has space\n:4\n"),
        ("arn:aws:eks:eu-west-1:1:", "arn:aws:eks:eu-west-1:1:cluster/shop\n:4\n"),
    ] {
        assert_eq!(candidates(&env, &["contexts", word]), [expected.lines().next().unwrap()]);
        let through = env.run("kubectl", ["__complete", "ns-switch", "contexts", word]).success();
        assert_eq!(through.stdout, expected);
    }
}

#[test]
fn a_cluster_that_never_answers_completes_to_nothing() {
    let server = FaultServer::http();
    server.otherwise([Reply::empty(200).delay(Duration::from_secs(3600))]);
    let env = with(&THREE.replace("https://127.0.0.1:1", &server.url()));
    assert_eq!(candidates(&env, &["to", "sh"]), Vec::<String>::new());
    assert_eq!(server.requests().len(), 1, "it was asked");
}

#[test]
fn a_broken_kubeconfig_completes_to_nothing() {
    assert_eq!(candidates(&with("contexts: ["), &["use", ""]), Vec::<String>::new());
}

#[test]
fn namespaces_complete_from_the_cluster_and_through_kubectl() {
    let name = fresh_namespace("complete");
    let env = on_cluster();
    // The usual second may be too short for a busy machine.
    let patient = ["--request-timeout", "60s"];
    assert_eq!(candidates(&env, &[&patient[..], &[&name]].concat()), [name.as_str()]);
    assert_eq!(candidates(&env, &[&patient[..], &["--", &name]].concat()), [name.as_str()]);
    run(&env, &["completion", "--install"]);
    let words = [&["__complete", "ns-switch", "to"], &patient[..], &[&name]].concat();
    let through = env.run("kubectl", words).success();
    assert_eq!(through.stdout.lines().next(), Some(name.as_str()), "{through}");
}

#[test]
fn whatever_names_a_context_is_completed() {
    let env = with(THREE);
    assert_eq!(candidates(&env, &["--context", "al"]), ["alpha"]);
    // kubectl's scripts put the flag back in front.
    assert_eq!(candidates(&env, &["--context=al"]), ["alpha"]);
    assert_eq!(candidates(&env, &["list", "--context", ""]), ["alpha", "beta", "gamma"]);
    assert_eq!(candidates(&env, &["contexts", "new=al"]), ["new=alpha"]);
    assert_eq!(candidates(&env, &["contexts", "new="]), ["new=alpha", "new=beta", "new=gamma"]);
    let equals = with("contexts: [{name: new=old}, {name: old}]\n");
    assert_eq!(candidates(&equals, &["contexts", "new=o"]), ["new=old"]);
}

#[test]
fn a_namespace_is_completed_behind_its_context() {
    let name = fresh_namespace("behind");
    let env = on_cluster();
    let context = run(&env, &["contexts", "-c"]).1.trim().to_owned();
    let typed = format!("{context}/{}", &name[..name.len() - 1]);
    assert_eq!(candidates(&env, &["use", &typed]), [format!("{context}/{name}")]);
    let slashes = with("contexts: [{name: a}, {name: a/b}]\n");
    assert_eq!(candidates(&slashes, &["use", "a/"]), ["a/b"]);
    assert_eq!(candidates(&slashes, &["use", "gone/"]), Vec::<String>::new());
}

#[test]
fn behind_two_dashes_no_command_is_completed() {
    let env = with(THREE);
    assert_eq!(candidates(&env, &["--", "l"]), Vec::<String>::new());
    assert_eq!(candidates(&env, &["use", "--", "al"]), ["alpha"]);
}

#[test]
fn contexts_verbs_and_roles_are_completed_without_a_cluster() {
    let env = with(THREE);
    assert_eq!(candidates(&env, &["contexts", "export", "al"]), ["alpha"]);
    assert_eq!(candidates(&env, &["user", "renew", "jane", "--add-context", "g"]), ["gamma"]);
    assert_eq!(candidates(&env, &["whoami", "--can", "deletec"]), ["deletecollection"]);
    assert_eq!(candidates(&env, &["whoami", "--can", "get", "networkp"]), ["networkpolicies"]);
    assert_eq!(candidates(&env, &["rbac", "cr"]), ["create\t`create`"]);
}
