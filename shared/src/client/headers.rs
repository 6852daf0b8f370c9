//! Values of the `Authorization` header.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use crate::{Error, Result};

/// Returns `Bearer TOKEN`, marked as a secret so that nothing prints it.
///
/// # Errors
/// A token with characters that no header can hold; the token is not repeated.
pub(crate) fn bearer(token: &SecretString) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| {
        Error::kubeconfig("the bearer token holds characters that can't be sent")
            .with_hint("a line break at the end of the token is the usual cause")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns `Basic BASE64` of `USER:PASSWORD`, marked as a secret.
pub(crate) fn basic(pair: &SecretString) -> Result<HeaderValue> {
    let encoded = STANDARD.encode(pair.expose_secret());
    let mut value = HeaderValue::from_str(&format!("Basic {encoded}"))
        .map_err(|_| Error::kubeconfig("the password can't be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsendable_token_is_not_repeated() {
        let error = bearer(&SecretString::from("hunter2\n")).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
