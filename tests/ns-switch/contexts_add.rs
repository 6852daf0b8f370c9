//! `contexts add` and `contexts export`: kubeconfigs that arrive, and that leave.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;
use support::{TestEnv, cluster};

use crate::support::{THREE, bare, changed, config, expect, on_cluster, read, run, with, with_kubectl};

/// One context; certificates stand beside the file.
const TEAM: &str = "\
apiVersion: v1
kind: Config
current-context: dev
clusters:
- name: team
  cluster: {server: 'https://127.0.0.1:9', certificate-authority: pki/ca.crt}
contexts:
- name: dev
  context: {cluster: team, user: me, namespace: web}
users:
- name: me
  user: {token: other-secret}
";

fn files(env: &TestEnv) {
    env.file("team/dev.yaml", TEAM);
    env.file("team/pki/ca.crt", "CERTIFICATE\n");
}

#[test]
fn entries_come_to_the_end_and_nothing_else_changes() {
    let env = with_kubectl(THREE);
    files(&env);
    let rename = ["contexts", "add", "team/dev.yaml", "--rename", "{file}-{name}"];
    let (status, stdout, stderr) = run(&env, &rename);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (0, "", "✔ Context \"dev-dev\" added\n"));
    let ca = env.home().join("team/pki/ca.crt");
    let added = [
        "+- cluster:".to_owned(),
        format!("+    certificate-authority: \"{}\"", ca.display()),
        "+    server: \"https://127.0.0.1:9\"".into(),
        "+  name: dev-team".into(),
        // `- context:` is a line that the file had before.
        "+    cluster: dev-team".into(),
        "+    namespace: web".into(),
        "+    user: dev-me".into(),
        "+  name: dev-dev".into(),
        "+- name: dev-me".into(),
        "+  user:".into(),
        "+    token: other-secret".into(),
    ];
    assert_eq!(changed(THREE, &config(&env)), added);
    let seen = env.run("kubectl", ["config", "get-contexts", "dev-dev", "--no-headers"]).success().stdout;
    assert_eq!(seen.split_whitespace().collect::<Vec<_>>(), ["dev-dev", "dev-team", "dev-me", "web"]);
    let again = "Context \"dev-dev\" is there already\n";
    expect(&env, &rename, 0, "", again);
    let (status, _, stderr) = run(&env, &["undo"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(stderr.contains("until the next change the removed credentials are kept in "), "{stderr}");
    assert_eq!(config(&env), THREE, "undo takes it back byte for byte");
}

#[test]
fn names_that_are_taken_are_shown_and_nothing_is_added() {
    let env = with(THREE);
    files(&env);
    let said = "\
KIND   NAME   FILE
user   me     team/dev.yaml
error: entries of these names exist and say something else; nothing was added
hint: give them names of their own: --rename '{file}-{name}'
";
    expect(&env, &["contexts", "add", "team/dev.yaml"], 5, "", said);
    assert_eq!(config(&env), THREE);
    env.file("same.yaml", THREE);
    let there = "Context \"alpha\" is there already\nContext \"beta\" is there already\nContext \"gamma\" is there already\n";
    expect(&env, &["contexts", "add", "same.yaml"], 0, "", there);
    assert_eq!(config(&env), THREE, "equal entries are not doubled");
}

#[test]
fn a_dry_run_shows_and_a_switch_is_asked_for() {
    let env = with(THREE);
    files(&env);
    let path = env.home().join(".kube/config").display().to_string();
    let rename = ["contexts", "add", "team/dev.yaml", "--rename", "{file}/{name}", "--switch"];
    let shown = format!(
        "{path}: context \"dev/dev\" added (dry run)\n{path}: cluster \"dev/team\" added (dry run)\n{path}: user \"dev/me\" added (dry run)\n{path}: current-context \"alpha\" → \"dev/dev\" (dry run)\n"
    );
    expect(&env, &[&rename[..], &["--dry-run"]].concat(), 0, &shown, "");
    assert_eq!(config(&env), THREE);
    expect(&env, &rename, 0, "", "✔ Context \"dev/dev\" added, and current now\n");
    expect(&env, &["contexts", "-c"], 0, "dev/dev\n", "");
    expect(&env, &["contexts", "-"], 0, "", "✔ Context \"alpha\" (cluster one, user me, namespace shop)\n");
}

#[test]
fn standard_input_and_a_first_kubeconfig() {
    let env = bare();
    let added = env.command("kubectl-ns_switch", ["contexts", "add", "-"]).stdin(TEAM).run();
    assert_eq!(
        (added.status, added.stdout.as_str(), added.stderr.as_str()),
        (Some(0), "", "✔ Context \"dev\" added\n")
    );
    let path = env.home().join(".kube/config");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let ca = env.home().join("pki/ca.crt").display().to_string();
    assert!(config(&env).contains(&ca), "relative paths start where the command runs: {}", config(&env));
    let other = bare();
    files(&other);
    let dry = run(&other, &["contexts", "add", "team/dev.yaml", "--dry-run"]);
    assert_eq!((dry.0, dry.1.lines().count(), dry.2.as_str()), (0, 3, ""));
    assert!(!other.home().join(".kube").exists(), "a dry run makes nothing");
}

#[test]
fn what_cannot_be_read_is_refused_and_names_the_file() {
    let env = with(THREE);
    expect(
        &env,
        &["contexts", "add", "gone.yaml"],
        7,
        "",
        "error: can't read gone.yaml: no such file or directory\nhint: name kubeconfig files that are there, or - for standard input\n",
    );
    env.file("bad.yaml", "contexts: 3\n");
    let (status, stdout, stderr) = run(&env, &["contexts", "add", "bad.yaml"]);
    assert_eq!((status, stdout.as_str()), (7, ""));
    assert!(stderr.contains("bad.yaml"), "{stderr}");
    env.file("other.yaml", "kind: Pod\napiVersion: v1\n");
    assert_eq!(run(&env, &["contexts", "add", "other.yaml"]).0, 7);
    for rule in ["x", "{name}{", "{cluster}-{name}"] {
        assert_eq!(run(&env, &["contexts", "add", "bad.yaml", "--rename", rule]).0, 2, "{rule}");
    }
    env.file("empty.yaml", "");
    expect(
        &env,
        &["contexts", "add", "empty.yaml"],
        0,
        "",
        "the files have no contexts, clusters or users\n",
    );
    // Nothing comes out of a pipe whose first command failed.
    let piped = env.command("kubectl-ns_switch", ["contexts", "add", "-"]).stdin("\n".to_owned()).run();
    assert_eq!(
        (piped.status, piped.stdout.as_str(), piped.stderr.as_str()),
        (
            Some(7),
            "",
            "error: standard input is empty: there is no kubeconfig to take over\n\
             hint: run what writes into the pipe by itself, and see what it prints\n"
        )
    );
    assert_eq!(config(&env), THREE);
}

#[test]
fn a_context_may_be_called_add() {
    let env = with(&THREE.replace("beta", "add"));
    expect(
        &env,
        &["contexts", "--", "add"],
        0,
        "",
        "✔ Context \"add\" (cluster two, user me, namespace default)\n",
    );
}

#[test]
fn a_context_leaves_with_what_it_names() {
    let env = with_kubectl(THREE);
    files(&env);
    run(&env, &["contexts", "add", "team/dev.yaml", "--rename", "{file}-{name}"]);
    let ca = env.home().join("team/pki/ca.crt").display().to_string();
    let exported = format!(
        "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority: \"{ca}\"\n    server: \"https://127.0.0.1:9\"\n  name: dev-team\ncontexts:\n- context:\n    cluster: dev-team\n    namespace: web\n    user: dev-me\n  name: dev-dev\ncurrent-context: dev-dev\nkind: Config\nusers:\n- name: dev-me\n  user:\n    token: other-secret\n"
    )
    .replace(&format!("\"{ca}\""), &ca_in_yaml(&ca));
    let (status, stdout, stderr) = run(&env, &["contexts", "export", "dev-dev"]);
    assert_eq!(
        (status, stdout.replace(&format!("\"{ca}\""), &ca_in_yaml(&ca)), stderr.as_str()),
        (0, exported, "")
    );
    let file = env.home().join("out.yaml");
    let line = ["contexts", "export", "beta", "dev-dev", "--embed", "--file", "out.yaml"];
    expect(&env, &line, 0, "", "✔ out.yaml written with context \"beta\", \"dev-dev\"\n");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let seen = env.run("kubectl", ["config", "view", "--raw", "-o", "json", "--kubeconfig", "out.yaml"]);
    let document: Value = seen.success().json();
    assert_eq!(document["current-context"], "beta");
    let cluster =
        document["clusters"].as_array().unwrap().iter().find(|one| one["name"] == "dev-team").unwrap();
    assert_eq!(cluster["cluster"]["certificate-authority-data"], "Q0VSVElGSUNBVEUK");
    let names: Vec<_> =
        document["users"].as_array().unwrap().iter().map(|user| user["name"].clone()).collect();
    assert_eq!(names, ["dev-me", "me"], "what no exported context names stays here");
    let before = read(&file);
    let taken = "error: out.yaml already exists and was not changed\nhint: name another file with --file, or remove that one\n";
    let found = run(&env, &line);
    assert_eq!((found.0, found.1.as_str()), (5, ""));
    assert!(found.2.ends_with(taken.split_once("out.yaml").unwrap().1), "{}", found.2);
    assert_eq!(read(&file), before);
    let (status, _, stderr) = run(&env, &["contexts", "export", "alpah"]);
    assert_eq!(
        (status, stderr.as_str()),
        (1, "error: no context exists with the name \"alpah\"\nhint: did you mean \"alpha\"?\n")
    );
}

/// A path as either spelling of YAML has it.
fn ca_in_yaml(path: &str) -> String {
    format!("PATH({path})")
}

#[test]
fn what_was_exported_works_on_its_own() {
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["contexts", "export", "admin", "--embed"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let elsewhere = TestEnv::on(cluster());
    let path = elsewhere.file("exported", &stdout);
    let seen = elsewhere
        .variable("KUBECONFIG", &path)
        .run("kubectl", ["get", "namespaces", "default", "-o", "name"]);
    assert_eq!(seen.success().stdout, "namespace/default\n");
}
