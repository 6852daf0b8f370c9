//! `contexts`: the list.

use serde_json::json;

use crate::support::{THREE, expect, run, with};

#[test]
fn the_table_shows_what_each_context_is() {
    let table = "\
CURRENT   NAME    CLUSTER   SERVER                NAMESPACE   USER    AUTH    EXPIRES
*         alpha   one       https://127.0.0.1:1   shop        me      token   -
          beta    two       https://127.0.0.1:2               me      token   -
          gamma   one       https://127.0.0.1:1               other   none    -
";
    expect(&with(THREE), &["contexts"], 0, table, "");
    let bare: String = table.lines().skip(1).map(|line| format!("{}\n", line)).collect();
    let (status, stdout, _) = run(&with(THREE), &["contexts", "--no-headers"]);
    assert_eq!(status, 0);
    assert_eq!(stdout.split_whitespace().collect::<Vec<_>>(), bare.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn names_are_bare_and_in_the_order_of_bytes() {
    let kubeconfig = "contexts: [{name: n10}, {name: n9}, {name: N1}]\n";
    expect(&with(kubeconfig), &["contexts", "-o", "name"], 0, "N1\nn10\nn9\n", "");
    let (_, table, _) = run(&with(kubeconfig), &["contexts", "--no-headers"]);
    let first: Vec<_> = table.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(first, ["N1", "n9", "n10"], "natural order for people");
}

#[test]
fn the_document_has_the_agreed_shape() {
    let env = with(THREE);
    let (status, stdout, stderr) = run(&env, &["contexts", "-o", "json"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let file = env.home().join(".kube/config");
    let auth = |kind: &str| json!({"kind": kind, "commonName": null, "organizations": [], "expires": null, "impersonates": null});
    let expected = json!({
        "apiVersion": "kubectl-ns-switch/v1",
        "kind": "ContextList",
        "items": [
            {"name": "alpha", "current": true, "protected": false, "cluster": "one", "server": "https://127.0.0.1:1", "user": "me",
             "namespace": "shop", "auth": auth("token"), "file": file, "problems": []},
            {"name": "beta", "current": false, "protected": false, "cluster": "two", "server": "https://127.0.0.1:2", "user": "me",
             "namespace": null, "auth": auth("token"), "file": file, "problems": []},
            {"name": "gamma", "current": false, "protected": false, "cluster": "one", "server": "https://127.0.0.1:1", "user": "other",
             "namespace": null, "auth": auth("none"), "file": file, "problems": []},
        ],
    });
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(found, expected);
    let (status, yaml, _) = run(&env, &["contexts", "-o", "yaml"]);
    assert_eq!((status, yaml.lines().next()), (0, Some("apiVersion: kubectl-ns-switch/v1")));
}

#[test]
fn what_is_wrong_is_counted_and_shown_when_asked() {
    let broken = THREE.replace("cluster: two, user: me", "cluster: gone, user: nobody");
    let (status, stdout, stderr) = run(&with(&broken), &["contexts"]);
    assert_eq!(status, 0);
    assert!(stdout.contains("beta    gone"), "{stdout}");
    assert_eq!(
        stderr,
        "1 context has problems: see them with -o wide, and how to fix them with `kubectl ns-switch doctor`\n"
    );
    let (_, stdout, stderr) = run(&with(&broken), &["contexts", "-o", "wide"]);
    assert!(stdout.contains("cluster \"gone\" does not exist; user \"nobody\" does not exist"), "{stdout}");
    assert_eq!(stderr, "");
}

#[test]
fn contexts_that_say_nothing_are_listed() {
    let (status, stdout, _) =
        run(&with("contexts: [{name: a}, {name: b, context: null}]\n"), &["contexts", "-o", "name"]);
    assert_eq!((status, stdout.as_str()), (0, "a\nb\n"));
}

#[test]
fn a_password_in_a_url_is_not_shown() {
    let kubeconfig = THREE.replace("https://127.0.0.1:1", "https://me:hunter3@127.0.0.1:1");
    for format in ["table", "wide", "json", "yaml"] {
        let (_, stdout, stderr) = run(&with(&kubeconfig), &["contexts", "-o", format]);
        assert!(!stdout.contains("hunter") && !stderr.contains("hunter"), "{stdout}{stderr}");
    }
}

#[test]
fn a_current_context_that_does_not_exist_is_told_below_the_table() {
    let env = with(&THREE.replace("current-context: alpha", "current-context: gone"));
    let said = "Warning: the current context \"gone\" does not exist\n";
    for format in ["table", "wide"] {
        let (status, stdout, stderr) = run(&env, &["contexts", "-o", format]);
        assert_eq!((status, stderr.as_str()), (0, said), "{format}");
        assert!(stdout.contains("alpha") && !stdout.contains('*'), "{stdout}");
    }
    for format in ["name", "json", "yaml"] {
        let (status, _, stderr) = run(&env, &["contexts", "-o", format]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{format}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_not_said_to_have_no_contexts() {
    let env = with("contexts: [\n");
    let (status, stdout, stderr) = run(&env, &["contexts", "--skip-bad"]);
    assert_eq!((status, stdout.as_str()), (0, ""));
    assert!(
        stderr.starts_with("Warning: error loading config file ") && stderr.lines().count() == 2,
        "{stderr}"
    );
    assert!(stderr.ends_with("\nno context is found in what can be read\n"), "{stderr}");
}
