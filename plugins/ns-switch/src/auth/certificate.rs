//! What a client certificate says of its holder.

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

/// The parts of a client certificate that Kubernetes looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The subject's common name: the user's name.
    pub common_name: Option<String>,
    /// The subject's organizations: the user's groups.
    pub organizations: Vec<String>,
    /// From when on it is valid.
    pub begins: Option<Timestamp>,
    /// Until when it is valid.
    pub expires: Option<Timestamp>,
}

impl Certificate {
    /// The first certificate of a PEM text: the client's own, those that follow vouch for it.
    ///
    /// # Errors
    /// A sentence: there is none, or it is none.
    pub fn of_pem(pem: &[u8]) -> Result<Self, String> {
        let own = CertificateDer::pem_slice_iter(pem)
            .find_map(Result::ok)
            .ok_or("the client certificate is no PEM certificate")?;
        let (_, certificate) = X509Certificate::from_der(&own)
            .map_err(|error| format!("the client certificate can't be read: {error}"))?;
        let validity = certificate.validity();
        Ok(Self {
            common_name: texts(certificate.subject(), Attribute::CommonName).into_iter().next(),
            organizations: texts(certificate.subject(), Attribute::Organization),
            begins: Timestamp::from_second(validity.not_before.timestamp()).ok(),
            expires: Timestamp::from_second(validity.not_after.timestamp()).ok(),
        })
    }
}

enum Attribute {
    CommonName,
    Organization,
}

fn texts(subject: &X509Name<'_>, attribute: Attribute) -> Vec<String> {
    let of = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
        attribute.as_str().ok().map(ToOwned::to_owned)
    };
    match attribute {
        Attribute::CommonName => subject.iter_common_name().filter_map(of).collect(),
        Attribute::Organization => subject.iter_organization().filter_map(of).collect(),
    }
}
