//! No secret is ever shown, whatever is asked for and in whatever form.

use support::TestEnv;

use crate::support::{bare, run};

/// What must not be seen: each stands in the kubeconfig or in a file that it names.
const SECRETS: [&str; 8] =
    ["t0ken", "passw0rd", "k3ydata", "0idc", "arg-s3cret", "env-s3cret", "url-s3cret", "f1le"];

/// A kubeconfig with every kind of secret.
fn env() -> TestEnv {
    let env = bare();
    env.file(".kube/token", "f1le");
    let users = "\
- name: token
  user: {token: t0ken}
- name: file
  user: {tokenFile: token}
- name: basic
  user: {username: me, password: passw0rd}
- name: certificate
  user: {client-certificate-data: azN5ZGF0YQ==, client-key-data: azN5ZGF0YQ==}
- name: broken
  user: {client-certificate-data: 'k3ydata%%', client-key-data: 'k3ydata%%'}
- name: oidc
  user: {auth-provider: {name: oidc, config: {client-secret: 0idc, refresh-token: 0idc, id-token: 0idc}}}
- name: plugin
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: no-such-login, args: [arg-s3cret], env: [{name: S, value: env-s3cret}]}}
";
    let names: Vec<&str> = users.lines().filter_map(|line| line.strip_prefix("- name: ")).collect();
    let contexts: String = names
        .iter()
        .map(|name| format!("- name: {name}\n  context: {{cluster: c, user: {name}}}\n"))
        .collect();
    env.file(
        ".kube/config",
        format!("current-context: token\nclusters:\n- name: c\n  cluster: {{server: 'https://me:url-s3cret@127.0.0.1:1'}}\ncontexts:\n{contexts}users:\n{users}"),
    );
    env
}

#[test]
fn nothing_shows_one() {
    let env = env();
    let mut lines: Vec<Vec<&str>> = vec![
        vec!["doctor"],
        vec!["doctor", "-o", "json"],
        vec!["list"],
        vec!["web"],
        vec!["contexts", "--check", "--request-timeout", "2s"],
        vec!["contexts", "--check", "-o", "json", "--request-timeout", "2s"],
        vec!["__complete", "use", ""],
        vec!["__complete", "to", ""],
        vec!["use", "broken"],
        vec!["use", "plugin/web"],
        vec!["contexts", "-d", "basic", "--orphans", "-y"],
        vec!["undo"],
        vec!["contexts", "x=oidc"],
    ];
    for format in ["table", "wide", "json", "yaml", "name"] {
        lines.push(vec!["contexts", "-o", format]);
    }
    for line in lines {
        let (_, stdout, stderr) = run(&env, &line);
        for secret in SECRETS {
            assert!(!stdout.contains(secret) && !stderr.contains(secret), "{line:?} {stdout}{stderr}");
        }
        assert!(!stdout.contains("azN5") && !stderr.contains("azN5"), "{line:?} {stdout}{stderr}");
    }
}
