//! Several files, one kubeconfig.

use std::path::PathBuf;

use super::*;

/// The four files of client-go's `loader_test.go`.
const ALFA: &str = "clusters:\n- {name: cow-cluster, cluster: {server: http://cow.org:8080}}\n\
    contexts:\n- {name: federal-context, context: {cluster: cow-cluster, user: red-user, namespace: hammer-ns}}\n\
    users:\n- {name: red-user, user: {token: red-token}}\n";
const BRAVO: &str = "clusters:\n- {name: pig-cluster, cluster: {server: http://pig.org:8080}}\n\
    contexts:\n- {name: queen-anne-context, context: {cluster: pig-cluster, user: black-user, namespace: saw-ns}}\n\
    users:\n- {name: black-user, user: {token: black-token}}\n";
const CHARLIE: &str = "contexts:\n- {name: shaker-context, context: {cluster: horse-cluster, user: green-user, namespace: chisel-ns}}\n\
    users:\n- {name: green-user, user: {token: green-token}}\n";
const DELTA: &str = "clusters:\n- {name: chicken-cluster, cluster: {server: http://chicken.org:8080}}\n\
    - {name: donkey-cluster, cluster: {server: http://donkey.org:8080}}\n\
    contexts:\n- {name: gothic-context, context: {cluster: cow-cluster, user: blue-user, namespace: plane-ns}}\n\
    - {name: gothic-context-2, context: {cluster: donkey-cluster, user: blue-user}}\n\
    users:\n- {name: blue-user, user: {token: blue-token}}\n";

#[test]
fn files_without_conflicts_add_up() {
    let folder = Folder::new(&[("alfa", ALFA), ("bravo", BRAVO), ("charlie", CHARLIE), ("delta", DELTA)]);
    let kubeconfig = folder.load("alfa:bravo:charlie:delta").unwrap();
    assert_eq!(
        context_names(&kubeconfig),
        ["federal-context", "queen-anne-context", "shaker-context", "gothic-context", "gothic-context-2"]
    );
    let clusters: Vec<&str> = kubeconfig.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    assert_eq!(clusters, ["cow-cluster", "pig-cluster", "chicken-cluster", "donkey-cluster"]);
    let users: Vec<&str> = kubeconfig.users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(users, ["red-user", "black-user", "green-user", "blue-user"]);
    let origins: Vec<&str> =
        kubeconfig.contexts.iter().map(|context| context.file.path.to_str().unwrap()).collect();
    assert_eq!(origins, ["alfa", "bravo", "charlie", "delta", "delta"]);
    assert_eq!(kubeconfig.context("gothic-context-2").unwrap().line, 6);
}

#[test]
fn the_first_file_wins_a_name_with_the_whole_entry() {
    let first =
        "users:\n- {name: red, user: {token: first}}\ncontexts:\n- {name: same, context: {cluster: one}}\n";
    let second = "users:\n- {name: red, user: {username: u, password: p}}\n\
        contexts:\n- {name: same, context: {cluster: two, user: two, namespace: two}}\n";
    let folder = Folder::new(&[("a", first), ("b", second)]);
    let kubeconfig = folder.load("a:b").unwrap();
    let same = &kubeconfig.context("same").unwrap().context;
    assert_eq!(
        (same.cluster.as_deref(), same.user.as_deref(), same.namespace.as_deref()),
        (Some("one"), None, None)
    );
    let red = &kubeconfig.user("red").unwrap().user;
    assert_eq!((red.token.is_some(), red.username.as_deref()), (true, None));
    // What is hidden is still known, for whoever deletes the entry in front.
    assert_eq!(kubeconfig.files[1].contexts, ["same"]);
}

