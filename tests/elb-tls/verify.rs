//! `verify` against servers on loopback.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use ::support::{Output, TestEnv, fresh_namespace, has_tool};
use serde_json::{Value, json};

use crate::{
    servers::{Authority, Manner, NAME, serve},
    support::{ARN, CLASSIC_HOST, administrator, create, set_hostname},
};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// A Service that is TLS on 443 and plaintext on 80, with a hostname that nobody resolves.
fn namespace() -> &'static str {
    static NAMESPACE: OnceLock<String> = OnceLock::new();
    NAMESPACE.get_or_init(|| {
        let namespace = fresh_namespace("verify");
        let policy = ("ssl-negotiation-policy", "ELBSecurityPolicy-TLS-1-2-2017-01");
        create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443"), policy]);
        set_hostname(&namespace, CLASSIC_HOST);
        namespace
    })
}

fn verify(env: &TestEnv, port: &str, address: SocketAddr, words: &[&str]) -> Output {
    let address = address.to_string();
    let all = ["elb-tls", "verify", "nodejs", "-n", namespace(), "--port", port, "--address", &address];
    env.run("kubectl", [&all[..], words].concat())
}

fn codes(item: &Value) -> Vec<&str> {
    let problems = item["problems"].as_array().expect("problems");
    problems.iter().map(|problem| problem["code"].as_str().unwrap_or_default()).collect()
}

/// Verifies a TLS server with the name and without one, and returns the verdict and problems of the first.
fn secure(address: SocketAddr, authority: &Authority, status: i32) -> (Value, Vec<String>) {
    let env = administrator();
    let file = authority.file(&env);
    let words = ["--servername", NAME, "-o", "json", "--ca", file.to_str().expect("a path in UTF-8")];
    let report = verify(&env, "443", address, &words).exits(status).json();
    let items = report["items"].as_array().expect("items");
    assert_eq!(
        (&report["kind"], items.len(), &items[0]["serverName"], &items[1]["serverName"]),
        (&json!("VerifyReport"), 2, &json!(NAME), &Value::Null)
    );
    (items[0].clone(), codes(&items[0]).into_iter().map(str::to_owned).collect())
}

#[test]
fn a_good_certificate_and_what_can_be_wrong_with_one() {
    let authority = Authority::new();
    let (item, problems) =
        secure(serve("127.0.0.1:0", Manner::Tls(authority.sign(&[NAME], (2020, 2090)), OK)), &authority, 0);
    assert_eq!((&item["verdict"], problems.len()), (&json!("Ok"), 0), "{item:#}");
    assert_eq!(
        (
            &item["certificate"]["subject"],
            &item["certificate"]["issuer"],
            &item["certificate"]["names"],
            &item["certificate"]["key"]
        ),
        (&json!("CN=web"), &json!("CN=test authority"), &json!([NAME]), &json!("ECDSA P-256"))
    );
    assert_eq!((&item["port"], &item["versions"]), (&json!(443), &Value::Null));
    let other = Authority::new();
    for (served, code) in [
        (authority.sign(&[NAME], (2020, 2024)), "Expired"),
        (authority.sign(&[NAME], (2080, 2090)), "NotValidYet"),
        (authority.sign(&["other.example.com"], (2020, 2090)), "WrongName"),
        (authority.sign_indirectly(false), "ChainIncomplete"),
        (other.sign_indirectly(true), "UnknownAuthority"),
    ] {
        let (item, problems) = secure(serve("127.0.0.1:0", Manner::Tls(served, OK)), &authority, 3);
        assert_eq!((&item["verdict"], problems), (&json!("Mismatch"), vec![code.to_owned()]), "{item:#}");
    }
    let complete = serve("127.0.0.1:0", Manner::Tls(authority.sign_indirectly(true), OK));
    assert_eq!(secure(complete, &authority, 0).1, [""; 0]);
}

