//! Contexts whose cluster or user is nowhere, or of no use.

use crate::support::{bare, expect, on_cluster, run, with};

const DANGLING: &str = "\
contexts:
- name: half
  context: {cluster: one, user: nobody}
- name: none
  context: {cluster: gone, user: nobody}
- name: lost
  context: {cluster: gone, user: me}
- name: empty
- name: whole
  context: {cluster: one, user: me}
clusters:
- name: one
  cluster: {server: 'https://127.0.0.1:1'}
users:
- name: me
  user: {}
";

#[test]
fn a_switch_warns_and_is_made() {
    for (name, said) in [
        (
            "half",
            "Warning: user \"nobody\" of context \"half\" does not exist\n✔ Context \"half\" (cluster one, user nobody, namespace default)\n",
        ),
        (
            "none",
            "Warning: cluster \"gone\" of context \"none\" does not exist\nWarning: user \"nobody\" of context \"none\" does not exist\n✔ Context \"none\" (cluster gone, user nobody, namespace default)\n",
        ),
        ("empty", "Warning: context \"empty\" names no cluster\n✔ Context \"empty\" (namespace default)\n"),
        ("whole", "✔ Context \"whole\" (cluster one, user me, namespace default)\n"),
    ] {
        for line in [&["use", name][..], &["contexts", name]] {
            let env = with(DANGLING);
            expect(&env, line, 0, "", said);
            expect(&env, &["contexts", "-c"], 0, &format!("{name}\n"), "");
        }
    }
}

#[test]
fn one_that_is_current_already_and_one_that_was_before_warn_too() {
    let env = with(DANGLING);
    run(&env, &["use", "half"]);
    let warning = "Warning: user \"nobody\" of context \"half\" does not exist\n";
    expect(&env, &["use", "half"], 0, "", &format!("{warning}Context \"half\" already\n"));
    run(&env, &["use", "whole"]);
    let said = format!("{warning}✔ Context \"half\" (cluster one, user nobody, namespace default)\n");
    expect(&env, &["use", "-"], 0, "", &said);
}

#[test]
fn what_another_file_has_is_there() {
    let env = bare();
    env.file("A", "contexts: [{name: x, context: {cluster: c, user: u}}]\n");
    env.file(
        "B",
        "clusters:\n- name: c\n  cluster: {server: 'https://h'}\nusers:\n- name: \"u\"\n  user: {}\n",
    );
    let env = env.variable("KUBECONFIG", "A:B");
    expect(&env, &["use", "x"], 0, "", "✔ Context \"x\" (cluster c, user u, namespace default)\n");
}

#[test]
fn kubectl_has_no_use_for_it() {
    let env = on_cluster();
    env.file("kubeconfig", DANGLING);
    let said = "Warning: cluster \"gone\" of context \"lost\" does not exist\n✔ Context \"lost\" (cluster gone, user me, namespace default)\n";
    expect(&env, &["use", "lost"], 0, "", said);
    let output = env.run("kubectl", ["get", "namespaces"]);
    assert_eq!(output.status, Some(1), "{output}");
    assert!(output.stderr.contains("localhost:8080"), "{output}");
    run(&env, &["use", "half"]);
    let output = env.run("kubectl", ["get", "namespaces"]);
    assert_eq!((output.status, output.stdout.as_str()), (Some(1), "Please enter Username: "), "{output}");
}

#[test]
fn a_switch_into_a_file_that_kubectl_cannot_load_warns() {
    let env = on_cluster();
    let file = "\
contexts:
- context:
    cluster: bad
    user: me
  name: x
clusters:
- cluster:
    certificate-authority-data: no base64!
    server: https://127.0.0.1:1
  name: bad
users:
- name: me
  user: {}
";
    for text in [file.to_owned(), format!("---\n{}", file.replace("bad\n", "\"b\\x61d\"\n"))] {
        let line = 8 + text.matches("---").count();
        let path = env.file("kubeconfig", &text);
        let path = path.display();
        let said = format!(
            "Warning: kubectl can't load {path}: line {line}: cluster \"bad\": certificate-authority-data: illegal base64 data\n✔ Context \"x\" (cluster bad, user me, namespace default)\n"
        );
        expect(&env, &["use", "x"], 0, "", &said);
        let output = env.run("kubectl", ["config", "current-context"]);
        assert!(output.stderr.contains("illegal base64 data"), "{output}");
    }
}

#[test]
fn a_damaged_file_is_refused_by_every_command_alike() {
    let cut_off = "\
apiVersion: v1
clusters:
- cluster:
    server: https://x
  name: a
- cluster:
    certificate-authority-data:% ";
    let env = bare();
    let said = format!(
        "error: error loading config file \"{}\": line 7: clusters[1].cluster: expected a mapping, found a string\nhint: correct the file, or name others with --kubeconfig or KUBECONFIG\n",
        env.file(".kube/config", cut_off).display()
    );
    for line in [
        &["contexts"][..],
        &["contexts", "-o", "name"],
        &["contexts", "-c"],
        &["use", "a"],
        &["web", "-f"],
        &["-c"],
    ] {
        expect(&env, line, 7, "", &said);
    }
}
