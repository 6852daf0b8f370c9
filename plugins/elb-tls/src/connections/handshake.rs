//! TLS handshakes that take any certificate: what is wrong with it is judged afterward, and told apart.

use std::{
    io::{self, ErrorKind},
    sync::{Arc, LazyLock},
};

use rustls::{
    AlertDescription, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// The application protocols that are offered.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// A connection with TLS.
#[derive(Debug)]
pub struct Secured {
    /// The connection.
    pub stream: TlsStream<TcpStream>,
    /// The certificates as the server sent them, its own first.
    pub certificates: Vec<CertificateDer<'static>>,
    /// The application protocol that it chose.
    pub protocol: Option<String>,
}

/// Why there is no TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandshakeFailure {
    /// The peer speaks something else.
    NotTls,
    /// It refuses every version or cipher that is offered.
    NoCommonVersion,
    /// It sends another alert.
    Alert(String),
    /// It closes the connection.
    Closed,
    /// It resets the connection.
    Reset,
    /// It says nothing, or too little.
    TimedOut,
    /// It breaks the rules of TLS.
    Broken(String),
}

/// Shakes hands, with or without a server name.
///
/// # Errors
/// Why that is impossible.
pub async fn handshake(
    stream: TcpStream,
    server_name: Option<&str>,
    until: Instant,
) -> Result<Secured, HandshakeFailure> {
    static CONFIG: LazyLock<Result<Arc<ClientConfig>, String>> = LazyLock::new(config);
    let config = CONFIG.clone().map_err(HandshakeFailure::Broken)?;
    let peer = stream.peer_addr().map_err(|error| failure(&error))?;
    // For an address rustls sends no server name.
    let name = match server_name {
        Some(name) => ServerName::try_from(name.to_owned())
            .map_err(|_| HandshakeFailure::Broken(format!("{name} is not a name that TLS can ask for")))?,
        None => ServerName::IpAddress(peer.ip().into()),
    };
    let stream = match timeout_at(until, TlsConnector::from(config).connect(name, stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(failure(&error)),
        Err(_) => return Err(HandshakeFailure::TimedOut),
    };
    let session = stream.get_ref().1;
    let certificates = session.peer_certificates().unwrap_or_default();
    let certificates = certificates.iter().map(|one| one.clone().into_owned()).collect();
    let protocol = session.alpn_protocol().map(|protocol| String::from_utf8_lossy(protocol).into_owned());
    Ok(Secured { certificates, protocol, stream })
}

fn config() -> Result<Arc<ClientConfig>, String> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
    let verifier = Arc::new(AnyCertificate(provider));
    let mut config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).into();
    // Every connection is to show its certificates.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(Arc::new(config))
}

fn failure(error: &io::Error) -> HandshakeFailure {
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return match inner {
            Error::InvalidMessage(_) => HandshakeFailure::NotTls,
            Error::AlertReceived(AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure)
            | Error::PeerIncompatible(_) => HandshakeFailure::NoCommonVersion,
            Error::AlertReceived(alert) => HandshakeFailure::Alert(format!("{alert:?}")),
            other => HandshakeFailure::Broken(other.to_string()),
        };
    }
    match error.kind() {
        ErrorKind::UnexpectedEof => HandshakeFailure::Closed,
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted => {
            HandshakeFailure::Reset
        }
        ErrorKind::TimedOut => HandshakeFailure::TimedOut,
        _ => HandshakeFailure::Broken(error.to_string()),
    }
}

/// Takes any certificate, but only from who has its key.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
