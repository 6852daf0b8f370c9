//! Servers whose certificate is not good enough.

use support::FaultServer;

use super::{expired_server, get, good_server, kubeconfig, sentence, trusted};

const REFUSED: &str = "Unable to connect to the server: tls: failed to verify certificate: x509: ";

#[tokio::test]
async fn a_good_certificate_is_good() {
    let server = good_server(&["127.0.0.1"]);
    let cluster = format!("server: '{}', {}", server.url(), trusted(&server));
    get(&kubeconfig(&cluster, "token: t").client(), "/version").await.unwrap();
}

#[tokio::test]
async fn an_unknown_authority() {
    let (server, other) = (good_server(&["127.0.0.1"]), good_server(&["127.0.0.1"]));
    let cluster = format!("server: '{}', {}", server.url(), trusted(&other));
    let client = kubeconfig(&cluster, "token: t").client();
    assert_eq!(
        sentence(&client, "/version").await,
        format!("{REFUSED}certificate signed by unknown authority")
    );
}

#[tokio::test]
async fn an_expired_certificate() {
    let server = expired_server();
    let cluster = format!("server: '{}', {}", server.url(), trusted(&server));
    let sentence = sentence(&kubeconfig(&cluster, "token: t").client(), "/version").await;
    let head = format!("{REFUSED}certificate has expired or is not yet valid: current time ");
    assert!(
        sentence.starts_with(&head) && sentence.ends_with("Z is after 2024-01-02T00:00:00Z"),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let server = good_server(&["kubernetes", "10.0.0.1"]);
    let port = server.port();
    let said = async |cluster: String| sentence(&kubeconfig(&cluster, "token: t").client(), "/version").await;
    let base = format!("{}, server: 'https://", trusted(&server));
    assert_eq!(
        said(format!("{base}127.0.0.1:{port}'")).await,
        format!("{REFUSED}certificate is valid for 10.0.0.1, not 127.0.0.1")
    );
    assert_eq!(
        said(format!("{base}localhost:{port}'")).await,
        format!("{REFUSED}certificate is valid for kubernetes, not localhost")
    );
    let named = kubeconfig(&format!("{base}localhost:{port}', tls-server-name: kubernetes"), "token: t");
    get(&named.client(), "/version").await.unwrap();
    let trusting = kubeconfig(
        &format!("server: 'https://localhost:{port}', insecure-skip-tls-verify: true"),
        "token: t",
    );
    get(&trusting.client(), "/version").await.unwrap();
}

#[tokio::test]
async fn http_where_https_was_expected() {
    let server = FaultServer::http();
    let port = server.port();
    let client = kubeconfig(&format!("server: 'https://127.0.0.1:{port}'"), "token: t").client();
    assert_eq!(
        get(&client, "/version").await.unwrap_err().to_string(),
        format!(
            "Unable to connect to the server: http: server gave HTTP response to HTTPS client\nhint: 127.0.0.1:{port} does not speak TLS: is it http:// or another port?"
        )
    );
}

#[tokio::test]
async fn https_where_http_was_expected() {
    let server = good_server(&["127.0.0.1"]);
    let client = kubeconfig(&format!("server: 'http://127.0.0.1:{}'", server.port()), "").client();
    assert_eq!(
        sentence(&client, "/version").await,
        "Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response"
    );
}

#[tokio::test]
async fn a_key_that_is_none_is_told_without_being_shown() {
    // "hunter2" in base64.
    let user = "client-certificate-data: aHVudGVyMg==, client-key-data: aHVudGVyMg==";
    let client = kubeconfig("server: 'https://127.0.0.1:1'", user).client();
    assert_eq!(
        get(&client, "/version").await.unwrap_err().to_string(),
        "error: the TLS settings of the kubeconfig can't be used: the client certificate holds no PEM block CERTIFICATE"
    );
}