#[test]
fn other_servers_than_expected() {
    let authority = Authority::new();
    let good = || authority.sign(&[NAME], (2020, 2090));
    let looping = "HTTP/1.1 301 Moved Permanently\r\nLocation: https://web.example.com/\r\n\r\n";
    for (manner, verdict, code, status) in [
        (Manner::Plain(OK), "Mismatch", "NoTls", 3),
        (Manner::Closing, "Mismatch", "Closed", 3),
        (Manner::Tls(good(), looping), "Mismatch", "RedirectLoop", 3),
        (Manner::Tls(good(), ""), "Ok", "BackendSilent", 0),
    ] {
        let (item, problems) = secure(serve("127.0.0.1:0", manner), &authority, status);
        // Who closes before everything is read resets.
        let problems = problems.first().map(|first| first.replace("Reset", "Closed"));
        assert_eq!((&item["verdict"], problems.as_deref()), (&json!(verdict), Some(code)), "{item:#}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    assert_eq!(secure(closed, &authority, 3).1, ["Refused"]);
    let six = serve("[::1]:0", Manner::Tls(good(), OK));
    assert_eq!(secure(six, &authority, 0).0["address"], six.to_string());
}

#[test]
fn servers_that_want_the_proxy_protocol() {
    let authority = Authority::new();
    let good = || authority.sign(&[NAME], (2020, 2090));
    let before_tls = serve("127.0.0.1:0", Manner::ProxyThenTls(good()));
    let (item, problems) = secure(before_tls, &authority, 3);
    let problems: Vec<_> = problems.iter().map(|code| code.replace("Reset", "Closed")).collect();
    assert_eq!((&item["verdict"], problems), (&json!("Mismatch"), vec!["Closed".to_owned()]), "{item:#}");
    // It is the header that this server wants: with one, of either version, TLS begins, and ends with an alert at nonsense.
    for header in [
        &b"PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n"[..],
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\0\x01\x01\xbb",
    ] {
        let mut stream = TcpStream::connect(before_tls).expect("a connection");
        stream.write_all(&[header, &[0; 16]].concat()).expect("a header to send");
        let mut first = [0];
        stream.read_exact(&mut first).expect("an alert");
        assert_eq!(first, [0x15]);
    }
    let (item, problems) = secure(serve("127.0.0.1:0", Manner::TlsBeforeProxy(good())), &authority, 0);
    assert_eq!((&item["verdict"], problems), (&json!("Ok"), vec!["BackendSilent".to_owned()]), "{item:#}");
    let message = item["problems"][0]["message"].as_str().expect("a message");
    assert!(message.ends_with("pods that expect the PROXY protocol do so without it"), "{message}");
}

#[test]
fn backends_that_the_proxy_protocol_confuses() {
    let authority = Authority::new();
    let namespace = fresh_namespace("verify");
    create(&namespace, &[("ssl-cert", ARN), ("ssl-ports", "443"), ("proxy-protocol", "*")]);
    set_hostname(&namespace, CLASSIC_HOST);
    let refused = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    let served = authority.sign(&[NAME], (2020, 2090));
    let address = serve("127.0.0.1:0", Manner::Tls(served, refused)).to_string();
    let env = administrator();
    let file = authority.file(&env);
    let words = ["--port", "443", "--address", &address, "--ca", file.to_str().expect("a path in UTF-8")];
    let verify = ["elb-tls", "verify", "nodejs", "-n", &namespace, "--servername", NAME, "-o", "json"];
    let report = env.run("kubectl", [&verify[..], &words].concat()).exits(0).json();
    assert_eq!(codes(&report["items"][0]), ["ProxyProtocol"], "{report:#}");
}

#[test]
fn plaintext_ports() {
    let authority = Authority::new();
    let redirect = "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://web.example.com/\r\n\r\n";
    let served = authority.sign(&[NAME], (2020, 2090));
    for (manner, verdict, code, status) in [
        (Manner::Plain(OK), "Ok", "Plaintext", 0),
        (Manner::Plain(redirect), "Ok", "RedirectsToHttps", 0),
        (Manner::Closing, "Ok", "BackendSilent", 0),
        (Manner::Tls(served, OK), "Mismatch", "UnexpectedTls", 3),
    ] {
        let address = serve("127.0.0.1:0", manner);
        let report = verify(&administrator(), "80", address, &["-o", "json"]).exits(status).json();
        let item = &report["items"][0];
        assert_eq!((&item["verdict"], codes(item)), (&json!(verdict), vec![code]), "{item:#}");
    }
}

#[test]
fn hostile_servers_are_given_up_on() {
    let authority = Authority::new();
    for (manner, verdict, status) in [
        (Manner::Silent, "TimedOut", 4),
        (Manner::HalfOpen, "TimedOut", 4),
        (Manner::Dripping, "TimedOut", 4),
        (Manner::Garbage, "Mismatch", 3),
    ] {
        let (item, problems) = secure(serve("127.0.0.1:0", manner), &authority, status);
        assert_eq!((&item["verdict"], problems.len()), (&json!(verdict), 1), "{item:#}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let env = administrator();
    let run = |words: &[&str]| env.run("kubectl", [&["elb-tls", "verify"], words].concat());
    let output = run(&["nodejs", "-n", namespace(), "--address", "127.0.0.1:1"]).exits(2);
    assert!(output.stderr.starts_with("error: --address needs --port"), "{output}");
    let output = run(&["nodejs", "-n", namespace(), "--port", "8443"]).exits(2);
    assert_eq!(output.stderr, "error: service/nodejs has no TCP port 8443\n");
    let output = run(&["nodejs", "-n", namespace(), "--ca", "absent.pem"]).exits(1);
    assert!(output.stderr.starts_with("error: --ca absent.pem: "), "{output}");
    // Nobody resolves the hostname of a load balancer that there never was.
    let output = run(&["nodejs", "-n", namespace()]).exits(4);
    assert!(output.stderr.starts_with(&format!("error: {CLASSIC_HOST} ")), "{output}");
    let bare = fresh_namespace("verify");
    create(&bare, &[]);
    let output = run(&["nodejs", "-n", &bare]).exits(4);
    let said = format!(
        "error: service/nodejs has no hostname yet\nhint: wait for it with: kubectl elb-tls wait nodejs -n {bare} --for hostname\n"
    );
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said.as_str()));
}

/// A server of OpenSSL, which speaks one version or several.
struct OpenSsl {
    child: Child,
    address: SocketAddr,
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn openssl(arguments: &[&str]) -> Command {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn openssl_server(env: &TestEnv, key: &str, flags: &[&str]) -> OpenSsl {
    let (own, certificate) = (env.home().join("key.pem"), env.home().join("cert.pem"));
    let (own, certificate) = (own.to_str().expect("a path"), certificate.to_str().expect("a path"));
    let subject = "/CN=web.example.com";
    let made = openssl(&[
        "req",
        "-x509",
        "-newkey",
        key,
        "-nodes",
        "-keyout",
        own,
        "-out",
        certificate,
        "-subj",
        subject,
        "-addext",
        "subjectAltName=DNS:web.example.com",
        "-days",
        "365",
    ]);
    assert!({ made }.status().expect("openssl").success());
    for _ in 0..20 {
        // A port that was free a moment ago may be another's by now.
        let free =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
        let port = free.port().to_string();
        let words = [
            "s_server",
            "-accept",
            &port,
            "-key",
            own,
            "-cert",
            certificate,
            "-www",
            "-quiet",
            "-cipher",
            "ALL:@SECLEVEL=0",
        ];
        let mut child = openssl(&[&words[..], flags].concat()).spawn().expect("openssl");
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline && child.try_wait().expect("a status").is_none() {
            if TcpStream::connect(free).is_ok() {
                return OpenSsl { child, address: free };
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
    panic!("openssl s_server does not listen");
}

#[test]
fn versions_are_those_that_openssl_finds() {
    let is_here = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
    if !has_tool("openssl", is_here) {
        return;
    }
    let cases: [(&str, &[&str]); 6] = [
        ("rsa:2048", &["-tls1"]),
        ("rsa:2048", &["-tls1_1"]),
        ("rsa:2048", &["-tls1_2"]),
        ("rsa:2048", &["-tls1_3"]),
        ("rsa:4096", &["-no_tls1_3"]),
        ("rsa:2048", &[]),
    ];
    for (key, flags) in cases {
        let env = administrator();
        let server = openssl_server(&env, key, flags);
        let address = server.address.to_string();
        let expected = [("1.0", "-tls1"), ("1.1", "-tls1_1"), ("1.2", "-tls1_2"), ("1.3", "-tls1_3")];
        let expected = expected.into_iter().filter(|(_, flag)| {
            let words = ["s_client", "-connect", &address, *flag, "-cipher", "ALL:@SECLEVEL=0"];
            openssl(&words).status().expect("openssl").success()
        });
        let expected: Vec<&str> = expected.map(|(version, _)| version).collect();
        let output = verify(&env, "443", server.address, &["--probe-versions", "-o", "json"]);
        let report = output.json();
        let item = &report["items"][0];
        assert_eq!(item["versions"], json!(expected), "{flags:?}: {output}");
        // The policy of the Service is one of TLS 1.2.
        assert_eq!(codes(item).contains(&"VersionsDiffer"), expected != ["1.2"], "{output}");
        if expected.contains(&"1.2") {
            assert_eq!(item["certificate"]["key"], key.replace("rsa:", "RSA "), "{output}");
            assert!(codes(item).contains(&"SelfSigned"), "{output}");
        }
    }
}
