//! What each request says of its sender besides credentials: the program, and on whose behalf it acts.

use http::{HeaderMap, HeaderName, HeaderValue, header::USER_AGENT};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{Error, Result, kubeconfig::User};

/// All but what a header's name may hold; `%` itself is escaped too (`headerKeyEscape` in client-go's
/// `transport/round_trippers.go`).
const NOT_IN_A_HEADER_NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `User-Agent` and `Impersonate-…`.
///
/// # Errors
/// A name, group or UID to impersonate that no header can hold.
pub(super) fn of(user: &User) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, user_agent());
    if let Some(name) = &user.impersonate_user {
        headers.insert("impersonate-user", value(name)?);
    }
    if let Some(uid) = &user.impersonate_uid {
        headers.insert("impersonate-uid", value(uid)?);
    }
    for group in &user.impersonate_groups {
        headers.append("impersonate-group", value(group)?);
    }
    for (key, values) in &user.impersonate_extra {
        let name = format!("impersonate-extra-{}", utf8_percent_encode(key, NOT_IN_A_HEADER_NAME));
        let name = HeaderName::try_from(name).map_err(|_| unsendable(key))?;
        for extra in values {
            headers.append(&name, value(extra)?);
        }
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|_| unsendable(text))
}

fn unsendable(text: &str) -> Error {
    Error::usage(format!("impersonation of {text:?} is impossible: it holds characters that can't be sent"))
}

/// Who asks, for audit logs: the program's name and version, in the form of `DefaultKubernetesUserAgent`.
fn user_agent() -> HeaderValue {
    let program = std::env::args_os().next().map(std::path::PathBuf::from);
    let program = program.as_deref().and_then(|path| path.file_name()?.to_str()).unwrap_or("kubectl-plugin");
    let (version, system, machine) =
        (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    HeaderValue::from_str(&format!("{program}/{version} ({system}/{machine})"))
        .unwrap_or(HeaderValue::from_static("kubectl-plugin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_extra_values_are_escaped_as_client_go_does() {
        let extra = vec![("example.com/Team%".to_owned(), vec!["a".to_owned(), "b".to_owned()])];
        let headers = of(&User { impersonate_extra: extra, ..User::default() }).unwrap();
        let values: Vec<_> = headers.get_all("impersonate-extra-example.com%2fteam%25").iter().collect();
        assert_eq!(values, ["a", "b"]);
    }

    #[test]
    fn what_cant_be_sent_is_refused() {
        let error = of(&User { impersonate_user: Some("a\nb".to_owned()), ..User::default() }).unwrap_err();
        assert_eq!(
            error.to_string(),
            "error: impersonation of \"a\\nb\" is impossible: it holds characters that can't be sent"
        );
    }
}
