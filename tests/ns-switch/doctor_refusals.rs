//! `doctor` finds whatever the client or kubectl would refuse before the first request.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant, SystemTime},
};

use serde_json::Value;
use support::TestEnv;

use crate::support::{THREE, run, with};

const CLUSTER: &str = "server: 'https://c.invalid'";
const V1: &str = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable";

/// A kubeconfig with one context whose cluster and user have this content.
fn one(cluster: &str, user: &str) -> TestEnv {
    private(&format!(
        "clusters: [{{name: c, cluster: {{{cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n\
         contexts: [{{name: x, context: {{cluster: c, user: u}}}}]\ncurrent-context: x\n"
    ))
}

fn private(text: &str) -> TestEnv {
    let env = with(text);
    let path = env.home().join(".kube/config");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    env
}

/// The findings as `RULE KIND/NAME: MESSAGE (FIX)`, with the exit status.
fn found(env: &TestEnv) -> (i32, Vec<String>) {
    let (status, json, stderr) = run(env, &["doctor", "-o", "json"]);
    assert_eq!(stderr, "");
    let document: Value = serde_json::from_str(&json).unwrap();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let line = |item: &Value| {
        format!(
            "{} {}/{}: {} ({})",
            text(item, "rule"),
            text(item, "kind"),
            text(item, "name"),
            text(item, "message"),
            text(item, "fix")
        )
    };
    (status, document["items"].as_array().unwrap().iter().map(line).collect())
}

#[test]
fn what_is_refused_before_a_request_is_found() {
    let login = "correct the entry, or log in again";
    let cases: [(&str, &str, String); 14] = [
        (
            CLUSTER,
            &format!("exec: {{{V1}, command: no-such-plugin}}"),
            "credential-plugin User/u: the credential plugin no-such-plugin is not installed: no such program is on PATH (install it, or correct `command` of the user)".into(),
        ),
        (
            CLUSTER,
            &format!("exec: {{{V1}, command: no-such-plugin, installHint: 'brew install it'}}"),
            "credential-plugin User/u: the credential plugin no-such-plugin is not installed: no such program is on PATH (brew install it)".into(),
        ),
        (
            CLUSTER,
            &format!("exec: {{{V1}, command: /nowhere/tsh}}"),
            "credential-plugin User/u: the credential plugin /nowhere/tsh does not exist (install it, or correct `command` of the user)".into(),
        ),
        (
            CLUSTER,
            &format!("exec: {{{V1}, command: /etc/passwd}}"),
            "credential-plugin User/u: the credential plugin /etc/passwd can't be executed (install it, or correct `command` of the user)".into(),
        ),
        (
            CLUSTER,
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh}",
            format!("unusable-user User/u: interactiveMode must be specified for u to use exec authentication plugin ({login})"),
        ),
        (
            CLUSTER,
            "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, interactiveMode: Never, command: sh}",
            "unusable-user User/u: exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\" (v1alpha1 is gone since Kubernetes 1.24: have the kubeconfig written anew by the plugin's own tool)".into(),
        ),
        (
            CLUSTER,
            "token: a, username: me, password: p",
            format!("unusable-user User/u: more than one authentication method found for u; found [token basicAuth], only one is allowed ({login})"),
        ),
        (
            CLUSTER,
            "as-groups: [g]",
            format!("unusable-user User/u: requesting uid, groups or user-extra for u without impersonating a user ({login})"),
        ),
        (
            CLUSTER,
            "auth-provider: {name: gcp}",
            "broken-credentials User/u: the auth provider gcp was removed from kubectl: use its credential plugin (log in again, or correct the entry)".into(),
        ),
        (
            CLUSTER,
            "tokenFile: /nowhere/token",
            "broken-credentials User/u: can't read the token file /nowhere/token: No such file or directory (os error 2) (log in again, or correct the entry)".into(),
        ),
        (
            "server: 'https://c.invalid', certificate-authority-data: QUJD",
            "token: a",
            "unusable-cluster Cluster/c: unable to load root certificates: unable to parse bytes as PEM block (certificate-authority-data is the base64 of a PEM file, certificate-authority the path of one)".into(),
        ),
        (
            "server: 'https://c.invalid', certificate-authority: /nowhere/ca",
            "token: a",
            "missing-file-of-cluster Cluster/c: can't read the certificate authority /nowhere/ca: No such file or directory (os error 2) (restore the file, or correct the path)".into(),
        ),
        (
            "server: 'https://c.invalid', proxy-url: 'ftp://p'",
            "token: a",
            "unusable-cluster Cluster/c: invalid 'proxy-url' for cluster \"c\": unsupported scheme \"ftp\", must be http, https, or socks5 (correct the entry, or get a new kubeconfig)".into(),
        ),
        (
            "server: 'https://c d'",
            "token: a",
            "unusable-cluster Cluster/c: host must be a URL or a host:port pair: \"https://c d\" (correct `server` of the cluster in the kubeconfig, or give --server)".into(),
        ),
    ];
    for (cluster, user, expected) in cases {
        assert_eq!(found(&one(cluster, user)), (3, vec![expected]), "{cluster} {user}");
    }
}

