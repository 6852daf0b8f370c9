//! Servers whose certificate is not good enough.

use super::{
    authority::Authority,
    fake_server::{FakeServer, Reply},
    get, kubeconfig, sentence,
};

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
async fn http_where_https_was_expected_and_the_reverse() {
    let plain = FakeServer::start(vec![Reply::Raw(b"HTTP/1.0 400 Bad Request\r\n\r\n")]);
    let client = kubeconfig(&format!("server: 'https://127.0.0.1:{}'", plain.port), "token: t").client();
    // The TLS greeting has no line end, so the server's answer is provoked by its own reading limit.
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert!(error.starts_with("Unable to connect to the server: "), "{error}");

    let secure = Authority::new().serve(&["127.0.0.1"], 2999);
    let client = kubeconfig(&format!("server: 'http://127.0.0.1:{secure}'"), "").client();
    let error = get(&client, "/version").await.unwrap_err().to_string();
    assert!(error.starts_with("Unable to connect to the server: "), "{error}");
}
