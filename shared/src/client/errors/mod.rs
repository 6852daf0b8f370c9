//! Failures of the transport and of the server, in kubectl's sentences.
//!
//! Source of the wording: `StandardErrorMessage` in kubectl's `pkg/cmd/util/helpers.go`, and the errors of Go's
//! `net`, `crypto/x509` and `net/http` that it prints. No Debug dump, no body and no secret ever gets into one.

mod answer;
mod identity;
mod missing;
mod tls;

use std::{error::Error as StdError, io};

use http::Uri;

pub(crate) use answer::Answer;
pub use identity::expiry_of_token;
pub(crate) use identity::{Identity, expiry_of};
pub use missing::what_is_there;

use crate::{Error, cli::ExitStatus};

/// What must be known of a connection to explain its failures.
#[derive(Clone, Debug)]
pub(crate) struct Reporter {
    /// `host` or `host:port` as the kubeconfig has it: Go's `url.Host`.
    pub host: String,
    /// The proxy in between as `host:port`, without credentials.
    pub proxy: Option<String>,
    /// Who we are to the server.
    pub identity: Identity,
    /// Advice to add when no server answers, such as that no kubeconfig was found.
    pub unreachable_hint: Option<String>,
}

impl Reporter {
    /// Words a failure before or while an answer was read; `error` is the outermost of a chain.
    pub fn transport(&self, error: &(dyn StdError + 'static)) -> Error {
        let chain = causes(error);
        let error = self.explain(&chain);
        match (&self.unreachable_hint, error.hint()) {
            (Some(hint), None | Some(OTHER_SERVER)) => error.with_hint(hint.clone()),
            _ => error,
        }
    }

    /// Words a failure while the body was read, when the status had come.
    pub fn body(&self, error: &(dyn StdError + 'static)) -> Error {
        let cut = causes(error).iter().any(|error| is_cut_short(*error));
        let original = if cut { "unexpected EOF".to_owned() } else { deepest(&causes(error)) };
        Error::new(format!(
            "unexpected error when reading response body. Please retry. Original error: {original}"
        ))
    }

    /// Tells whether the connection was lost in a way that trying again may mend.
    pub fn is_connection_lost(error: &(dyn StdError + 'static)) -> bool {
        causes(error).iter().any(|error| {
            is_cut_short(*error)
                || error.downcast_ref::<io::Error>().is_some_and(|error| {
                    matches!(
                        error.kind(),
                        io::ErrorKind::ConnectionReset
                            | io::ErrorKind::ConnectionAborted
                            | io::ErrorKind::BrokenPipe
                    )
                })
        })
    }

    fn explain(&self, chain: &[&(dyn StdError + 'static)]) -> Error {
        for error in chain {
            if let Some(ours) = error.downcast_ref::<Error>() {
                return ours.clone();
            }
            if let Some(error) = error.downcast_ref::<rustls::Error>() {
                return self.unable(tls::explain(error)).with_optional_hint(tls::hint(error, &self.host));
            }
        }
        chain.iter().find_map(|error| self.explain_one(*error)).unwrap_or_else(|| self.unable(deepest(chain)))
    }

    fn explain_one(&self, error: &(dyn StdError + 'static)) -> Option<Error> {
        if let Some(error) = error.downcast_ref::<io::Error>()
            && let Some(explained) = self.explain_io(error)
        {
            return Some(explained);
        }
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            if error.is_parse() {
                return Some(
                    self.unable("net/http: HTTP/1.x transport connection broken: malformed HTTP response")
                        .with_hint(format!(
                            "{} does not speak HTTP: is it the API server's port?",
                            self.host
                        )),
                );
            }
            if error.is_incomplete_message() {
                return Some(self.unable("EOF"));
            }
        }
        // hyper-util does not export the types of these errors.
        if let (Some(reason), Some(proxy)) = (error.to_string().strip_prefix("SOCKS error: "), &self.proxy) {
            return Some(self.explain_socks(reason, proxy));
        }
        match (error.to_string().strip_prefix("tunnel error: "), &self.proxy) {
            (Some("failed to create underlying connection"), _) | (None, _) => None,
            (Some("proxy authorization required"), Some(proxy)) => {
                Some(self.unable("Proxy Authentication Required").with_hint(format!(
                    "the proxy {proxy} wants a user and a password: http://USER:PASSWORD@{proxy}"
                )))
            }
            (Some(_), proxy) => {
                let proxy = proxy.as_deref().unwrap_or("in between");
                Some(self.unable(format!("the proxy {proxy} did not open a tunnel to {}", self.host)))
            }
        }
    }

    fn explain_socks(&self, reason: &str, proxy: &str) -> Error {
        let error =
            self.unable(format!("the SOCKS proxy {proxy} did not connect to {}: {reason}", self.host));
        match reason.contains("authentication") || reason.contains("credentials") {
            true => {
                error.with_hint(format!("check the user and the password: socks5://USER:PASSWORD@{proxy}"))
            }
            false => error,
        }
    }

    fn explain_io(&self, error: &io::Error) -> Option<Error> {
        let dialled = self.proxy.as_deref().unwrap_or(&self.host);
        let name = host_alone(dialled);
        Some(match error.kind() {
            io::ErrorKind::ConnectionRefused => Error::verbatim(format!(
                "The connection to the server {} was refused - did you specify the right host or port?",
                self.host
            ))
            .with_hint(match &self.proxy {
                Some(proxy) => format!("it goes through the proxy {proxy}"),
                None => OTHER_SERVER.to_owned(),
            }),
            io::ErrorKind::TimedOut => self.unable(format!("dial tcp {dialled}: i/o timeout")),
            io::ErrorKind::ConnectionReset => self.unable("read tcp: connection reset by peer"),
            io::ErrorKind::NetworkUnreachable => {
                self.unable(format!("dial tcp {dialled}: connect: network is unreachable"))
            }
            io::ErrorKind::HostUnreachable => {
                self.unable(format!("dial tcp {dialled}: connect: no route to host"))
            }
            _ => match error.to_string().strip_prefix("failed to lookup address information: ")? {
                "Temporary failure in name resolution" => {
                    self.unable(format!("dial tcp: lookup {name}: Temporary failure in name resolution"))
                }
                _ => self.unable(format!("dial tcp: lookup {name}: no such host")).with_hint(format!(
                    "no DNS server knows {name}: check `server` in the kubeconfig, the VPN, or the network"
                )),
            },
        })
    }

    fn unable(&self, why: impl std::fmt::Display) -> Error {
        Error::verbatim(format!("Unable to connect to the server: {why}")).with_status(ExitStatus::Failure)
    }
}

/// What helps where nothing listens. Commands that do without the server have a better hint.
pub const OTHER_SERVER: &str = "`kubectl config view --minify` shows the server; --context names another";

/// [`Error::with_hint`] where there may be none.
trait WithOptionalHint {
    fn with_optional_hint(self, hint: Option<String>) -> Self;
}

impl WithOptionalHint for Error {
    fn with_optional_hint(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.with_hint(hint),
            None => self,
        }
    }
}

/// Returns `host` or `host:port` of an address, without user and password: what Go calls `url.Host`.
pub(crate) fn host_of(address: &Uri) -> String {
    let authority = address.authority().map(|authority| authority.as_str()).unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_owned()
}

fn host_alone(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((alone, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => alone,
        _ => host,
    }
}

/// Returns an error and everything beneath it. An [`io::Error`] hides what it wraps from `source()`, so it is looked
/// into.
pub(crate) fn causes<'a>(error: &'a (dyn StdError + 'static)) -> Vec<&'a (dyn StdError + 'static)> {
    let mut chain = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        chain.push(error);
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    chain
}

fn is_cut_short(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
        || error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof)
}

/// Returns the cause at the bottom, by its own words: those above only say that something failed.
fn deepest(chain: &[&(dyn StdError + 'static)]) -> String {
    chain.last().map(|error| error.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
