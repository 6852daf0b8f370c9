//! Servers on loopback, as load balancers may be: with all kinds of certificates, and hostile ones.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    sync::Arc,
    thread,
    time::Duration,
};

use ::support::TestEnv;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};

/// The name that certificates are for.
pub const NAME: &str = "web.example.com";

/// An authority that a client may trust, and what it signs.
pub struct Authority {
    parameters: CertificateParams,
    key: KeyPair,
    certificate: rcgen::Certificate,
}

/// A certificate to be served: its chain and key.
pub struct Served {
    /// The chain, the server's own first.
    pub chain: Vec<CertificateDer<'static>>,
    /// The key of the first.
    pub key: KeyPair,
}

fn parameters(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.not_before = date_time_ymd(2020, 1, 1);
    parameters.not_after = date_time_ymd(2090, 1, 1);
    parameters
}

fn authority_parameters(name: &str) -> CertificateParams {
    let mut parameters = parameters(name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    parameters
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

impl Authority {
    /// A new authority.
    pub fn new() -> Self {
        let (parameters, key) = (authority_parameters("test authority"), key());
        let certificate = parameters.self_signed(&key).expect("a certificate");
        Self { parameters, key, certificate }
    }

    /// Writes its certificate to a file.
    pub fn file(&self, env: &TestEnv) -> PathBuf {
        env.file("ca.pem", self.certificate.pem())
    }

    /// Signs a certificate for some names, which ends on the first day of a year.
    pub fn sign(&self, names: &[&str], years: (i32, i32)) -> Box<Served> {
        let mut parameters = parameters("web");
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        parameters.subject_alt_names = CertificateParams::new(names).expect("names").subject_alt_names;
        parameters.not_before = date_time_ymd(years.0, 1, 1);
        parameters.not_after = date_time_ymd(years.1, 1, 1);
        let key = key();
        let issuer = Issuer::from_params(&self.parameters, &self.key);
        let certificate = parameters.signed_by(&key, &issuer).expect("a certificate");
        Box::new(Served { chain: vec![certificate.der().clone()], key })
    }

    /// Signs a certificate by way of another authority, whose certificate is served with it or not.
    pub fn sign_indirectly(&self, is_complete: bool) -> Box<Served> {
        let (parameters, own_key) = (authority_parameters("between"), key());
        let issuer = Issuer::from_params(&self.parameters, &self.key);
        let certificate = parameters.signed_by(&own_key, &issuer).expect("a certificate");
        let between = certificate.der().clone();
        let other = Self { parameters, key: own_key, certificate };
        let mut served = other.sign(&[NAME], (2020, 2090));
        served.chain.extend(is_complete.then_some(between));
        served
    }
}

/// What a server does with a connection.
pub enum Manner {
    /// Speaks TLS, and answers the first request.
    Tls(Box<Served>, &'static str),
    /// Speaks TLS to clients that send the PROXY protocol first, version 1 or 2, and closes on others.
    ProxyThenTls(Box<Served>),
    /// Ends TLS before a backend that wants the PROXY protocol, without sending it.
    TlsBeforeProxy(Box<Served>),
    /// Answers the first request in plaintext.
    Plain(&'static str),
    /// Says nothing.
    Silent,
    /// Closes at once.
    Closing,
    /// Sends bytes that mean nothing, without an end.
    Garbage,
    /// Sends one byte of a handshake after the other, slowly.
    Dripping,
    /// Begins a record and stops.
    HalfOpen,
}

/// Starts a server, which lives as long as the test.
pub fn serve(address: &str, manner: Manner) -> SocketAddr {
    let listener = TcpListener::bind(address).expect("a port");
    let bound = listener.local_addr().expect("an address");
    let manner = Arc::new(prepared(manner));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let manner = Arc::clone(&manner);
            thread::spawn(move || manner(stream));
        }
    });
    bound
}

type Handler = Box<dyn Fn(TcpStream) + Send + Sync>;

fn prepared(manner: Manner) -> Handler {
    match manner {
        Manner::Tls(served, answer) => {
            let config = config(*served);
            Box::new(move |stream| {
                answer_once(&mut session(&config, stream), answer);
            })
        }
        Manner::ProxyThenTls(served) => {
            let config = config(*served);
            Box::new(move |mut stream| {
                if reads_proxy_header(&mut stream) {
                    answer_once(&mut session(&config, stream), "HTTP/1.1 200 OK\r\n\r\n");
                }
            })
        }
        Manner::TlsBeforeProxy(served) => {
            let config = config(*served);
            Box::new(move |stream| {
                let mut session = session(&config, stream);
                if reads_proxy_header(&mut session) {
                    answer_once(&mut session, "HTTP/1.1 200 OK\r\n\r\n");
                }
            })
        }
        // Whatever it gets, as a server of HTTP answers what it can't read.
        Manner::Plain(answer) => Box::new(move |mut stream| {
            if matches!(stream.read(&mut [0; 4096]), Ok(1..)) {
                let _ = stream.write_all(answer.as_bytes());
            }
        }),
        Manner::Silent => Box::new(|mut stream| {
            let _ = stream.read(&mut [0; 1024]);
            thread::sleep(Duration::from_secs(60));
        }),
        Manner::Closing => Box::new(drop),
        Manner::Garbage => Box::new(|mut stream| while stream.write_all(&[0x41; 4096]).is_ok() {}),
        Manner::Dripping => Box::new(|mut stream| {
            // A handshake record of 16 KiB that never comes to its end.
            let head = [0x16, 3, 3, 0x40, 0, 2, 0, 0x3f, 0xfc];
            for byte in head.into_iter().chain(std::iter::repeat(0)) {
                if stream.write_all(&[byte]).is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(100));
            }
        }),
        Manner::HalfOpen => Box::new(|mut stream| {
            let _ = stream.write_all(&[0x16, 3, 3]);
            thread::sleep(Duration::from_secs(60));
        }),
    }
}

fn config(served: Served) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::try_from(served.key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(served.chain, key)
        .expect("a certificate");
    Arc::new(config)
}

fn session(config: &Arc<ServerConfig>, stream: TcpStream) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(Arc::clone(config)).expect("a session"), stream)
}

/// Reads a header of the PROXY protocol (<https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>), and returns whether
/// there was one.
fn reads_proxy_header(stream: &mut impl Read) -> bool {
    const VERSION_2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
    let mut head = [0; 16];
    if stream.read_exact(&mut head).is_err() {
        return false;
    }
    if head.starts_with(VERSION_2) {
        let length = u16::from_be_bytes([head[14], head[15]]);
        return stream.read_exact(&mut vec![0; length.into()]).is_ok();
    }
    let mut byte = [0];
    let mut last = head[15];
    let is_first = head.starts_with(b"PROXY ");
    while is_first && stream.read_exact(&mut byte).is_ok() {
        if [last, byte[0]] == *b"\r\n" {
            return true;
        }
        last = byte[0];
    }
    false
}

fn answer_once(stream: &mut (impl Read + Write), answer: &str) {
    let mut got = Vec::new();
    let mut buffer = [0; 1024];
    while !got.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => got.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let _ = stream.write_all(answer.as_bytes());
    let _ = stream.flush();
}
