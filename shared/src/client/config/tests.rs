//! What flags, files and environment make of a connection, without a server.

use std::{fs, path::Path};

use secrecy::ExposeSecret as _;

use super::*;
use crate::{
    client::target,
    kubeconfig::{Environment, LoadOptions, kubeconfig_files, load},
};

/// A kubeconfig with one context; `cluster` and `user` are lines of YAML flow content.
fn kubeconfig(cluster: &str, user: &str) -> String {
    format!(
        "current-context: c\ncontexts: [{{name: c, context: {{cluster: k, user: u, namespace: team}}}}]\n\
         clusters: [{{name: k, cluster: {{{cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n"
    )
}

fn connect_in(text: &str, flags: &ConnectionFlags, environment: &ClientEnvironment) -> Result<Connection> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    if !text.is_empty() {
        fs::write(&path, text).unwrap();
    }
    let folder_environment = Environment {
        kubeconfig: Some(path.into()),
        home: folder.path().to_owned(),
        current_directory: folder.path().to_owned(),
    };
    let files = kubeconfig_files(None, &folder_environment);
    let kubeconfig = load(&files, &folder_environment, LoadOptions::default())?;
    Connection::new(target::choose(flags, &kubeconfig, environment)?, flags, environment)
}

fn connect(text: &str, flags: &ConnectionFlags) -> Connection {
    connect_in(text, flags, &ClientEnvironment::with_variables([])).unwrap()
}

