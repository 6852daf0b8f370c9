//! What is seen at one target.

use std::time::Duration;

use tokio::time::Instant;

use super::targets::Target;
use crate::connections::{
    Answer, Certificate, ChainProblem, DialFailure, HandshakeFailure, Secured, TlsVersion, Trust, accepts,
    ask, ask_http2, dial, handshake,
};

/// How long one connection may take until its handshake is done.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is seen at one target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Why there is no connection.
    pub dial: Option<DialFailure>,
    /// What came of the handshake; `None` where none was tried.
    pub tls: Option<Result<Tls, HandshakeFailure>>,
    /// What came back to a request.
    pub answer: Option<Answer>,
    /// The versions that the server accepts, where they were tried.
    pub versions: Option<Vec<TlsVersion>>,
}

/// What a handshake shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The application protocol that the server chose.
    pub alpn: Option<String>,
    /// Its certificate, where it can be read.
    pub certificate: Option<Certificate>,
    /// What is wrong with its chain.
    pub chain: Option<ChainProblem>,
}

/// Dials a target, shakes hands where TLS is expected, and sends one request.
pub async fn probe(target: &Target, trust: &Trust, with_versions: bool, now: i64, until: Instant) -> Seen {
    let patience = until.min(Instant::now() + PATIENCE);
    let mut stream = match dial(target.address, patience).await {
        Ok(stream) => stream,
        Err(failure) => return Seen { dial: Some(failure), ..Seen::default() },
    };
    let host = target.server_name.clone().unwrap_or_else(|| target.address.ip().to_string());
    if !target.expected.is_tls {
        let answer = ask(&mut stream, &host, until).await;
        let tls = match answer {
            // Servers answer plaintext with an alert, or close.
            Answer::Tls | Answer::Closed | Answer::Silent => again(target, patience).await,
            Answer::Http { .. } | Answer::Other => None,
        };
        return Seen {
            answer: Some(answer),
            tls: tls.map(|secured| Ok(read(&secured, trust, now))),
            ..Seen::default()
        };
    }
    let (seen, versions) =
        tokio::join!(secure(stream, target, trust, &host, now, (patience, until)), async {
            match with_versions {
                true => Some(versions(target, patience).await),
                false => None,
            }
        });
    Seen { versions, ..seen }
}

async fn secure(
    stream: tokio::net::TcpStream,
    target: &Target,
    trust: &Trust,
    host: &str,
    now: i64,
    (patience, until): (Instant, Instant),
) -> Seen {
    let mut secured = match handshake(stream, target.server_name.as_deref(), patience).await {
        Ok(secured) => secured,
        Err(failure) => return Seen { tls: Some(Err(failure)), ..Seen::default() },
    };
    let tls = read(&secured, trust, now);
    let answer = match tls.alpn.as_deref() {
        Some("h2") => ask_http2(&mut secured.stream, until).await,
        _ => ask(&mut secured.stream, host, until).await,
    };
    Seen { tls: Some(Ok(tls)), answer: Some(answer), ..Seen::default() }
}

/// Tries TLS where plaintext was expected.
async fn again(target: &Target, until: Instant) -> Option<Secured> {
    let stream = dial(target.address, until).await.ok()?;
    handshake(stream, target.server_name.as_deref(), until).await.ok()
}

fn read(secured: &Secured, trust: &Trust, now: i64) -> Tls {
    let certificate = secured.certificates.first().and_then(|own| Certificate::read(own, now));
    let chain = certificate.as_ref().and_then(|own| trust.problem(&secured.certificates, own));
    Tls { alpn: secured.protocol.clone(), certificate, chain }
}

async fn versions(target: &Target, until: Instant) -> Vec<TlsVersion> {
    let name = target.server_name.as_deref();
    let tries = TlsVersion::ALL.map(|version| accepts(target.address, name, version, until));
    let accepted = futures::future::join_all(tries).await;
    let found = TlsVersion::ALL.into_iter().zip(accepted);
    found.filter(|(_, accepted)| *accepted == Some(true)).map(|(version, _)| version).collect()
}
