//! The TLS half of a transport: whom we trust and the certificate we show.

use std::{io::Cursor, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{
        CertificateDer, PrivateKeyDer, ServerName, UnixTime,
        pem::{self, SectionKind},
    },
};
use rustls_platform_verifier::BuilderVerifierExt as _;
use secrecy::ExposeSecret as _;

use super::{ClientCertificate, Settings, Trust};
use crate::{Error, Result};

/// Certificates and keys are read here, at the first request and not before.
///
/// # Errors
/// What is wrong with a certificate or key, in words; nothing of a key is shown.
pub(super) fn client_config(settings: &Settings) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let builder = match &settings.trust {
        Trust::System => builder.with_platform_verifier().map_err(unusable)?,
        Trust::Authorities(certificates) => builder.with_root_certificates(root_store(certificates)?),
        Trust::Anybody => {
            builder.dangerous().with_custom_certificate_verifier(Arc::new(BelievesAnybody { provider }))
        }
    };
    match &settings.identity {
        Some(identity) => {
            let (chain, key) = read_identity(identity)?;
            builder.with_client_auth_cert(chain, key).map_err(unusable)
        }
        None => Ok(builder.with_no_client_auth()),
    }
}

/// The certificate chain and its key. Everything in either text counts: some tools write both into one.
fn read_identity(
    identity: &ClientCertificate,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let mut chain = Vec::new();
    let mut private_key = None;
    for text in [identity.key.expose_secret().as_bytes(), &identity.certificate] {
        let mut reader = Cursor::new(text);
        // The error of the PEM reader may repeat a line of the key.
        let broken = |_| unusable("the client certificate or its key is not PEM");
        while let Some((kind, der)) = pem::from_buf(&mut reader).map_err(broken)? {
            let key = match kind {
                SectionKind::Certificate => {
                    chain.push(der.into());
                    continue;
                }
                SectionKind::PrivateKey => PrivateKeyDer::Pkcs8(der.into()),
                SectionKind::RsaPrivateKey => PrivateKeyDer::Pkcs1(der.into()),
                SectionKind::EcPrivateKey => PrivateKeyDer::Sec1(der.into()),
                _ => continue,
            };
            private_key.get_or_insert(key);
        }
    }
    if chain.is_empty() {
        return Err(unusable("the client certificate holds no PEM block CERTIFICATE"));
    }
    let private_key = private_key.ok_or_else(|| {
        unusable("the client key holds no PEM block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY")
    })?;
    Ok((chain, private_key))
}

fn root_store(certificates: &[Vec<u8>]) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in certificates {
        store.add(CertificateDer::from(certificate.clone())).map_err(unusable)?;
    }
    Ok(store)
}

/// Begins the sentence about settings that can't be used.
pub(crate) const UNUSABLE: &str = "the TLS settings of the kubeconfig can't be used: ";

fn unusable(why: impl std::fmt::Display) -> Error {
    Error::kubeconfig(format!("{UNUSABLE}{why}"))
}

/// `insecure-skip-tls-verify`: the server may be anybody, but it must own the key of the certificate it shows, as
/// with Go's `InsecureSkipVerify`.
#[derive(Debug)]
struct BelievesAnybody {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for BelievesAnybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
