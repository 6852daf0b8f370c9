//! The holder and validity of a client certificate.

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use shared::base64;
use x509_parser::{certificate::X509CertificateParser, nom::Parser, prelude::X509Name};

/// The parts of a client certificate that Kubernetes looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The subject's common name: the user's name.
    pub common_name: Option<String>,
    /// The subject's organizations: the user's groups.
    pub organizations: Vec<String>,
    /// The start of its validity.
    pub begins: Option<Timestamp>,
    /// The end of its validity.
    pub expires: Option<Timestamp>,
}

impl ClientCertificate {
    /// Reads the first certificate of a PEM text: the client's own; those that follow are its issuers'.
    ///
    /// # Errors
    /// A sentence: there is no certificate, or it can't be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let own = leading(pem)
            .or_else(|| CertificateDer::pem_slice_iter(pem).find_map(Result::ok))
            .ok_or("the client certificate is not a PEM certificate")?;
        // Alternative names are not looked at, and there may be many.
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (_, certificate) =
            parser.parse(&own).map_err(|error| format!("the client certificate can't be read: {error}"))?;
        let validity = certificate.validity();
        Ok(Self {
            common_name: texts(certificate.subject(), Attribute::CommonName).into_iter().next(),
            organizations: texts(certificate.subject(), Attribute::Organization),
            begins: Timestamp::from_second(validity.not_before.timestamp()).ok(),
            expires: Timestamp::from_second(validity.not_after.timestamp()).ok(),
        })
    }
}

/// Reads the certificate that a PEM text starts with, as nearly all do. The library's reader takes constant time, so that
/// private keys do not leak; with a thousand certificates that is noticeable.
fn leading(pem: &[u8]) -> Option<CertificateDer<'static>> {
    let body = pem.strip_prefix(b"-----BEGIN CERTIFICATE-----\n")?;
    let (body, rest) = body.split_at(memchr::memchr(b'-', body)?);
    let closed = rest.starts_with(b"-----END CERTIFICATE-----") && body.ends_with(b"\n");
    closed.then(|| base64::decode(body).map(CertificateDer::from))?
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pem(name: &str) -> String {
        let mut parameters = rcgen::CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, name);
        parameters.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem()
    }

    fn name(pem: &str) -> Option<String> {
        ClientCertificate::from_pem(pem.as_bytes()).unwrap().common_name
    }

    #[test]
    fn the_short_way_finds_what_the_library_finds() {
        let (own, issuer) = (pem("me"), pem("issuer"));
        let own = own.replace("\r\n", "\n");
        let by_library = CertificateDer::pem_slice_iter(own.as_bytes()).next().unwrap().unwrap();
        assert_eq!(leading(own.as_bytes()), Some(by_library.clone()));
        assert_eq!(leading(format!("{own}{issuer}").as_bytes()), Some(by_library));
        assert_eq!(name(&format!("{own}{issuer}")).as_deref(), Some("me"));
    }

    #[test]
    fn what_does_not_start_with_a_certificate_is_left_to_the_library() {
        let own = pem("me").replace("\r\n", "\n");
        for text in [
            format!("subject=me\n{own}"),
            own.replace('\n', "\r\n"),
            format!("-----BEGIN PRIVATE KEY-----\naGk=\n-----END PRIVATE KEY-----\n{own}"),
        ] {
            assert_eq!(leading(text.as_bytes()), None, "{text}");
            assert_eq!(name(&text).as_deref(), Some("me"), "{text}");
        }
        for text in ["", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\naGk=\n-----END"] {
            assert_eq!(
                ClientCertificate::from_pem(text.as_bytes()),
                Err("the client certificate is not a PEM certificate".into())
            );
        }
        let broken = "-----BEGIN CERTIFICATE-----\naGk=\n-----END CERTIFICATE-----\n";
        let problem = ClientCertificate::from_pem(broken.as_bytes()).unwrap_err();
        assert!(problem.starts_with("the client certificate can't be read: "), "{problem}");
    }
}
