//! Credential plugins and a real API server, beside the real kubectl.

use std::{
    fs,
    time::{Duration, Instant},
};

use base64::Engine as _;
use support::{FaultServer, Reply, cluster, fresh_namespace};

use super::{
    Written, connect, empty_object, get, kubeconfig, plugins,
    real_cluster::{kubectl_says, value_of},
    sentence, server,
};

/// A kubeconfig for the control plane with this user.
fn file_for(user: &str) -> Written {
    let data = value_of(&cluster().kubeconfig_path(), "certificate-authority-data");
    kubeconfig(&format!("server: '{}', certificate-authority-data: {data}", cluster().server_url()), user)
}

#[tokio::test]
async fn a_plugins_token_is_used_and_a_refused_one_is_not_asked_for_twice() {
    let namespace = fresh_namespace("plugin");
    let token = value_of(&cluster().service_account(&namespace, "robot").unwrap(), "token");
    let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/robot");
    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &plugins::token_answer(&token)));
    let error = get(&file.client(), &path).await.unwrap_err().to_string();
    assert!(
        error.contains(&format!("User \"system:serviceaccount:{namespace}:robot\" cannot get")),
        "{error}"
    );
    assert_eq!(plugins::runs(folder.path()), 1);

    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &plugins::token_answer("wrong")));
    let error = get(&file.client(), &path).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: You must be logged in to the server (Unauthorized)\nhint: the server does not accept what the credential plugin /bin/sh answered: log in with it again"
    );
    assert_eq!(plugins::runs(folder.path()), 1);
}

#[tokio::test]
async fn a_plugins_credential_that_is_revoked_is_renewed_once() {
    let namespace = fresh_namespace("renew");
    let (first, second) = ("first", "second");
    let token_of = |name: &str| value_of(&cluster().service_account(&namespace, name).unwrap(), "token");
    let folder = tempfile::tempdir().unwrap();
    // The API server believes a token it has seen for ten seconds more. So it is another server on the way that
    // accepts the first one, and then the way leads to the API server.
    let other = FaultServer::https();
    other.otherwise([empty_object().header("connection", "close")]);
    let (_, port) = cluster().server_url().rsplit_once(':').unwrap();
    let proxy = server([Reply::tunnel(other.port()), Reply::tunnel(port.parse().unwrap())]);
    let both = base64::engine::general_purpose::STANDARD
        .encode([cluster().ca_pem(), other.ca_pem().unwrap()].concat());
    let settings = format!(
        "server: '{}', proxy-url: '{}', certificate-authority-data: {both}",
        cluster().server_url(),
        proxy.url()
    );
    let token = token_of(first);
    let file = kubeconfig(&settings, &plugins::plugin_user(folder.path(), &plugins::token_answer(&token)));
    let client = file.client();
    let path = format!("/api/v1/namespaces/{namespace}/pods");
    get(&client, &path).await.unwrap();
    assert_eq!(other.requests()[0].header("authorization"), Some(format!("Bearer {token}").as_str()));
    let user = async || get(&client, &path).await.unwrap_err().to_string();
    // The token of a service account that is gone is worth nothing.
    fs::write(folder.path().join("answer"), plugins::token_answer(&token_of(second))).unwrap();
    let account = format!("/api/v1/namespaces/{namespace}/serviceaccounts/{first}");
    cluster().api().request("DELETE", &account, None, None).unwrap();
    cluster().api().wait_until_gone(&account).unwrap();
    // The server's own cache may learn of it later than we did, and then believes for those ten seconds.
    let deadline = Instant::now() + Duration::from_secs(30);
    while !user().await.contains(":second\" cannot list") {
        assert!(Instant::now() < deadline, "{}", user().await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(plugins::runs(folder.path()), 2);
}

#[tokio::test]
async fn a_plugins_certificate_is_shown() {
    let path = cluster().user("by-certificate", &[]).unwrap();
    let decoded = |key: &str| {
        let bytes = base64::engine::general_purpose::STANDARD.decode(value_of(&path, key)).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let answer = serde_json::json!({
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "status": {
            "clientCertificateData": decoded("client-certificate-data"),
            "clientKeyData": decoded("client-key-data"),
            "expirationTimestamp": "2999-01-01T00:00:00Z"
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let file = file_for(&plugins::plugin_user(folder.path(), &answer.to_string()));
    let client = file.client();
    for _ in 0..3 {
        let error = get(&client, "/api/v1/pods").await.unwrap_err().to_string();
        assert!(error.contains("User \"by-certificate\" cannot list"), "{error}");
    }
    assert_eq!(plugins::runs(folder.path()), 1);
}

#[tokio::test]
async fn trouble_with_plugins_reads_as_kubectls() {
    let v1 = "client.authentication.k8s.io/v1";
    let head = format!("apiVersion: {v1}\\nkind: ExecCredential\\n");
    let shell = |script: &str| {
        format!("apiVersion: {v1}, interactiveMode: Never, command: /bin/sh, args: [-c, \"{script}\"]")
    };
    let cases = [
        format!("apiVersion: {v1}, interactiveMode: Never, command: no-such-plugin"),
        format!(
            "apiVersion: {v1}, interactiveMode: Never, command: no-such-plugin, installHint: \"get \\e[1mit\\nhere\""
        ),
        format!("apiVersion: {v1}, interactiveMode: Always, command: /bin/sh"),
        format!("apiVersion: {v1}, interactiveMode: Sometimes, command: /bin/sh"),
        format!("apiVersion: {v1}, command: /bin/sh"),
        "apiVersion: client.authentication.k8s.io/v1alpha1, interactiveMode: Never, command: /bin/sh"
            .to_owned(),
        "interactiveMode: Never, command: ''".to_owned(),
        shell("exit 3"),
        shell("kill -9 $$"),
        shell(&format!("printf '{head}'")),
        shell(&format!("printf '{head}status: {{}}'")),
        shell(&format!("printf '{head}status: {{clientKeyData: k}}'")),
        shell(
            "printf 'apiVersion: client.authentication.k8s.io/v1beta1\\nkind: ExecCredential\\nstatus: {token: t}'",
        ),
    ];
    let mut different = Vec::new();
    for exec in cases {
        let file = file_for(&format!("exec: {{{exec}}}"));
        let ours = match connect(&file.flags(), &[]) {
            Ok(client) => sentence(&client, "/version").await,
            Err(error) => error.to_string().split("\nhint: ").next().unwrap().to_owned(),
        };
        let kubectls = kubectl_says(&file.path, "/version");
        if ours != kubectls {
            different.push((exec, ours, kubectls));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