#[test]
fn several_refusals_of_one_entry_are_all_found() {
    let exec = "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin}, as-groups: [g]";
    let (status, lines) = found(&one(
        "server: 'https://c.invalid', proxy-url: 'ftp://p', certificate-authority: /nowhere/ca",
        exec,
    ));
    assert_eq!(status, 3);
    let rules: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        rules,
        [
            "missing-file-of-cluster Cluster/c",
            "unusable-cluster Cluster/c",
            "unusable-user User/u",
            "unusable-user User/u",
            "credential-plugin User/u",
        ]
    );
}

#[test]
fn a_plugin_that_is_there_is_not_run_and_nothing_is_found() {
    let env = one(CLUSTER, &format!("exec: {{{V1}, command: login}}"));
    env.script("bin/login", "#!/bin/sh\necho ran > ran\n");
    let (status, stdout, stderr) = run(&env, &["doctor"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (0, "", "no problems found in 1 context\n"));
    assert!(!env.home().join("ran").exists());
}

#[test]
fn a_plugin_that_kuberc_forbids_is_found() {
    let env = one(CLUSTER, &format!("exec: {{{V1}, command: sh}}"));
    env.file(
        ".kube/kuberc",
        "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    );
    let line = "credential-plugin User/u: plugin \"sh\" not allowed: policy set to \"DenyAll\" (allow it in kuberc, or log in in another way)";
    assert_eq!(found(&env), (3, vec![line.to_owned()]));
}

#[test]
fn a_key_that_is_not_that_of_the_certificate_is_found() {
    let expires = SystemTime::now() + Duration::from_secs(30 * 86_400);
    let identity = |name: &str| cluster::Authority::new().unwrap().client(name, &[], expires).unwrap();
    let (one_of, other) = (identity("one"), identity("two"));
    let env = one(CLUSTER, "client-certificate: crt, client-key: key");
    env.file(".kube/crt", &one_of.certificate);
    let key = env.file(".kube/key", &other.key);
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    let (status, lines) = found(&env);
    assert_eq!(status, 3);
    assert!(
        lines.iter().any(|line| line.starts_with(
            "unusable-user User/u: the TLS settings of the kubeconfig can't be used: keys may not be consistent"
        )),
        "{lines:?}"
    );
}

#[test]
fn settings_that_can_not_be_used_are_found() {
    let env = private(THREE);
    let path = env.file(".config/kubectl-ns-switch/config.toml", "protected = [\"prod*\"]\nprotectd = 1\n");
    let (status, lines) = found(&env);
    assert_eq!((status, lines.len()), (3, 1), "{lines:?}");
    let expected =
        format!("unusable-settings File/{0}: {0} line 2: unknown field `protectd`", path.display());
    assert!(lines[0].starts_with(&expected), "{lines:?}");
    assert!(lines[0].ends_with("(fix or remove it: until then no context is switched to)"), "{lines:?}");
    assert_eq!(run(&env, &["use", "beta"]).0, 1, "what the fix says is so");
}

#[test]
fn a_young_lock_that_stays_is_found_and_one_that_goes_is_not() {
    let env = private(THREE);
    let lock = env.file(".kube/config.lock", "");
    let made = fs::File::options().append(true).open(&lock).unwrap();
    made.set_modified(SystemTime::now() - Duration::from_secs(10)).unwrap();
    let (status, lines) = found(&env);
    assert_eq!((status, lines.len()), (3, 1), "{lines:?}");
    let expected = format!("held-lock File/{}: ", env.home().join(".kube/config").display());
    assert!(lines[0].starts_with(&expected), "{lines:?}");
    assert!(lines[0].contains("old: nothing can be written until it is gone"), "{lines:?}");
    assert!(
        lines[0].contains("(rm ") && lines[0].ends_with(", if no program is changing the file)"),
        "{lines:?}"
    );
    made.set_modified(SystemTime::now()).unwrap();
    let started = Instant::now();
    let said = std::thread::scope(|scope| {
        let looking = scope.spawn(|| run(&env, &["doctor"]));
        std::thread::sleep(Duration::from_millis(500));
        fs::remove_file(&lock).unwrap();
        looking.join().unwrap()
    });
    assert_eq!(
        said,
        (0, String::new(), "no problems found in 3 contexts\n".to_owned()),
        "{:?}",
        started.elapsed()
    );
}
