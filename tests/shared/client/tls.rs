//! Servers whose certificate is not good enough.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use super::{authority::Authority, get, kubeconfig, sentence};

const REFUSED: &str = "Unable to connect to the server: tls: failed to verify certificate: x509: ";

#[tokio::test]
async fn a_good_certificate_is_good() {
    let authority = Authority::new();
    let port = authority.serve(&["127.0.0.1"], 2999);
    let cluster =
        format!("server: 'https://127.0.0.1:{port}', certificate-authority-data: {}", authority.data());
    get(&kubeconfig(&cluster, "token: t").client(), "/version").await.unwrap();
}

#[tokio::test]
async fn an_unknown_authority() {
    let port = Authority::new().serve(&["127.0.0.1"], 2999);
    let data = Authority::new().data();
    let cluster = format!("server: 'https://127.0.0.1:{port}', certificate-authority-data: {data}");
    let client = kubeconfig(&cluster, "token: t").client();
    assert_eq!(
        sentence(&client, "/version").await,
        format!("{REFUSED}certificate signed by unknown authority")
    );
}

#[tokio::test]
async fn an_expired_certificate() {
    let authority = Authority::new();
    let port = authority.serve(&["127.0.0.1"], 2024);
    let cluster =
        format!("server: 'https://127.0.0.1:{port}', certificate-authority-data: {}", authority.data());
    let sentence = sentence(&kubeconfig(&cluster, "token: t").client(), "/version").await;
    let head = format!("{REFUSED}certificate has expired or is not yet valid: current time ");
    assert!(
        sentence.starts_with(&head) && sentence.ends_with("Z is after 2024-01-02T00:00:00Z"),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let authority = Authority::new();
    let data = authority.data();
    let port = authority.serve(&["kubernetes", "10.0.0.1"], 2999);
    let said = async |cluster: String| sentence(&kubeconfig(&cluster, "token: t").client(), "/version").await;
    let base = format!("certificate-authority-data: {data}, server: 'https://");
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
    let port = plain_http();
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
    let port = Authority::new().serve(&["127.0.0.1"], 2999);
    let client = kubeconfig(&format!("server: 'http://127.0.0.1:{port}'"), "").client();
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
        "error: the TLS settings of the kubeconfig can't be used: identity PEM is missing a private key: the key must be PKCS8 or RSA/PKCS1"
    );
}

/// A server that answers anything at all as Go's `net/http` answers what is not HTTP. The result is its port.
pub fn plain_http() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(|stream| stream.ok()) {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request");
        }
    });
    port
}
