//! A certificate authority, such as each cluster has, and what it signs.

mod groups;
mod pem;

pub use pem::base64;

use crate::error::{Context, Error, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A certificate and its private key, both PEM.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// The private key.
    pub key: String,
}

/// Signs the certificates of one cluster, or of a server that a test makes up.
#[derive(Debug)]
pub struct Authority {
    parameters: CertificateParams,
    key: KeyPair,
    identity: Identity,
}

impl Authority {
    /// A new authority with a key of its own.
    pub fn new() -> Result<Self> {
        let key = new_key()?;
        let mut parameters = parameters("control-plane-ca", SystemTime::now() + 3650 * DAY)?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let certificate =
            parameters.self_signed(&key).context(|| "cannot sign the certificate authority".into())?;
        let identity = Identity { certificate: certificate.pem(), key: key.serialize_pem() };
        Ok(Self { parameters, key, identity })
    }

    /// The authority's own certificate and key.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// A certificate for a server that is reached as `names`, host names or addresses. `expires` may lie in the
    /// past.
    pub fn server(&self, names: &[&str], expires: SystemTime) -> Result<Identity> {
        let mut parameters = parameters("control-plane", expires)?;
        parameters.subject_alt_names =
            CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>())
                .context(|| format!("cannot name a server {names:?}"))?
                .subject_alt_names;
        // etcd dials itself with its own certificate.
        parameters.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let key = new_key()?;
        let certificate = parameters
            .signed_by(&key, &Issuer::from_params(&self.parameters, &self.key))
            .context(|| "cannot sign a server certificate".into())?;
        Ok(Identity { certificate: certificate.pem(), key: key.serialize_pem() })
    }

    /// A client certificate: the common name is the user, the organizations are the groups, as Kubernetes reads
    /// them. `expires` may lie in the past.
    /// <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates>
    pub fn client(&self, user: &str, groups: &[&str], expires: SystemTime) -> Result<Identity> {
        let mut parameters = parameters(user, expires)?;
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = new_key()?;
        let certificate = groups::sign(parameters, groups, &key, &self.parameters, &self.key)?;
        Ok(Identity { certificate, key: key.serialize_pem() })
    }
}

/// The key pair that signs service account tokens: private key and public key, PEM.
pub fn service_account_keys() -> Result<(String, String)> {
    let key = new_key()?;
    Ok((key.serialize_pem(), key.public_key_pem()))
}

/// An elliptic curve key: made in microseconds, where RSA takes a second.
fn new_key() -> Result<KeyPair> {
    KeyPair::generate().context(|| "cannot make a private key".into())
}

/// Valid until `expires`, since a day before now or before that end, whichever comes first.
fn parameters(common_name: &str, expires: SystemTime) -> Result<CertificateParams> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, common_name);
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    let since_epoch = |time: SystemTime| {
        time.duration_since(UNIX_EPOCH).map_err(|_| Error::new("a certificate cannot end before 1970"))
    };
    parameters.not_before = epoch + since_epoch(SystemTime::now().min(expires) - DAY)?;
    parameters.not_after = epoch + since_epoch(expires)?;
    Ok(parameters)
}
