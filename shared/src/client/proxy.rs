//! Which proxy stands between us and the cluster: Go's rules, since kubectl has them.
//!
//! Source: `http.ProxyFromEnvironment`, that is `golang.org/x/net/http/httpproxy`. A kubeconfig's `proxy-url`
//! wins over the environment and asks no `NO_PROXY` (`ClientConfig` in client-go's `client_config.go`).
//! kube compares `NO_PROXY` with the proxy's own host, and uses `HTTPS_PROXY` for `http` servers too, so it
//! is never asked.

use std::net::IpAddr;

use http::Uri;

use super::environment::Environment;

/// The proxy variables of an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProxyEnvironment {
    /// `HTTP_PROXY` or `http_proxy`: for servers addressed by `http://`.
    pub http: Option<String>,
    /// `HTTPS_PROXY` or `https_proxy`: for servers addressed by `https://`.
    pub https: Option<String>,
    /// `NO_PROXY` or `no_proxy`.
    pub exceptions: String,
    /// Whether this runs as a CGI program, where a client could set `HTTP_PROXY` by a header.
    pub cgi: bool,
}

impl ProxyEnvironment {
    /// Reads the variables, upper case first.
    pub fn of(environment: &Environment) -> Self {
        let read = |names: &[&str]| environment.first_variable(names).map(str::to_owned);
        Self {
            http: read(&["HTTP_PROXY", "http_proxy"]),
            https: read(&["HTTPS_PROXY", "https_proxy"]),
            exceptions: read(&["NO_PROXY", "no_proxy"]).unwrap_or_default(),
            cgi: environment.variable("REQUEST_METHOD").is_some(),
        }
    }

    /// Returns the proxy for `server`, if it is to be reached through one.
    ///
    /// # Errors
    /// A sentence, when `HTTP_PROXY` is set in a CGI environment.
    pub fn proxy_for(&self, server: &Uri) -> Result<Option<Uri>, String> {
        let (proxy, default_port) = match server.scheme_str() {
            Some("https") => (&self.https, 443),
            Some("http") => (&self.http, 80),
            _ => return Ok(None),
        };
        let Some(proxy) = proxy.as_deref().and_then(parse_proxy) else { return Ok(None) };
        if self.cgi && server.scheme_str() == Some("http") {
            return Err(
                "refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy".into()
            );
        }
        let host = server.host().unwrap_or_default();
        let port = server.port_u16().unwrap_or(default_port);
        Ok(self.applies_to(host, port).then_some(proxy))
    }

    /// Tells whether a host is reached through the proxy: not localhost, not loopback, not in `NO_PROXY`.
    fn applies_to(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_lowercase();
        if host == "localhost" {
            return false;
        }
        let address = host.parse::<IpAddr>().ok();
        if address.is_some_and(|address| address.to_canonical().is_loopback()) {
            return false;
        }
        !self
            .exceptions
            .split(',')
            .filter_map(Exception::parse)
            .any(|exception| exception.matches(&host, port, address))
    }
}

/// Reads a proxy address: a URL, or `host[:port]` that means `http://`. Go ignores what is neither.
fn parse_proxy(text: &str) -> Option<Uri> {
    match text.parse::<Uri>() {
        Ok(uri) if uri.scheme().is_some() && uri.host().is_some() => Some(uri),
        _ => format!("http://{text}").parse().ok(),
    }
}

/// One entry of `NO_PROXY`.
#[derive(Debug)]
enum Exception {
    Everything,
    Network {
        address: IpAddr,
        prefix: u8,
    },
    Address {
        address: IpAddr,
        port: Option<u16>,
    },
    /// `suffix` starts with a dot; `itself` says whether the domain without subdomain is meant too.
    Domain {
        suffix: String,
        itself: bool,
        port: Option<u16>,
    },
}

impl Exception {
    fn parse(entry: &str) -> Option<Self> {
        let entry = entry.trim().to_lowercase();
        if entry == "*" {
            return Some(Self::Everything);
        }
        if let Some((address, prefix)) = entry.split_once('/')
            && let (Ok(address), Ok(prefix)) = (address.parse::<IpAddr>(), prefix.parse::<u8>())
            && prefix <= if address.is_ipv4() { 32 } else { 128 }
        {
            return Some(Self::Network { address, prefix });
        }
        let (host, port) = split_port(&entry);
        if host.is_empty() {
            return None;
        }
        if let Ok(address) = host.parse::<IpAddr>() {
            return Some(Self::Address { address: address.to_canonical(), port });
        }
        let host = host.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(host);
        let itself = !host.starts_with('.');
        let suffix = if itself { format!(".{host}") } else { host.to_owned() };
        Some(Self::Domain { suffix, itself, port })
    }

    fn matches(&self, host: &str, port: u16, address: Option<IpAddr>) -> bool {
        match (self, address) {
            (Self::Everything, _) => true,
            (Self::Network { address: network, prefix }, Some(address)) => {
                contains(*network, *prefix, address)
            }
            (Self::Address { address: exempt, port: only }, Some(address)) => {
                *exempt == address.to_canonical() && only.is_none_or(|only| only == port)
            }
            (Self::Domain { suffix, itself, port: only }, None) => {
                (host.ends_with(suffix.as_str()) || *itself && host == &suffix[1..])
                    && only.is_none_or(|only| only == port)
            }
            _ => false,
        }
    }
}

/// Takes `host:port` and `[address]:port` apart; everything else is a host alone, as with `net.SplitHostPort`.
fn split_port(entry: &str) -> (&str, Option<u16>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if host.starts_with('[') && host.ends_with(']') => {
            (&host[1..host.len() - 1], port.parse().ok())
        }
        Some((host, port)) if !host.contains(':') => (host, port.parse().ok()),
        _ => (entry, None),
    }
}

/// Tells whether `address` lies in the network `network/prefix`. An IPv4 network holds no IPv6 address.
fn contains(network: IpAddr, prefix: u8, address: IpAddr) -> bool {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, 4),
        IpAddr::V6(address) => (address.to_bits(), 6),
    };
    let ((network, family), (address, other)) = (bits(network), bits(address.to_canonical()));
    let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
    family == other && network & mask == address & mask
}

#[cfg(test)]
#[path = "proxy_tests.rs"]
mod tests;
