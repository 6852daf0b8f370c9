//! `auth-provider: {name: oidc}`: the ID token that a login left in the kubeconfig.
//!
//! Source: client-go's `plugin/pkg/client/auth/oidc/oidc.go`. An expired token is not renewed here: that may use up the
//! refresh token, and whoever does so must save the next one or the user has to log in again. kubectl saves it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::headers::bearer;
use crate::{Error, Result, kubeconfig::AuthProvider};

/// Clocks differ: a token about to end counts as ended (`expiryDelta`).
const LEEWAY: SignedDuration = SignedDuration::from_secs(10);

/// An ID token and what there is to renew it with.
#[derive(Debug)]
pub(crate) struct IdToken {
    token: Option<SecretString>,
    can_be_renewed: bool,
}

impl IdToken {
    /// Looks for what client-go requires, whatever the token.
    ///
    /// # Errors
    /// Its sentences for a provider without issuer or client.
    pub fn of(provider: &AuthProvider) -> Result<Self> {
        let setting = |name: &str| {
            let mut settings = provider.config.iter();
            let found = settings.find(|(key, value)| key == name && !value.expose_secret().is_empty());
            found.map(|(_, value)| value.clone())
        };
        for required in ["idp-issuer-url", "client-id"] {
            if setting(required).is_none() {
                return Err(Error::kubeconfig(format!("Must provide {required}")).with_hint(
                    "it belongs under users[].user.auth-provider.config; log in again with the tool that wrote it",
                ));
            }
        }
        Ok(Self { token: setting("id-token"), can_be_renewed: setting("refresh-token").is_some() })
    }

    /// Returns the header that shows the token.
    ///
    /// # Errors
    /// A token that is none or has expired.
    pub fn header(&self) -> Result<HeaderValue> {
        if let Some(token) = &self.token
            && Timestamp::now() + LEEWAY < end_of(token.expose_secret())?
        {
            return bearer(token);
        }
        if self.can_be_renewed {
            return Err(Error::kubeconfig("the ID token in the kubeconfig has expired").with_hint(
                "kubectl renews it and saves the new one: run `kubectl version`, then this again",
            ));
        }
        Err(Error::kubeconfig("No valid id-token, and cannot refresh without refresh-token")
            .with_hint("log in again with the tool that wrote the kubeconfig"))
    }
}

/// Returns when a JSON Web Token ends. Issuers write the moment as a whole number of seconds or as a decimal fraction.
fn end_of(token: &str) -> Result<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: serde_json::Number,
    }
    let parts: Vec<&str> = token.split('.').collect();
    let payload = match parts[..] {
        [_, payload, _] => URL_SAFE_NO_PAD.decode(payload).ok(),
        _ => None,
    };
    let claims = payload.and_then(|payload| serde_json::from_slice::<Claims>(&payload).ok());
    let seconds = claims.and_then(|claims| claims.exp.as_i64().or_else(|| whole(claims.exp.as_f64()?)));
    seconds
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or_else(|| Error::kubeconfig("ID Token is not a valid JWT"))
}

#[expect(clippy::cast_possible_truncation, reason = "a moment out of range is refused by whoever reads it")]
fn whole(seconds: f64) -> Option<i64> {
    seconds.is_finite().then_some(seconds as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    fn provider(settings: &[(&str, &str)]) -> AuthProvider {
        let config = settings.iter().map(|&(key, value)| (key.to_owned(), SecretString::from(value)));
        AuthProvider { name: "oidc".to_owned(), config: config.collect() }
    }

    fn header(id_token: &str, refresh_token: &str) -> Result<HeaderValue> {
        let login = [("idp-issuer-url", "https://issuer"), ("client-id", "kubernetes")];
        let tokens = [("id-token", id_token), ("refresh-token", refresh_token)];
        IdToken::of(&provider(&[login, tokens].concat())).unwrap().header()
    }

    #[test]
    fn a_valid_token_is_shown() {
        for claims in [r#"{"exp":4102444800}"#, r#"{"exp":4102444800.75}"#] {
            let token = token(claims);
            assert_eq!(header(&token, "").unwrap(), format!("Bearer {token}"));
        }
    }

    #[test]
    fn an_expired_one_is_left_to_kubectl_which_saves_the_next() {
        let soon = (Timestamp::now() + SignedDuration::from_secs(5)).as_second();
        for claims in [r#"{"exp":1}"#.to_owned(), format!(r#"{{"exp":{soon}}}"#)] {
            assert_eq!(
                header(&token(&claims), "renewable").unwrap_err().to_string(),
                "error: the ID token in the kubeconfig has expired\nhint: kubectl renews it and saves the new one: run `kubectl version`, then this again"
            );
            assert_eq!(
                header(&token(&claims), "").unwrap_err().to_string(),
                "error: No valid id-token, and cannot refresh without refresh-token\nhint: log in again with the tool that wrote the kubeconfig"
            );
        }
        assert!(header("", "renewable").is_err());
    }

    #[test]
    fn what_is_no_token_is_not_repeated() {
        for wrong in ["secret", "a.b", "a.!.c", "e30.e30.e30"] {
            assert_eq!(header(wrong, "").unwrap_err().to_string(), "error: ID Token is not a valid JWT");
        }
    }

    #[test]
    fn a_login_without_issuer_is_refused() {
        let error = IdToken::of(&provider(&[("client-id", "kubernetes")])).unwrap_err();
        assert!(error.to_string().starts_with("error: Must provide idp-issuer-url\n"), "{error}");
    }
}
