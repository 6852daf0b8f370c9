//! Real plugins: shell scripts that count how often they are run.

use std::{fs, path::Path};

use secrecy::ExposeSecret as _;

use super::*;

const V1: &str = "client.authentication.k8s.io/v1";

/// A plugin that appends to `runs` and then does `script`.
fn plugin(folder: &Path, script: &str) -> Plugin {
    let path = folder.join("plugin");
    fs::write(&path, format!("echo run >> {}/runs\n{script}\n", folder.display())).unwrap();
    // Run by name of the shell: a script just written can be busy while another test forks.
    Plugin {
        command: "/bin/sh".to_owned(),
        arguments: vec![path.to_str().unwrap().to_owned()],
        variables: Vec::new(),
        api_version: V1.to_owned(),
        interactive_mode: InteractiveMode::IfAvailable,
        stdin_is_terminal: false,
        install_hint: String::new(),
        cluster: None,
        policy: Policy::AllowAll,
        search_path: String::new(),
    }
}

fn answering(token: &str, expires: &str) -> String {
    format!(
        r#"echo '{{"apiVersion":"{V1}","kind":"ExecCredential","status":{{"token":"{token}","expirationTimestamp":"{expires}"}}}}'"#
    )
}

fn runs(folder: &Path) -> usize {
    fs::read_to_string(folder.join("runs")).unwrap_or_default().lines().count()
}

fn sentence(plugin: &Plugin) -> String {
    plugin.run().unwrap_err().to_string()
}

#[tokio::test]
async fn many_requests_run_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = PluginCredentials::new(plugin(folder.path(), &answering("t", "2999-01-01T00:00:00Z")));
    let stderr = StderrSink::discard();
    let leases = futures::future::join_all((0..8).map(|_| credentials.lease(&stderr))).await;
    for lease in leases {
        assert_eq!(lease.unwrap().credential.token.as_ref().unwrap().expose_secret(), "t");
    }
    assert_eq!(runs(folder.path()), 1);
}

#[tokio::test]
async fn an_expired_credential_is_fetched_anew() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = PluginCredentials::new(plugin(folder.path(), &answering("t", "2020-01-01T00:00:00Z")));
    let first = credentials.lease(&StderrSink::discard()).await.unwrap();
    let second = credentials.lease(&StderrSink::discard()).await.unwrap();
    assert_eq!((first.generation, second.generation, runs(folder.path())), (1, 2, 2));
}

#[tokio::test]
async fn a_refused_credential_is_renewed_only_if_it_once_worked() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = PluginCredentials::new(plugin(folder.path(), &answering("t", "2999-01-01T00:00:00Z")));
    let lease = credentials.lease(&StderrSink::discard()).await.unwrap();
    assert!(credentials.renew(&lease, &StderrSink::discard()).await.unwrap().is_none());
    assert_eq!(runs(folder.path()), 1);
    credentials.accept(&lease).await;
    // Two requests that were refused with the same credential renew it once.
    let (first, second) = futures::future::join(
        credentials.renew(&lease, &StderrSink::discard()),
        credentials.renew(&lease, &StderrSink::discard()),
    )
    .await;
    assert_eq!((first.unwrap().unwrap().generation, second.unwrap().unwrap().generation), (2, 2));
    assert_eq!(runs(folder.path()), 2);
}

#[test]
fn it_is_told_what_is_wanted_and_gets_its_variables() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "printf %s \"$KUBERNETES_EXEC_INFO\" > {0}/info; printf %s \"$1,$COLOUR\" > {0}/given\n{1}",
        folder.path().display(),
        answering("t", "2999-01-01T00:00:00Z")
    );
    let mut plugin = plugin(folder.path(), &script);
    plugin.arguments.push("token".into());
    let plugin = Plugin {
        variables: vec![("COLOUR".into(), "blue".into()), ("COLOUR".into(), "red".into())],
        cluster: Some(serde_json::json!({ "server": "https://cluster.example" })),
        ..plugin
    };
    plugin.run().unwrap();
    let info: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("info")).unwrap()).unwrap();
    assert_eq!(
        info,
        serde_json::json!({
            "apiVersion": V1,
            "kind": "ExecCredential",
            "spec": { "interactive": false, "cluster": { "server": "https://cluster.example" } }
        })
    );
    assert_eq!(fs::read_to_string(folder.path().join("given")).unwrap(), "token,red");
}

#[test]
fn a_missing_program_says_how_to_install_it() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin {
        command: "/nonexistent/get-token".into(),
        install_hint: "brew install \u{1b}[31mget-token\nor ask us".into(),
        ..plugin(folder.path(), "")
    };
    let sentence = sentence(&plugin);
    assert!(
        sentence.starts_with(
            "Unable to connect to the server: getting credentials: exec: executable /nonexistent/get-token not found\n\nIt looks like"
        ),
        "{sentence}"
    );
    assert!(sentence.ends_with("\n\nbrew install U+001B[31mget-token\nor ask us"), "{sentence}");
}

#[test]
fn a_failing_program_is_named_with_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = plugin(folder.path(), "echo hunter2; exit 3");
    assert_eq!(
        sentence(&plugin),
        format!(
            "Unable to connect to the server: getting credentials: exec: executable {} failed with exit code 3",
            plugin.command
        )
    );
}

#[test]
fn a_plugin_that_must_ask_needs_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin { interactive_mode: InteractiveMode::Always, ..plugin(folder.path(), "") };
    assert_eq!(
        sentence(&plugin),
        "Unable to connect to the server: getting credentials: exec plugin cannot support interactive mode: standard input is not a terminal"
    );
    assert_eq!(runs(folder.path()), 0);
}

#[test]
fn a_forbidden_plugin_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = Plugin { policy: Policy::DenyAll, ..plugin(folder.path(), "") };
    assert!(sentence(&plugin).ends_with("not allowed: policy set to \"DenyAll\""));
    assert_eq!(runs(folder.path()), 0);
}
