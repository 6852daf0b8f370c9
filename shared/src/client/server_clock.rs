//! What time it is for the API server: times of objects, such as deletion timestamps, are by its clock and not by ours.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use http::{HeaderMap, header::DATE};
use jiff::fmt::rfc2822;

use super::Client;
use crate::cli::clock;

/// The last `Date` of an answer, and when it came, by a clock that nobody sets.
#[derive(Debug, Default)]
pub(super) struct ServerClock(Mutex<Option<(i64, Instant)>>);

impl ServerClock {
    /// Takes over the time of an answer. Go's server writes one on every answer.
    pub fn see(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|date| rfc2822::parse(date.to_str().ok()?).ok());
        if let Some(date) = date {
            let seen = (date.timestamp().as_second(), Instant::now());
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
    }

    fn now(&self) -> i64 {
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match seen {
            Some((date, at)) => date + i64::try_from(at.elapsed().as_secs()).unwrap_or_default(),
            None => clock::now(),
        }
    }
}

impl Client {
    /// Returns the time by the server's clock in seconds since 1970, as its last answer told it; by ours as long as none
    /// has. It is behind by as much as a second and the way here, and never ahead.
    pub fn server_time(&self) -> i64 {
        self.facts.clock.now()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_time_is_that_of_the_last_answer() {
        let clock = ServerClock::default();
        assert!((clock.now() - clock::now()).abs() <= 1);
        let header = |text: &'static str| HeaderMap::from_iter([(DATE, HeaderValue::from_static(text))]);
        clock.see(&header("Thu, 01 Jan 1970 01:00:00 GMT"));
        clock.see(&HeaderMap::new());
        clock.see(&header("yesterday"));
        assert!((3600..3660).contains(&clock.now()), "{}", clock.now());
    }
}
