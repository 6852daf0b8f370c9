//! The `Authorization` header of each request, and where it comes from.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use secrecy::SecretString;

use super::{exec_credential::PluginCredentials, id_token::IdToken};
use crate::{Error, Result};

/// How old a token read from a file may grow (client-go's `NewCachedFileTokenSource`).
const READ_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// Who we are, as far as it is a matter of headers or of a plugin.
#[derive(Debug)]
pub(crate) enum Credentials {
    /// Nothing to add: anonymous, or a certificate.
    None,
    /// `USER:PASSWORD`.
    Password(SecretString),
    /// This bearer token.
    Token(SecretString),
    /// The bearer token in a file, which somebody renews.
    TokenFile(TokenFile),
    /// The ID token of an OIDC login.
    IdToken(IdToken),
    /// What a plugin answers.
    Plugin(PluginCredentials),
}

/// A file with a token, read again every minute.
#[derive(Debug)]
pub(crate) struct TokenFile {
    path: PathBuf,
    held: Mutex<(SecretString, Instant)>,
}

impl TokenFile {
    /// Reads the file; a file that can't be read is no error where there is a `fallback`.
    pub fn open(path: &Path, fallback: Option<SecretString>) -> Result<Self> {
        let token = match (read(path), fallback) {
            (Ok(token), _) => token,
            (Err(_), Some(fallback)) => fallback,
            (Err(error), None) => {
                return Err(Error::kubeconfig(format!(
                    "the token file {} can't be read: {error}",
                    path.display()
                )));
            }
        };
        Ok(Self { path: path.to_owned(), held: Mutex::new((token, Instant::now())) })
    }

    /// Returns the token. Where the file vanished or is empty the last one stays: some programs delete it on purpose
    /// (<https://github.com/kubernetes/kubernetes/issues/68164>).
    pub fn token(&self) -> SecretString {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.1.elapsed() >= READ_AGAIN_AFTER {
            if let Ok(token) = read(&self.path) {
                held.0 = token;
            }
            held.1 = Instant::now();
        }
        held.0.clone()
    }
}

/// Reads a token without the line end that editors leave.
fn read(path: &Path) -> std::io::Result<SecretString> {
    let text = std::fs::read_to_string(path)?;
    match text.trim() {
        "" => Err(std::io::Error::other("it is empty")),
        token => Ok(SecretString::from(token)),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_token_file_loses_its_line_end_and_may_vanish() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc\n").unwrap();
        let source = TokenFile::open(file.path(), None).unwrap();
        drop(file);
        source.held.lock().unwrap().1 = Instant::now().checked_sub(READ_AGAIN_AFTER).unwrap();
        assert_eq!(source.token().expose_secret(), "abc");
    }

    #[test]
    fn a_token_file_is_read_again_after_a_minute() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "old").unwrap();
        let source = TokenFile::open(file.path(), None).unwrap();
        std::fs::write(file.path(), "new").unwrap();
        assert_eq!(source.token().expose_secret(), "old");
        source.held.lock().unwrap().1 = Instant::now().checked_sub(READ_AGAIN_AFTER).unwrap();
        assert_eq!(source.token().expose_secret(), "new");
    }

    #[test]
    fn a_missing_token_file_needs_a_fallback() {
        let missing = Path::new("/nonexistent/token");
        assert!(TokenFile::open(missing, None).unwrap_err().to_string().contains("/nonexistent/token"));
        let source = TokenFile::open(missing, Some(SecretString::from("spare"))).unwrap();
        assert_eq!(source.token().expose_secret(), "spare");
    }
}
