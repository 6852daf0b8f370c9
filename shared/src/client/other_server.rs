//! Servers that are no API server, such as etcd, over the same transport: TLS, timeouts and Go's words for failures.

use std::{error::Error as StdError, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Uri, header::CONTENT_TYPE};
use http_body_util::BodyExt as _;
use kube::client::Body;
use rustls::{AlertDescription, CertificateError};
use secrecy::SecretString;

use super::{
    config::authorities,
    errors::{Identity, Reporter, causes, host_of},
    transport::{AnswerBody, ClientCertificate, Settings, Transport, Trust, UNUSABLE},
};
use crate::{Error, Result, cli::ExitStatus};

/// How long a server may send nothing at all.
const SILENCE: Duration = Duration::from_secs(60);

/// Certificates for such a server, PEM.
#[derive(Clone, Debug, Default)]
pub struct Certificates {
    /// The authorities to trust, and nobody else; without them those of the operating system.
    pub authority: Option<Vec<u8>>,
    /// The certificate to show, and its private key.
    pub client: Option<(Vec<u8>, String)>,
}

/// What kept an answer from coming, as far as it decides what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody listens there, or nobody answers.
    Unreachable,
    /// It speaks something else than TLS.
    NoTls,
    /// Its certificate is signed by somebody else, or no longer valid.
    Untrusted,
    /// Its certificate is for another name.
    OtherName,
    /// It refuses the certificate we show, or that we show none.
    CertificateRefused,
    /// The answer broke off, or did not begin.
    CutShort,
}

/// A request without an answer, or one whose answer broke off.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What kind of failure it is.
    pub trouble: Trouble,
    /// What happened, in Go's words.
    pub sentence: String,
}

/// A server that is no API server.
pub struct OtherServer {
    transport: Transport,
    reporter: Reporter,
}

/// An answer, whatever its status, whose body is read piece by piece.
pub struct Reply {
    /// The HTTP status code.
    pub status: u16,
    body: AnswerBody,
    reporter: Reporter,
}

impl OtherServer {
    /// Reads the certificates; opens nothing yet.
    ///
    /// # Errors
    /// An address that is none, and certificates or keys that can't be used.
    pub fn new(address: &str, certificates: &Certificates) -> Result<Self> {
        let server: Uri =
            address.parse().map_err(|error| Error::usage(format!("{address:?} is no address: {error}")))?;
        if !matches!(server.scheme_str(), Some("http" | "https")) || server.host().is_none() {
            return Err(Error::usage(format!("{address:?} is no address such as https://127.0.0.1:2379")));
        }
        let trust = match &certificates.authority {
            None => Trust::System,
            Some(pem) => Trust::Authorities(authorities(pem)),
        };
        if trust == Trust::Authorities(Vec::new()) {
            return Err(Error::new("the certificate authority holds no PEM block CERTIFICATE"));
        }
        let identity = certificates.client.as_ref().map(|(certificate, key)| ClientCertificate {
            certificate: certificate.clone(),
            key: SecretString::from(key.clone()),
        });
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let reporter = Reporter {
            host: host_of(&server),
            proxy: None,
            identity: Identity::Anonymous,
            unreachable_hint: None,
        };
        let settings =
            Settings { server, proxy: None, headers, compression: false, trust, server_name: None, identity };
        let transport = Transport::new(&settings).map_err(|error| {
            // The settings came from no kubeconfig.
            let sentence = error.sentence();
            let why = sentence.strip_prefix(UNUSABLE).unwrap_or(sentence);
            Error::new(format!("the certificates can't be used: {why}")).with_status(ExitStatus::Failure)
        })?;
        Ok(Self { transport, reporter })
    }

    /// Asks for a path.
    ///
    /// # Errors
    /// What kept an answer from coming.
    pub async fn get(&self, path: &str) -> Result<Reply, Failure> {
        self.send(Method::GET, path, Vec::new()).await
    }

    /// Sends JSON to a path.
    ///
    /// # Errors
    /// What kept an answer from coming.
    pub async fn post(&self, path: &str, json: &serde_json::Value) -> Result<Reply, Failure> {
        self.send(Method::POST, path, json.to_string().into_bytes()).await
    }

    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Reply, Failure> {
        let request = Request::builder().method(method).uri(path).body(Body::from(body));
        let request = request.map_err(|error| failure(&self.reporter, &error, Trouble::Unreachable))?;
        let sent = tokio::time::timeout(SILENCE, self.transport.send(request));
        let response = sent
            .await
            .map_err(|_| silent(&self.reporter))?
            .map_err(|error| failure(&self.reporter, error.as_ref(), Trouble::Unreachable))?;
        let (parts, body) = response.into_parts();
        Ok(Reply { status: parts.status.as_u16(), body, reporter: self.reporter.clone() })
    }
}

impl Reply {
    /// Returns the next piece of the body; none at its end.
    ///
    /// # Errors
    /// A body that breaks off.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            let frame = tokio::time::timeout(SILENCE, self.body.frame());
            let Some(frame) = frame.await.map_err(|_| silent(&self.reporter))? else { return Ok(None) };
            let frame = frame.map_err(|error| failure(&self.reporter, error.as_ref(), Trouble::CutShort))?;
            if let Ok(data) = frame.into_data() {
                return Ok(Some(data));
            }
        }
    }

    /// Reads the body, but no more of it than `limit` bytes.
    ///
    /// # Errors
    /// A body that breaks off.
    pub async fn text(mut self, limit: usize) -> Result<String, Failure> {
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await? {
            let room = limit - whole.len();
            whole.extend_from_slice(&piece[..piece.len().min(room)]);
            if whole.len() == limit {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&whole).into_owned())
    }
}

fn failure(reporter: &Reporter, error: &(dyn StdError + 'static), otherwise: Trouble) -> Failure {
    let of_tls = causes(error).into_iter().find_map(|error| error.downcast_ref::<rustls::Error>());
    let trouble = match of_tls {
        Some(rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => Trouble::OtherName,
        Some(rustls::Error::InvalidCertificate(_)) => Trouble::Untrusted,
        Some(rustls::Error::InvalidMessage(_)) => Trouble::NoTls,
        Some(rustls::Error::AlertReceived(alert)) if is_about_us(*alert) => Trouble::CertificateRefused,
        _ if Reporter::is_connection_lost(error) => Trouble::CutShort,
        _ => otherwise,
    };
    let explained = reporter.transport(error);
    let sentence = explained.sentence();
    let sentence = sentence.strip_prefix("Unable to connect to the server: ").unwrap_or(sentence).to_owned();
    Failure { trouble, sentence }
}

fn silent(reporter: &Reporter) -> Failure {
    let sentence = format!("{} sent nothing for {} s", reporter.host, SILENCE.as_secs());
    Failure { trouble: Trouble::Unreachable, sentence }
}

/// Returns whether an alert says that our certificate is missing or not accepted (`crypto/tls/handshake_server.go`).
fn is_about_us(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::HandshakeFailure
    )
}
