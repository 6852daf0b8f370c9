//! Connections to load balancers, as clients make them. Every step has a deadline, and no peer makes anything here grow.

mod certificate;
mod chain;
mod client_hello;
mod dial;
mod handshake;
mod http;
mod resolve;

pub use certificate::{Certificate, has_name};
pub use chain::{ChainProblem, Trust};
pub use client_hello::{TlsVersion, accepts};
pub use dial::{DialFailure, dial};
pub use handshake::{HandshakeFailure, Secured, handshake};
pub use http::{Answer, ask, ask_http2};
pub use resolve::{ResolveFailure, resolve};

use tokio::time::Instant;

/// Returns whether any address of a host answers with TLS on one of these ports.
pub async fn answers_with_tls(host: &str, ports: &[u16], until: Instant) -> bool {
    let Ok(addresses) = resolve(host, until).await else { return false };
    for (address, port) in
        addresses.iter().flat_map(|address| ports.iter().map(move |port| (*address, *port)))
    {
        let Ok(stream) = dial((address, port).into(), until).await else { continue };
        if handshake(stream, None, until).await.is_ok() {
            return true;
        }
    }
    false
}