#[test]
fn the_first_current_context_that_is_not_empty_wins() {
    let empty = "current-context: \"\"\n";
    let folder = Folder::new(&[
        ("empty", empty),
        ("none", ""),
        ("null", "current-context: ~\n"),
        ("a", "current-context: a\n"),
        ("b", "current-context: b\n"),
    ]);
    assert_eq!(current(&folder.load("empty:none:null:b:a").unwrap()), Some(("b", "b")));
    assert_eq!(current(&folder.load("a:b").unwrap()), Some(("a", "a")));
    assert_eq!(current(&folder.load("empty:none").unwrap()), None);
    let kubeconfig = folder.load("a:b").unwrap();
    assert_eq!(kubeconfig.files[1].current_context.as_deref(), Some("b"));
}

#[test]
fn paths_resolve_against_the_file_that_holds_them() {
    let text = "\
clusters:
- {name: c, cluster: {certificate-authority: pki/../ca.crt}}
- {name: absolute, cluster: {certificate-authority: /etc/../ca.crt}}
users:
- name: u
  user:
    client-certificate: ./client.crt
    client-key: ../client.key
    tokenFile: token
    exec: {command: bin/helper}
- {name: bare, user: {exec: {command: helper}}}
- {name: dotted, user: {exec: {command: ./helper}}}
";
    let folder = Folder::new(&[("a", ""), ("one/two/config", text)]);
    let kubeconfig = folder.load("a:one/./two/config").unwrap();
    let at = |name: &str| folder.0.path().join(name);
    let authority =
        |name: &str| kubeconfig.cluster(name).unwrap().cluster.certificate_authority.clone().unwrap();
    assert_eq!(
        authority("c"),
        LocalPath { original: "pki/../ca.crt".into(), resolved: at("one/two/ca.crt") }
    );
    assert_eq!(authority("absolute").resolved, PathBuf::from("/etc/../ca.crt"));
    let user = &kubeconfig.user("u").unwrap().user;
    let resolved = |path: &Option<LocalPath>| path.as_ref().unwrap().resolved.clone();
    assert_eq!(resolved(&user.client_certificate), at("one/two/client.crt"));
    assert_eq!(resolved(&user.client_key), at("one/client.key"));
    assert_eq!(resolved(&user.token_file), at("one/two/token"));
    let command =
        |name: &str| kubeconfig.user(name).unwrap().user.exec.as_ref().unwrap().command.resolved.clone();
    assert_eq!(command("u"), at("one/two/bin/helper"));
    assert_eq!(command("bare"), PathBuf::from("helper"));
    assert_eq!(command("dotted"), at("one/two/helper"));
}

#[test]
fn a_context_may_refer_to_another_file() {
    let folder = Folder::new(&[
        ("a", "contexts:\n- {name: x, context: {cluster: c, user: u}}\n"),
        ("b", "clusters:\n- {name: c, cluster: {server: https://c}}\nusers:\n- {name: u}\n"),
    ]);
    let kubeconfig = folder.load("a:b").unwrap();
    let flags = ConnectionFlags { context: Some("x".into()), ..ConnectionFlags::default() };
    let cluster = kubeconfig.select(&flags).unwrap().cluster.unwrap();
    assert_eq!(cluster.cluster.server.as_deref(), Some("https://c"));
}

#[test]
fn extensions_and_preferences_merge_by_name() {
    let folder = Folder::new(&[
        (
            "a",
            "extensions:\n- {name: x, extension: {v: 1}}\npreferences: {extensions: [{name: p, extension: 1}]}\n",
        ),
        (
            "b",
            "extensions:\n- {name: x, extension: {v: 2}}\n- {name: z, extension: [1.5, yes]}\npreferences: {colors: true}\n",
        ),
    ]);
    let kubeconfig = folder.load("a:b").unwrap();
    let extension = |name: &str, extension| Extension { name: name.into(), extension };
    assert_eq!(
        kubeconfig.extensions,
        [extension("x", serde_json::json!({"v": 1})), extension("z", serde_json::json!([1.5, true]))]
    );
    assert_eq!(
        kubeconfig.preferences,
        Preferences { colors: true, extensions: vec![extension("p", serde_json::json!(1))] }
    );
}
