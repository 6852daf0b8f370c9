//! Whether clients trust the chain of a certificate, apart from its names and its time.

use std::{fs, path::Path, sync::Arc, time::Duration};

use rustls::{
    CertificateError, RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _},
};
use shared::{Error, Result};

use super::certificate::Certificate;

/// The certificates that are trusted.
#[derive(Clone, Debug)]
pub struct Trust(Arc<dyn ServerCertVerifier>);

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainProblem {
    /// The certificate signed itself, and is not trusted.
    SelfSigned,
    /// The server sent its own certificate alone, and whoever signed it is not trusted directly.
    Incomplete,
    /// Nobody at the end of the chain is trusted.
    UnknownAuthority,
    /// Something else, in the words of the library.
    Other(String),
}

impl Trust {
    /// Trusts whom the system trusts, or the certificates of a file alone.
    ///
    /// # Errors
    /// The file can't be read or has no certificate; the system trusts nobody.
    pub fn new(file: Option<&Path>) -> Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let Some(file) = file else {
            let unusable = |error: rustls::Error| {
                Error::new(format!("the certificates that this system trusts can't be read: {error}"))
                    .with_hint("name trusted certificates with --ca FILE")
            };
            let verifier = rustls_platform_verifier::Verifier::new(provider).map_err(unusable)?;
            return Ok(Self(Arc::new(verifier)));
        };
        let unreadable = |reason: String| {
            Error::new(format!("--ca {}: {reason}", file.display()))
                .with_hint("give a file with certificates in PEM")
        };
        let text = fs::read(file).map_err(|error| unreadable(error.to_string()))?;
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(&text) {
            let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(unreadable("there is no certificate in it".to_owned()));
        }
        let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        built.map(|verifier| Self(verifier)).map_err(|error| unreadable(error.to_string()))
    }

    /// Returns what is wrong with a chain, whose first certificate is the server's. Names and time are judged apart: each
    /// problem is to be told, not only the first.
    pub fn problem(&self, chain: &[CertificateDer<'_>], own: &Certificate) -> Option<ChainProblem> {
        let (end_entity, intermediates) = chain.split_first()?;
        // Any name that it has, and a time at which it is valid: now, where that is one.
        let name = own.names.iter().find_map(|name| {
            let name = name.strip_prefix("*.").map_or(name.clone(), |rest| format!("x.{rest}"));
            ServerName::try_from(name).ok()
        });
        let name = match name {
            Some(name) => name,
            None => return Some(ChainProblem::Other("it has no names".to_owned())),
        };
        let (from, to) = (own.not_before.as_second(), own.not_after.as_second());
        let seconds = shared::cli::clock::now().clamp(from, to.max(from));
        let time = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        let error = self.0.verify_server_cert(end_entity, intermediates, &name, &[], time).err()?;
        // Many of them are certificates of authorities, too, which is another error.
        if own.is_self_signed() {
            return Some(ChainProblem::SelfSigned);
        }
        Some(match error {
            rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => match intermediates {
                [] => ChainProblem::Incomplete,
                _ => ChainProblem::UnknownAuthority,
            },
            // Another authority may have the name of a trusted one.
            rustls::Error::InvalidCertificate(CertificateError::BadSignature) => {
                ChainProblem::UnknownAuthority
            }
            other => ChainProblem::Other(other.to_string()),
        })
    }
}
