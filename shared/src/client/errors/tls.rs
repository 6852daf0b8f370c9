//! TLS failures in the words of Go's `crypto/tls` and `crypto/x509`.

use std::net::IpAddr;

use jiff::Timestamp;
use rustls::{AlertDescription, CertificateError, Error, pki_types::UnixTime};

/// What Go would say of this failure.
pub(super) fn explain(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(why) => {
            format!("tls: failed to verify certificate: x509: {}", certificate(why))
        }
        // The first bytes are no TLS record: the usual cause is a server that speaks plain HTTP.
        Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => {
            "http: server gave HTTP response to HTTPS client".to_owned()
        }
        Error::AlertReceived(alert) => format!("remote error: tls: {}", self::alert(*alert)),
        Error::InvalidMessage(_) => "tls: the server sent something that is not TLS".to_owned(),
        other => format!("tls: {other}"),
    }
}

/// What to do about it, where that is known; `host` is the server's address.
pub(super) fn hint(error: &Error, host: &str) -> Option<String> {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => Some(
            "certificate-authority-data in the kubeconfig is not the CA of this server, or something in between answers in its place".to_owned(),
        ),
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => Some("connect by one of the certificate's names, or give the one to expect with --tls-server-name".to_owned()),
        Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            Some("the server's certificate must be renewed, unless the clock of this machine is wrong".to_owned())
        }
        Error::InvalidMessage(_) => Some(format!("{host} does not speak TLS: is it http:// or another port?")),
        _ => None,
    }
}

fn certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "certificate signed by unknown authority".to_owned()
        }
        CertificateError::ExpiredContext { time, not_after } => format!(
            "certificate has expired or is not yet valid: current time {} is after {}",
            moment(*time),
            moment(*not_after)
        ),
        CertificateError::NotValidYetContext { time, not_before } => format!(
            "certificate has expired or is not yet valid: current time {} is before {}",
            moment(*time),
            moment(*not_before)
        ),
        CertificateError::Expired | CertificateError::NotValidYet => {
            "certificate has expired or is not yet valid".to_owned()
        }
        CertificateError::NotValidForNameContext { expected, presented } => {
            wrong_name(&expected.to_str(), presented)
        }
        CertificateError::NotValidForName => "certificate is not valid for the name of the server".to_owned(),
        other => other.to_string(),
    }
}

/// Go compares an address with the certificate's addresses only, and a name with its names only
/// (`HostnameError` in `crypto/x509/verify.go`).
fn wrong_name(expected: &str, presented: &[String]) -> String {
    let of = |kind: &str| -> Vec<&str> {
        let names = presented.iter().filter_map(|name| name.strip_prefix(kind)?.strip_suffix(')'));
        names.map(|name| name.trim_matches('"')).collect()
    };
    let is_address = expected.parse::<IpAddr>().is_ok();
    let names = if is_address { of("IpAddress(") } else { of("DnsName(") };
    match (names.is_empty(), is_address) {
        (false, _) => format!("certificate is valid for {}, not {expected}", names.join(", ")),
        (true, true) => {
            format!("cannot validate certificate for {expected} because it doesn't contain any IP SANs")
        }
        (true, false) => format!("certificate is not valid for any names, but wanted to match {expected}"),
    }
}

fn moment(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

/// The alerts a server may send about us, as `crypto/tls/alert.go` words them.
fn alert(alert: AlertDescription) -> String {
    let text = match alert {
        AlertDescription::HandshakeFailure => "handshake failure",
        AlertDescription::BadCertificate => "bad certificate",
        AlertDescription::UnsupportedCertificate => "unsupported certificate",
        AlertDescription::CertificateRevoked => "revoked certificate",
        AlertDescription::CertificateExpired => "expired certificate",
        AlertDescription::CertificateUnknown => "unknown certificate",
        AlertDescription::UnknownCA => "unknown certificate authority",
        AlertDescription::AccessDenied => "access denied",
        AlertDescription::ProtocolVersion => "protocol version not supported",
        AlertDescription::InsufficientSecurity => "insufficient security level",
        AlertDescription::InternalError => "internal error",
        AlertDescription::UnrecognisedName => "unrecognized name",
        AlertDescription::CertificateRequired => "certificate required",
        other => return format!("alert({})", u8::from(other)),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_lists_the_certificates_own() {
        let presented = ["DnsName(\"kubernetes\")".to_owned(), "IpAddress(10.0.0.1)".to_owned()];
        assert_eq!(
            wrong_name("example.com", &presented),
            "certificate is valid for kubernetes, not example.com"
        );
        assert_eq!(wrong_name("127.0.0.1", &presented), "certificate is valid for 10.0.0.1, not 127.0.0.1");
        assert_eq!(
            wrong_name("127.0.0.1", &presented[..1]),
            "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"
        );
        assert_eq!(
            wrong_name("example.com", &presented[1..]),
            "certificate is not valid for any names, but wanted to match example.com"
        );
    }

    #[test]
    fn alerts_read_as_gos() {
        let said = |alert| explain(&Error::AlertReceived(alert));
        assert_eq!(said(AlertDescription::CertificateRequired), "remote error: tls: certificate required");
        assert_eq!(said(AlertDescription::UserCanceled), "remote error: tls: alert(90)");
    }
}
