//! Who we are to the server, to explain why it does not know us.

use jiff::Timestamp;
use x509_parser::pem::Pem;

/// How a connection authenticates.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    /// Not at all: the server sees `system:anonymous`.
    Anonymous,
    /// By a client certificate; when it ends, if that could be read.
    Certificate(Option<Timestamp>),
    /// By a bearer token in the kubeconfig or the flag; when it ends, if it says so.
    Token(Option<Timestamp>),
    /// By a bearer token read from this file.
    TokenFile(String),
    /// By user name and password.
    Password,
    /// By what this credential plugin answers.
    Plugin(String),
    /// By an `auth-provider` of this name.
    Provider(String),
}

impl Identity {
    /// Why the server may have answered 401, and what to do.
    pub fn advice(&self, now: Timestamp) -> String {
        let ended = |end: &Option<Timestamp>| end.filter(|end| *end < now);
        match self {
            Self::Anonymous => {
                "the kubeconfig's user has no credentials: log in to the cluster, or choose another --user or --context"
                    .to_owned()
            }
            Self::Certificate(end) => match ended(end) {
                Some(end) => format!("your client certificate expired on {end}: have a new one issued"),
                None => "the server does not accept your client certificate: is it of this cluster?".to_owned(),
            },
            Self::Token(end) => match ended(end) {
                Some(end) => format!("your token expired on {end}: log in again"),
                None => "the server does not accept your token: it may be revoked or of another cluster".to_owned(),
            },
            Self::TokenFile(path) => format!("the server does not accept the token in {path}"),
            Self::Password => "the API server has had no passwords since Kubernetes 1.19: use a token or a certificate".to_owned(),
            Self::Plugin(command) => {
                format!("the server does not accept what the credential plugin {command} answered: log in with it again")
            }
            Self::Provider(name) => format!("the server does not accept the token of the auth provider {name}: log in again"),
        }
    }
}

/// The end of a PEM certificate's validity: the first one is the client's own.
pub(crate) fn expiry_of(pem: &[u8]) -> Option<Timestamp> {
    let own = Pem::iter_from_buffer(pem).filter_map(Result::ok).find(|pem| pem.label == "CERTIFICATE")?;
    let end = own.parse_x509().ok()?.validity().not_after.timestamp();
    Timestamp::from_second(end).ok()
}

/// The end of a token that is a JWT (its claim `exp`); other tokens say nothing about themselves.
pub fn expiry_of_token(token: &str) -> Option<Timestamp> {
    use base64::Engine as _;
    #[derive(serde::Deserialize)]
    struct Claims {
        exp: i64,
    }
    let payload = token.split('.').nth(1)?;
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).ok()?;
    Timestamp::from_second(serde_json::from_slice::<Claims>(&payload).ok()?.exp).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_past_its_end_is_said_to_be() {
        let (earlier, now): (Timestamp, Timestamp) =
            ("2026-01-02T03:04:05Z".parse().unwrap(), "2026-11-22T00:00:00Z".parse().unwrap());
        assert_eq!(
            Identity::Certificate(Some(earlier)).advice(now),
            "your client certificate expired on 2026-01-02T03:04:05Z: have a new one issued"
        );
        assert_eq!(
            Identity::Certificate(Some(now)).advice(earlier),
            "the server does not accept your client certificate: is it of this cluster?"
        );
        assert_eq!(
            Identity::Token(Some(earlier)).advice(now),
            "your token expired on 2026-01-02T03:04:05Z: log in again"
        );
    }

    #[test]
    fn only_a_jwt_says_when_it_ends() {
        // The payload is {"exp":1767323045}.
        assert_eq!(
            expiry_of_token("e30.eyJleHAiOjE3NjczMjMwNDV9.c2ln"),
            Some("2026-01-02T03:04:05Z".parse().unwrap())
        );
        for token in ["", "opaque", "a.b.c", "e30.e30.c2ln"] {
            assert_eq!(expiry_of_token(token), None, "{token}");
        }
    }
}
