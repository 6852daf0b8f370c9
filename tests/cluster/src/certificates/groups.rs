//! Client certificates with any number of organizations.
//!
//! Kubernetes reads each organization of a client certificate as a group, but rcgen keeps one value a type of
//! attribute. So the organizations are first written under placeholder types of the same length, and those bytes
//! become the type "organization" before they are signed.

use super::pem;
use crate::error::{Context, Error, Result};
use rcgen::{CertificateParams, DnType, Issuer, KeyPair, PublicKeyData, SignatureAlgorithm, SigningKey};
use std::ops::Range;

/// The DER of an object identifier 2.5.4.x without its last byte.
const ATTRIBUTE: [u8; 4] = [0x06, 0x03, 0x55, 0x04];
/// 2.5.4.10 is organizationName.
const ORGANIZATION: u8 = 10;
/// 2.5.4.100 to 2.5.4.127 name nothing, and fit into one byte.
const PLACEHOLDERS: Range<u8> = 100..128;

/// Signs a client certificate whose subject gets `groups` as its organizations. The result is PEM.
pub fn sign(
    mut parameters: CertificateParams,
    groups: &[&str],
    key: &KeyPair,
    authority: &CertificateParams,
    authority_key: &KeyPair,
) -> Result<String> {
    if groups.len() > PLACEHOLDERS.len() {
        return Err(Error::new(format!(
            "a user can have {} groups, not {}",
            PLACEHOLDERS.len(),
            groups.len()
        )));
    }
    for (placeholder, group) in PLACEHOLDERS.zip(groups) {
        let kind = DnType::CustomDnType(vec![2, 5, 4, u64::from(placeholder)]);
        parameters.distinguished_name.push(kind, *group);
    }
    let certificate = parameters
        .signed_by(key, &Issuer::from_params(authority, Renaming(authority_key)))
        .context(|| "cannot sign a client certificate".into())?;
    Ok(pem::block("CERTIFICATE", &with_organizations(certificate.der())))
}

/// Signs the message as it will be after the placeholders were renamed.
struct Renaming<'a>(&'a KeyPair);

impl PublicKeyData for Renaming<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.der_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        PublicKeyData::algorithm(self.0)
    }
}

impl SigningKey for Renaming<'_> {
    fn sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, rcgen::Error> {
        self.0.sign(&with_organizations(message))
    }
}

/// Gives every placeholder the type of an organization.
fn with_organizations(der: &[u8]) -> Vec<u8> {
    let mut renamed = der.to_vec();
    for position in 0..der.len().saturating_sub(ATTRIBUTE.len()) {
        let last = position + ATTRIBUTE.len();
        if der[position..last] == ATTRIBUTE && PLACEHOLDERS.contains(&der[last]) {
            renamed[last] = ORGANIZATION;
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_placeholders_become_organizations() {
        let der = [0x06, 0x03, 0x55, 0x04, 3, 0x06, 0x03, 0x55, 0x04, 100, 0x06, 0x03, 0x55, 0x04, 127, 7];
        let expected = [0x06, 0x03, 0x55, 0x04, 3, 0x06, 0x03, 0x55, 0x04, 10, 0x06, 0x03, 0x55, 0x04, 10, 7];
        assert_eq!(with_organizations(&der), expected);
    }

    #[test]
    fn too_many_groups_are_refused_in_a_sentence() {
        let authority = crate::certificates::Authority::new().unwrap();
        let groups = vec!["g"; 29];
        let error = authority.client("u", &groups, std::time::SystemTime::now()).unwrap_err();
        assert_eq!(error.to_string(), "a user can have 28 groups, not 29");
    }
}
