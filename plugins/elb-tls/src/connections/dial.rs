//! TCP connections.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialFailure {
    /// Nobody listens.
    Refused,
    /// There is no route.
    Unreachable,
    /// Nobody answers.
    TimedOut,
    /// Something else.
    Failed(String),
}

/// Connects.
///
/// # Errors
/// Why that is impossible.
pub async fn dial(address: SocketAddr, until: Instant) -> Result<TcpStream, DialFailure> {
    match timeout_at(until, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => Err(DialFailure::TimedOut),
    }
}

fn failure(error: &io::Error) -> DialFailure {
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => DialFailure::Refused,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            DialFailure::Unreachable
        }
        ErrorKind::TimedOut => DialFailure::TimedOut,
        _ => DialFailure::Failed(error.to_string()),
    }
}