fn refused(text: &str, flags: &ConnectionFlags) -> String {
    connect_in(text, flags, &ClientEnvironment::with_variables([])).unwrap_err().to_string()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn proxy(cluster: &str, variables: &[(&str, &str)]) -> Option<String> {
    let environment = ClientEnvironment::with_variables(variables.iter().copied());
    let connection = connect_in(&kubeconfig(cluster, ""), &ConnectionFlags::default(), &environment).unwrap();
    connection.settings.proxy.map(|url| url.to_string().trim_end_matches('/').to_owned())
}

#[test]
fn takes_cluster_user_and_namespace_of_the_context() {
    let connection = connect(
        &kubeconfig(
            "server: 'https://cluster.example/k8s/clusters/c-1/', tls-server-name: inner",
            "token: abc",
        ),
        &ConnectionFlags::default(),
    );
    assert_eq!(connection.server, "https://cluster.example/k8s/clusters/c-1");
    assert_eq!((connection.namespace.as_str(), connection.context.as_deref()), ("team", Some("c")));
    assert_eq!(connection.settings.server_name.as_deref(), Some("inner"));
    assert!(matches!(&connection.credentials, Credentials::Token(token) if token.expose_secret() == "abc"));
}

#[test]
fn flags_win_and_clear_what_belongs_to_the_old_value() {
    let text = kubeconfig(
        "server: 'https://old.example', tls-server-name: old, certificate-authority: /nonexistent",
        "tokenFile: /nonexistent",
    );
    let flags = ConnectionFlags {
        server: some("https://new.example"),
        token: some("flag"),
        namespace: some("other"),
        insecure_skip_tls_verify: Some(true),
        ..ConnectionFlags::default()
    };
    let connection = connect(&text, &flags);
    assert_eq!((connection.server.as_str(), connection.namespace.as_str()), ("https://new.example", "other"));
    assert_eq!(connection.settings.server_name, None);
    assert_eq!(connection.settings.trust, Trust::Anybody);
    assert!(matches!(&connection.credentials, Credentials::Token(token) if token.expose_secret() == "flag"));
}

#[test]
fn flags_are_enough_without_a_kubeconfig() {
    let flags = ConnectionFlags {
        server: some("https://10.0.0.1:6443"),
        token: some("t"),
        ..ConnectionFlags::default()
    };
    let connection = connect("", &flags);
    assert_eq!(
        (connection.server.as_str(), connection.namespace.as_str()),
        ("https://10.0.0.1:6443", "default")
    );
    assert_eq!(connection.reporter.unreachable_hint, None);
}

#[test]
fn a_token_never_crosses_a_wire_in_the_clear() {
    for server in ["http://10.0.0.1:8080", "10.0.0.1:8080"] {
        let connection =
            connect(&kubeconfig(&format!("server: '{server}'"), "token: abc"), &ConnectionFlags::default());
        assert_eq!(connection.server, "http://10.0.0.1:8080");
        assert!(matches!(connection.credentials, Credentials::None), "{server}");
    }
}

#[test]
fn nobody_saying_where_the_server_is_ends_at_localhost_with_a_hint() {
    let connection = connect("", &ConnectionFlags::default());
    assert_eq!(connection.server, "http://localhost:8080");
    let hint = connection.reporter.unreachable_hint.unwrap();
    assert!(hint.starts_with("no kubeconfig was found (looked for /") && hint.contains("/config)"), "{hint}");

    let text = kubeconfig("server: 'https://x'", "").replace("current-context: c\n", "");
    let hint = connect(&text, &ConnectionFlags::default()).reporter.unreachable_hint.unwrap();
    assert!(hint.starts_with("no context is chosen"), "{hint}");

    let master = ClientEnvironment::with_variables([("KUBERNETES_MASTER", "http://master:8080")]);
    assert_eq!(connect_in("", &ConnectionFlags::default(), &master).unwrap().server, "http://master:8080");
}

#[test]
fn a_pod_uses_its_service_account_unless_a_server_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), "pod-token\n").unwrap();
    fs::write(folder.path().join("namespace"), "pod-namespace\n").unwrap();
    let pod = |variables: &[(&'static str, &'static str)]| {
        let mut environment = ClientEnvironment::with_variables(variables.iter().copied());
        environment.service_account = folder.path().to_owned();
        environment
    };
    let service = [("KUBERNETES_SERVICE_HOST", "fd00::1"), ("KUBERNETES_SERVICE_PORT", "443")];
    let inside = connect_in("", &ConnectionFlags::default(), &pod(&service)).unwrap();
    assert_eq!(
        (inside.server.as_str(), inside.namespace.as_str()),
        ("https://[fd00::1]:443", "pod-namespace")
    );
    assert!(
        matches!(&inside.credentials, Credentials::TokenFile(file) if file.token().expose_secret() == "pod-token")
    );

    let named =
        connect_in(&kubeconfig("server: 'https://x'", ""), &ConnectionFlags::default(), &pod(&service))
            .unwrap();
    assert_eq!((named.server.as_str(), named.namespace.as_str()), ("https://x", "team"));
    let outside = connect_in("", &ConnectionFlags::default(), &pod(&service[..1])).unwrap();
    assert_eq!(outside.server, "http://localhost:8080");
}

#[test]
fn impersonation_comes_from_the_file_and_the_flags() {
    let text = kubeconfig("server: 'https://x'", "as: jane, as-groups: [a], as-user-extra: {k: [v]}");
    let flags =
        ConnectionFlags { impersonate_groups: vec!["b".into(), "c".into()], ..ConnectionFlags::default() };
    let headers = connect(&text, &flags).settings.headers;
    let named = |name| headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(named("impersonate-user"), ["jane"]);
    assert_eq!(named("impersonate-group"), ["b", "c"]);
    assert_eq!(named("impersonate-extra-k"), ["v"]);
    assert_eq!(
        refused(&kubeconfig("server: 'https://x'", ""), &flags),
        "error: requesting uid, groups or user-extra for u without impersonating a user"
    );
}

