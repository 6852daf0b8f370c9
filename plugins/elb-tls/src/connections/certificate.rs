//! What a certificate says.

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use schemars::JsonSchema;
use serde::Serialize;
use x509_parser::{
    extensions::GeneralName,
    oid_registry::{OID_EC_P256, OID_NIST_EC_P384, OID_NIST_EC_P521},
    parse_x509_certificate,
    prelude::X509Certificate,
    public_key::PublicKey,
};

/// A certificate, as documents have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Whose it is.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The names and addresses it is for.
    pub names: Vec<String>,
    /// When it begins.
    #[serde(skip)]
    pub not_before: Timestamp,
    /// When it ends.
    pub not_after: Timestamp,
    /// How many whole days are left; negative ones are over.
    pub days_left: i64,
    /// Its key: `RSA 2048`, `ECDSA P-256`.
    pub key: String,
}

impl Certificate {
    /// Reads a certificate; `None` for what is none. `now` is in seconds since 1970.
    pub fn read(der: &CertificateDer<'_>, now: i64) -> Option<Self> {
        let (_, parsed) = parse_x509_certificate(der).ok()?;
        let seconds = |time: i64| Timestamp::from_second(time).ok();
        let ends = parsed.validity().not_after.timestamp();
        Some(Self {
            subject: parsed.subject().to_string(),
            issuer: parsed.issuer().to_string(),
            names: names(&parsed),
            not_before: seconds(parsed.validity().not_before.timestamp())?,
            not_after: seconds(ends)?,
            days_left: (ends - now).div_euclid(24 * 60 * 60),
            key: key(&parsed),
        })
    }

    /// Returns whether it signed itself.
    pub fn is_self_signed(&self) -> bool {
        self.subject == self.issuer
    }
}

fn names(parsed: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = parsed.subject_alternative_name() else { return Vec::new() };
    let names = extension.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match **bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(a, b, c, d).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
        },
        _ => None,
    });
    names.collect()
}

fn key(parsed: &X509Certificate<'_>) -> String {
    let info = parsed.public_key();
    match info.parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        Ok(PublicKey::EC(_)) => {
            let curve = info.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok());
            match curve {
                Some(oid) if oid == OID_EC_P256 => "ECDSA P-256".to_owned(),
                Some(oid) if oid == OID_NIST_EC_P384 => "ECDSA P-384".to_owned(),
                Some(oid) if oid == OID_NIST_EC_P521 => "ECDSA P-521".to_owned(),
                Some(oid) => format!("ECDSA {oid}"),
                None => "ECDSA".to_owned(),
            }
        }
        _ => info.algorithm.algorithm.to_string(),
    }
}

/// Returns whether a certificate is for a name: exactly, or by a wildcard for its first label (RFC 6125, 6.4.3).
pub fn has_name(names: &[String], wanted: &str) -> bool {
    let wanted = wanted.trim_end_matches('.');
    names.iter().any(|name| match name.strip_prefix("*.") {
        Some(rest) => wanted
            .split_once('.')
            .is_some_and(|(first, end)| !first.is_empty() && end.eq_ignore_ascii_case(rest)),
        None => name.eq_ignore_ascii_case(wanted),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_one_label() {
        let names = ["*.example.com".to_owned(), "Web.example.org".to_owned()];
        for (name, expected) in [
            ("a.example.com", true),
            ("a.b.example.com", false),
            ("example.com", false),
            ("web.EXAMPLE.org", true),
            ("web.example.org.", true),
            ("other.example.org", false),
        ] {
            assert_eq!(has_name(&names, name), expected, "{name}");
        }
    }
}
