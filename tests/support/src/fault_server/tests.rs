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
fn other_paths_have_a_script_of_their_own_and_requests_can_be_waited_for() {
    let server = FaultServer::http();
    server.otherwise([Reply::raw("SSH-2.0\r\n"), Reply::empty(204)]);
    server.on("/known", [Reply::status(409, "Conflict", "no")]);
    assert_eq!(exchange(&server, &[get("/any"), get("/after")].concat()), "SSH-2.0\r\n");
    assert!(exchange(&server, &get("/known")).starts_with("HTTP/1.1 409"));
    let asking = thread::scope(|scope| {
        let waiting = scope.spawn(|| server.wait_for_requests(3));
        assert_eq!(exchange(&server, &get("/other?a=b")), "HTTP/1.1 204 Status\r\ncontent-length: 0\r\n\r\n");
        waiting.join().unwrap()
    });
    let lines: Vec<_> = asking.iter().map(|request| request.line.as_str()).collect();
    assert_eq!(lines, ["GET /any HTTP/1.1", "GET /known HTTP/1.1", "GET /other?a=b HTTP/1.1"]);
    assert_eq!(asking[2].target(), "/other?a=b");
}

#[test]
fn a_body_can_come_in_pieces_or_end_with_the_connection() {
    let server = FaultServer::http();
    let text = || Reply::text(200, "text/plain", "12345");
    server.on("/pieces", [text().in_pieces_of(2, Duration::from_millis(50))]);
    server.on("/open", [text().without_length().hold(Duration::from_millis(100))]);
    let start = Instant::now();
    assert!(exchange(&server, &get("/pieces")).ends_with("content-length: 5\r\n\r\n12345"));
    assert!(start.elapsed() >= Duration::from_millis(150), "three pauses: {:?}", start.elapsed());
    let start = Instant::now();
    let answer = exchange(&server, &get("/open"));
    assert!(answer.ends_with("connection: close\r\n\r\n12345") && !answer.contains("length"), "{answer}");
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[test]
fn what_is_not_http_is_answered_as_go_does_it() {
    let answer = exchange(&FaultServer::http(), "\u{16}\u{3}\u{1}hello\n and no more");
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n400 Bad Request"), "{answer}");
}

#[test]
fn a_tunnel_leads_to_another_server() {
    let (proxy, server) = (FaultServer::http(), FaultServer::http());
    proxy.otherwise([Reply::tunnel(server.port())]);
    server.on("/far", [Reply::text(200, "text/plain", "far")]);
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    stream.write_all(b"CONNECT a.example:443 HTTP/1.1\r\nx: 1\r\nX: 2\r\n\r\n").unwrap();
    let opened = b"HTTP/1.1 200 Status\r\n\r\n";
    let mut answer = [0; 23];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, opened);
    stream.write_all(get("/far").as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("\r\n\r\nfar"), "{rest}");
    assert_eq!((proxy.requests()[0].path.as_str(), server.count("/far")), ("a.example:443", 1));
    assert_eq!(proxy.requests()[0].headers_named("x"), ["1", "2"]);
}

#[test]
fn a_certificate_of_an_authority_of_ones_own_may_have_expired() {
    use rustls::pki_types::UnixTime;
    let authority = Authority::new().unwrap();
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_704_153_600);
    let server = FaultServer::https_signed(&authority, &["127.0.0.1"], end);
    assert_eq!(server.ca_pem(), Some(authority.identity().certificate.as_str()));
    let error = handshake(&server, "127.0.0.1").unwrap_err();
    let error = error.get_ref().unwrap().downcast_ref::<rustls::Error>().unwrap();
    let rustls::Error::InvalidCertificate(rustls::CertificateError::ExpiredContext { not_after, .. }) = error
    else {
        panic!("{error}");
    };
    assert_eq!(*not_after, UnixTime::since_unix_epoch(Duration::from_secs(1_704_153_600)));
}

/// Greets a server under a name, trusting its own authority.
fn handshake(server: &FaultServer, name: &'static str) -> std::io::Result<()> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(server.ca_pem().unwrap().as_bytes()).unwrap()).unwrap();
    let mut stream = encrypted(server, roots, name);
    stream.write_all(get("/").as_bytes())
}

fn encrypted(
    server: &FaultServer,
    roots: rustls::RootCertStore,
    name: &'static str,
) -> rustls::StreamOwned<rustls::ClientConnection, TcpStream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = rustls::ClientConnection::new(Arc::new(config), name.try_into().unwrap()).unwrap();
    rustls::StreamOwned::new(connection, TcpStream::connect(server.address).unwrap())
}

#[test]
fn https_is_trusted_by_its_certificate_only() {
    let server = FaultServer::https();
    server.on("/version", [Reply::json(200, &json!({"gitVersion": "v1.36.3"}))]);
    let mut roots = rustls::RootCertStore::empty();
    let request = |roots: rustls::RootCertStore| {
        let mut stream = encrypted(&server, roots, "localhost");
        stream.write_all(get("/version").as_bytes())?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).map(|()| answer)
    };
    let refused = request(roots.clone()).unwrap_err().to_string();
    assert!(refused.contains("UnknownIssuer"), "{refused}");
    let own = CertificateDer::from_pem_slice(server.ca_pem().unwrap().as_bytes()).unwrap();
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
    let deadline = Instant::now() + LIMIT;
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "the port is still open");
        thread::sleep(Duration::from_millis(10));
    }
}