#[test]
fn what_contradicts_itself_is_said_as_kubectl_says_it() {
    let server = "server: 'https://x'";
    let cases = [
        (
            server,
            "client-certificate: /nonexistent/crt, client-key: /nonexistent/key",
            "Error in configuration: \n* unable to read client-cert /nonexistent/crt for u due to open /nonexistent/crt: no such file or directory\n* unable to read client-key /nonexistent/key for u due to open /nonexistent/key: no such file or directory",
        ),
        (
            server,
            "client-certificate-data: YQ==",
            "error: client-key-data or client-key must be specified for u to use the clientCert authentication method.",
        ),
        (
            server,
            "token: t, username: jane, password: secret",
            "error: more than one authentication method found for u; found [token basicAuth], only one is allowed",
        ),
        (
            server,
            "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x, interactiveMode: Never}",
            "error: exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\"\nhint: v1alpha1 is gone since Kubernetes 1.24: have the kubeconfig written anew by the plugin's own tool",
        ),
        (
            "server: 'https://x', certificate-authority: /nonexistent/ca",
            "",
            "error: unable to read certificate-authority /nonexistent/ca for k due to open /nonexistent/ca: no such file or directory",
        ),
        (
            "server: 'https://x', proxy-url: 'ftp://user:hunter2@proxy'",
            "",
            "error: invalid 'proxy-url' for cluster \"k\": unsupported scheme \"ftp\", must be http, https, or socks5",
        ),
    ];
    for (cluster, user, expected) in cases {
        assert_eq!(refused(&kubeconfig(cluster, user), &ConnectionFlags::default()), expected);
    }
    let not_pem = kubeconfig("server: 'https://x', certificate-authority-data: YQ==", "");
    let error = connect_in(&not_pem, &ConnectionFlags::default(), &ClientEnvironment::with_variables([]))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("error: unable to load root certificates: unable to parse bytes as PEM block")
    );
    assert_eq!(error.status(), crate::cli::ExitStatus::Kubeconfig);
}

#[test]
fn the_kubeconfigs_proxy_wins_and_knows_no_exceptions() {
    let environment = [("HTTPS_PROXY", "http://environment:3128"), ("NO_PROXY", "cluster.example")];
    let server = "server: 'https://cluster.example:6443'";
    assert_eq!(
        proxy(&format!("{server}, proxy-url: 'socks5://own:1080'"), &environment).as_deref(),
        Some("socks5://own:1080")
    );
    assert_eq!(proxy(server, &environment), None);
    assert_eq!(proxy(server, &environment[..1]).as_deref(), Some("http://environment:3128"));
    assert_eq!(
        proxy(server, &[("https_proxy", "socks5h://remote:1080")]).as_deref(),
        Some("socks5://remote:1080")
    );
    assert_eq!(proxy("server: 'http://cluster.example'", &environment[..1]), None);
}

#[test]
fn a_tunnel_to_plain_http_ends_at_port_80() {
    let server = "http://cluster.example/prefix".parse().unwrap();
    assert_eq!(reach::with_port_for_tunnel(&server, true).to_string(), "http://cluster.example:80/prefix");
    assert_eq!(reach::with_port_for_tunnel(&server, false), server);
}

#[test]
fn a_token_makes_the_plugin_superfluous() {
    let exec =
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: get-token, interactiveMode: Never}";
    let text = kubeconfig("server: 'https://x'", exec);
    let by_plugin = connect(&text, &ConnectionFlags::default());
    assert!(matches!(by_plugin.credentials, Credentials::Plugin(_)));
    assert!(matches!(by_plugin.reporter.identity, Identity::Plugin(command) if command == "get-token"));
    let flags = ConnectionFlags { token: some("t"), ..ConnectionFlags::default() };
    assert!(matches!(connect(&text, &flags).credentials, Credentials::Token(_)));
}

#[test]
fn connecting_reads_no_more_than_it_must() {
    // Neither TLS nor the plugin's existence is looked at before the first request.
    let exec =
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: /nonexistent, interactiveMode: Never}";
    let text = kubeconfig("server: 'https://nohost.invalid', tls-server-name: 'not a name'", exec);
    assert!(!Path::new("/nonexistent").exists());
    connect(&text, &ConnectionFlags::default());
}
