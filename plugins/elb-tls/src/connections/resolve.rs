//! Addresses of names.

use std::{io, net::IpAddr};

use tokio::time::{Instant, timeout_at};

/// Why a name has no addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveFailure {
    /// There is no such name, or it has no address.
    NotFound,
    /// The resolver did not answer in time.
    TimedOut,
    /// The resolver says something else.
    Failed(String),
}

/// Returns all addresses of a name, each once, as the system's resolver has them.
///
/// # Errors
/// Why there are none.
pub async fn resolve(host: &str, until: Instant) -> Result<Vec<IpAddr>, ResolveFailure> {
    if let Ok(address) = host.parse() {
        return Ok(vec![address]);
    }
    let looked_up = match timeout_at(until, tokio::net::lookup_host((host, 0))).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return Err(failure(&error)),
        Err(_) => return Err(ResolveFailure::TimedOut),
    };
    let mut addresses: Vec<IpAddr> = looked_up.map(|socket| socket.ip()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    if addresses.is_empty() { Err(ResolveFailure::NotFound) } else { Ok(addresses) }
}

/// The resolvers of glibc, musl and macOS have no error code that std passes on.
fn failure(error: &io::Error) -> ResolveFailure {
    let text = error.to_string();
    let absent = ["not known", "No address", "does not resolve", "nodename nor servname", "No such host"];
    match absent.iter().any(|part| text.contains(part)) {
        true => ResolveFailure::NotFound,
        false => ResolveFailure::Failed(text),
    }
}
