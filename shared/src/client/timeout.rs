//! How long to wait for an answer.
//!
//! kubectl waits for ever by default and notices dead connections by HTTP/2 pings. We speak HTTP/1.1, which has
//! none, so a connection that went silent is given up after [`SILENCE`].

use std::time::Duration;

use crate::{Error, cli::RequestTimeout};

/// How long a server may send nothing at all, unless `--request-timeout` says otherwise.
const SILENCE: Duration = Duration::from_secs(60);

/// The limit of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// The whole request, answer included, may take this long (`--request-timeout`).
    Total(Duration),
    /// The server may be silent for this long, however long the whole answer takes.
    Silence(Duration),
    /// No limit (`--request-timeout=0`).
    Endless,
}

/// What we were waiting for when patience ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// The answer's status line and headers.
    Headers,
    /// The rest of the answer's body.
    Body,
}

impl Patience {
    /// As the flag says: absent means our default, `0` no limit.
    pub fn of(flag: Option<RequestTimeout>) -> Self {
        match flag {
            None => Self::Silence(SILENCE),
            Some(RequestTimeout(None)) => Self::Endless,
            Some(RequestTimeout(Some(limit))) => Self::Total(limit),
        }
    }

    /// How long to wait for the next piece when the request was sent `elapsed` ago; `None` is for ever.
    pub fn next(self, elapsed: Duration) -> Option<Duration> {
        match self {
            Self::Total(limit) => Some(limit.saturating_sub(elapsed)),
            Self::Silence(limit) => Some(limit),
            Self::Endless => None,
        }
    }

    /// The failure to report when the wait was in vain; `server` is the address to name.
    ///
    /// A limit the user gave is worded as Go words it, since kubectl does.
    pub fn exceeded(self, awaited: Awaited, server: &str) -> Error {
        match (self, awaited) {
            (Self::Total(limit), Awaited::Headers) => Error::verbatim(
                "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
            )
            .with_hint(longer(limit)),
            (Self::Total(limit), Awaited::Body) => Error::verbatim(
                "Unable to connect to the server: context deadline exceeded (Client.Timeout or context cancellation while reading body)",
            )
            .with_hint(longer(limit)),
            (Self::Silence(limit), _) => Error::verbatim(format!(
                "Unable to connect to the server: {server} sent nothing for {} s",
                limit.as_secs()
            ))
            .with_hint("wait longer with --request-timeout=5m (0 waits for ever)"),
            (Self::Endless, _) => Error::verbatim(format!("Unable to connect to the server: {server} does not answer")),
        }
    }
}

fn longer(limit: Duration) -> String {
    format!("the request was given {limit:?} by --request-timeout; 0 waits for ever")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_decides_how_long() {
        assert_eq!(Patience::of(None), Patience::Silence(Duration::from_secs(60)));
        assert_eq!(Patience::of(Some(RequestTimeout(None))), Patience::Endless);
        let five = Duration::from_secs(5);
        assert_eq!(Patience::of(Some(RequestTimeout(Some(five)))), Patience::Total(five));
    }

    #[test]
    fn only_a_total_limit_is_used_up() {
        let (three, five) = (Duration::from_secs(3), Duration::from_secs(5));
        assert_eq!(Patience::Total(five).next(three), Some(Duration::from_secs(2)));
        assert_eq!(Patience::Total(three).next(five), Some(Duration::ZERO));
        assert_eq!(Patience::Silence(three).next(five), Some(three));
        assert_eq!(Patience::Endless.next(five), None);
    }

    #[test]
    fn our_own_limit_names_the_server_and_the_flag() {
        let error = Patience::of(None).exceeded(Awaited::Body, "cluster.example:6443").to_string();
        assert_eq!(
            error,
            "Unable to connect to the server: cluster.example:6443 sent nothing for 60 s\n\
             hint: wait longer with --request-timeout=5m (0 waits for ever)"
        );
    }
}
