//! A key, and the request to certify it (PKCS #10, RFC 2986).

use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use secrecy::{ExposeSecret, SecretString};
use shared::{Error, Result, base64};
use yasna::{DERWriter, Tag, construct_der, models::ObjectIdentifier};

/// The characters on a line of PEM (RFC 7468).
const LINE: usize = 64;

const COMMON_NAME: &[u64] = &[2, 5, 4, 3];
const ORGANIZATION: &[u64] = &[2, 5, 4, 10];
const EC_PUBLIC_KEY: &[u64] = &[1, 2, 840, 10045, 2, 1];
const PRIME256V1: &[u64] = &[1, 2, 840, 10045, 3, 1, 7];
const ECDSA_WITH_SHA256: &[u64] = &[1, 2, 840, 10045, 4, 3, 2];

/// A new key with a request to certify it.
pub struct SigningRequest {
    /// The request, PEM.
    pub request: String,
    /// The public key as it stands in a certificate (`SubjectPublicKeyInfo`, DER).
    pub public_key: Vec<u8>,
    /// The private key, PEM.
    key: SecretString,
}

impl SigningRequest {
    /// Makes a key and a request for a user of this name in these groups.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new(name: &str, groups: &[String]) -> Result<Self> {
        let failed = || Error::new("can't make a key: the system gives no random numbers");
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).map_err(|_| failed())?;
        let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).map_err(|_| failed())?;
        let public_key = construct_der(|writer| write_public_key(writer, key.public_key().as_ref()));
        let info = construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_u8(0);
                writer.next().write_sequence(|writer| {
                    write_attribute(writer.next(), COMMON_NAME, name);
                    groups.iter().for_each(|group| write_attribute(writer.next(), ORGANIZATION, group));
                });
                writer.next().write_der(&public_key);
                // No attributes.
                writer.next().write_tagged_implicit(Tag::context(0), |writer| writer.write_set(|_| {}));
            });
        });
        let signature = key.sign(&random, &info).map_err(|_| failed())?;
        let request = construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_der(&info);
                writer.next().write_sequence(|writer| {
                    writer.next().write_oid(&ObjectIdentifier::from_slice(ECDSA_WITH_SHA256));
                });
                let signature = signature.as_ref();
                writer.next().write_bitvec_bytes(signature, signature.len() * 8);
            });
        });
        Ok(Self {
            request: pem("CERTIFICATE REQUEST", &request),
            public_key,
            key: SecretString::from(pem("PRIVATE KEY", pkcs8.as_ref())),
        })
    }

    /// Returns the private key as it stands in a kubeconfig (`client-key-data`).
    pub fn key_data(&self) -> String {
        base64::encode(self.key.expose_secret().as_bytes())
    }
}

/// Each attribute is a set of its own, so that there can be several organizations.
fn write_attribute(writer: DERWriter<'_>, kind: &[u64], value: &str) {
    writer.write_set(|writer| {
        writer.next().write_sequence(|writer| {
            writer.next().write_oid(&ObjectIdentifier::from_slice(kind));
            writer.next().write_utf8_string(value);
        });
    });
}

fn write_public_key(writer: DERWriter<'_>, point: &[u8]) {
    writer.write_sequence(|writer| {
        writer.next().write_sequence(|writer| {
            writer.next().write_oid(&ObjectIdentifier::from_slice(EC_PUBLIC_KEY));
            writer.next().write_oid(&ObjectIdentifier::from_slice(PRIME256V1));
        });
        writer.next().write_bitvec_bytes(point, point.len() * 8);
    });
}

fn pem(label: &str, der: &[u8]) -> String {
    let encoded = base64::encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

#[cfg(test)]
mod tests {
    use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

    use super::*;

    #[test]
    fn the_request_names_the_user_and_proves_the_key() {
        let groups = ["team-a".to_owned(), "übersicht".to_owned()];
        let made = SigningRequest::new("jane", &groups).unwrap();
        let (_, pem) = x509_parser::pem::parse_x509_pem(made.request.as_bytes()).unwrap();
        assert_eq!(pem.label, "CERTIFICATE REQUEST");
        let (rest, request) = X509CertificationRequest::from_der(&pem.contents).unwrap();
        assert!(rest.is_empty());
        let subject = &request.certification_request_info.subject;
        assert_eq!(subject.to_string(), "CN=jane, O=team-a, O=übersicht");
        assert_eq!(request.certification_request_info.subject_pki.raw, made.public_key);
        let point = &request.certification_request_info.subject_pki.subject_public_key.data;
        ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_ASN1, point)
            .verify(request.certification_request_info.raw, &request.signature_value.data)
            .unwrap();
        let key = base64::decode(made.key_data().as_bytes()).unwrap();
        assert!(key.starts_with(b"-----BEGIN PRIVATE KEY-----\n"), "as Go and OpenSSL read keys");
    }

    #[test]
    fn no_two_keys_are_alike() {
        let key = || SigningRequest::new("jane", &[]).unwrap().key_data();
        assert_ne!(key(), key());
    }
}
