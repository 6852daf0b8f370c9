use super::*;
use serde_json::json;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// Sends requests over one plain connection and returns everything that came back until it was closed.
fn exchange(server: &FaultServer, text: &str) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nAccept: application/json\r\n\r\n")
}

#[test]
fn replies_come_in_order_and_the_last_again() {
    let server = FaultServer::http();
    let page = |name: &str, next| Reply::page("PodList", &[json!({"metadata": {"name": name}})], next);
    server.on("/pods", [page("a", Some("token")), Reply::expired(), page("b", None)]);
    let answers = exchange(
        &server,
        &[get("/pods?limit=1"), get("/pods?limit=1&continue=token"), get("/pods"), get("/pods")].concat(),
    );
    let found = |text: &str| answers.matches(text).count();
    assert_eq!(found("HTTP/1.1 200"), 3);
    assert_eq!(found("HTTP/1.1 410"), 1);
    assert_eq!(found("\"continue\":\"token\""), 1);
    assert_eq!(found("\"name\":\"b\""), 2);
    assert_eq!((server.count("/pods"), server.connections()), (4, 1));
    let requests = server.requests();
    assert_eq!(
        (requests[1].query.as_str(), requests[1].header("accept")),
        ("limit=1&continue=token", Some("application/json"))
    );
}

#[test]
fn a_path_without_a_script_is_not_found_and_bodies_are_recorded() {
    let server = FaultServer::http();
    let answer = exchange(&server, "POST /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(answer.contains("\"reason\":\"NotFound\""), "{answer}");
    let requests = server.requests();
    assert_eq!((requests[0].method.as_str(), requests[0].body.as_slice()), ("POST", b"body".as_slice()));
}

#[test]
fn a_body_can_be_cut_off_truncated_late_or_missing() {
    let server = FaultServer::http();
    let whole = Reply::text(200, "application/json", "0123456789");
    server.on("/cut", [whole.clone().cut_after(4)]);
    server.on("/truncated", [whole.clone().truncated(4)]);
    server.on("/late", [whole.header("retry-after", "7").delay(Duration::from_millis(300))]);
    server.on("/nothing", [Reply::nothing()]);
    assert!(exchange(&server, &get("/cut")).ends_with("content-length: 10\r\n\r\n0123"));
    assert!(exchange(&server, &get("/truncated")).ends_with("content-length: 4\r\n\r\n0123"));
    let start = Instant::now();
    assert!(exchange(&server, &get("/late")).contains("retry-after: 7\r\n"));
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(exchange(&server, &get("/nothing")), "");
}

#[test]
fn https_is_trusted_by_its_certificate_only() {
    let server = FaultServer::https();
    server.on("/version", [Reply::json(200, &json!({"gitVersion": "v1.36.3"}))]);
    let mut roots = rustls::RootCertStore::empty();
    let request = |roots: rustls::RootCertStore| {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = "localhost".try_into().unwrap();
        let connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, TcpStream::connect(server.address).unwrap());
        stream.write_all(get("/version").as_bytes())?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).map(|()| answer)
    };
    let refused = request(roots.clone()).unwrap_err().to_string();
    assert!(refused.contains("UnknownIssuer"), "{refused}");
    use rustls::pki_types::pem::PemObject;
    let own = rustls::pki_types::CertificateDer::from_pem_slice(server.ca_pem().unwrap().as_bytes()).unwrap();
    roots.add(own).unwrap();
    assert_eq!(&request(roots).unwrap(), b"HTTP/1.1 200");
    assert!(server.url().starts_with("https://127.0.0.1:"));
    assert!(server.kubeconfig().contains("insecure-skip-tls-verify: true"));
}

#[test]
fn a_stopped_server_takes_no_connection() {
    let server = FaultServer::http();
    let address = server.address;
    drop(server);
    let deadline = Instant::now() + Duration::from_secs(5);
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "the port is still open");
        thread::sleep(Duration::from_millis(10));
    }
}
