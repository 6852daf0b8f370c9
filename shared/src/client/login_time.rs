//! How long logging in took: the time of a credential plugin, and of the person it waits for, is not the server's. And until
//! when the plugin's credential holds.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use secrecy::ExposeSecret as _;

use super::{Client, errors::expiry_of_token, exec_credential::Credential};
use crate::{Error, Result};

/// The time in which at least one request waited for credentials, and when those of a plugin expire.
#[derive(Debug, Default)]
pub(super) struct LoginTime(Mutex<Spent>);

#[derive(Debug, Default)]
struct Spent {
    before: Duration,
    since: Option<Instant>,
    waiting: usize,
    expires: Option<Timestamp>,
}

/// One request that waits for credentials, until it is dropped.
pub(super) struct LoggingIn<'a>(&'a LoginTime);

impl LoginTime {
    /// Counts the time until the result is dropped. Of requests that wait at once the time counts once.
    pub fn begin(&self) -> LoggingIn<'_> {
        let mut spent = self.lock();
        spent.waiting += 1;
        spent.since.get_or_insert_with(Instant::now);
        drop(spent);
        LoggingIn(self)
    }

    /// Notes what a plugin answered: when its credential expires, as it says or its token does.
    pub fn gave(&self, credential: &Credential) {
        let of_token = || expiry_of_token(credential.token.as_ref()?.expose_secret());
        self.lock().expires = credential.expires.or_else(of_token);
    }

    /// Returns the time so far.
    fn total(&self) -> Duration {
        let spent = self.lock();
        spent.before + spent.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn lock(&self) -> MutexGuard<'_, Spent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for LoggingIn<'_> {
    fn drop(&mut self) {
        let mut spent = self.0.lock();
        spent.waiting -= 1;
        if spent.waiting == 0
            && let Some(since) = spent.since.take()
        {
            spent.before += since.elapsed();
        }
    }
}

impl Client {
    /// Returns when the credential expires that a plugin gave for the last request; `None` without a plugin, before a
    /// request, and where neither it nor its token says so.
    pub fn plugin_credential_expires(&self) -> Option<Timestamp> {
        self.facts.login.lock().expires
    }

    /// Waits for some work with this client, for as long as the server may take; the time of a credential plugin does
    /// not count.
    ///
    /// # Errors
    /// The work's own, or what `late` returns when the time is over.
    pub async fn within<T>(
        &self,
        patience: Duration,
        work: impl Future<Output = Result<T>>,
        late: impl FnOnce() -> Error,
    ) -> Result<T> {
        let start = Instant::now();
        let before = self.facts.login.total();
        tokio::pin!(work);
        loop {
            let server = start.elapsed().saturating_sub(self.facts.login.total() - before);
            let Some(left) = patience.checked_sub(server).filter(|left| !left.is_zero()) else {
                return Err(late());
            };
            if let Ok(outcome) = tokio::time::timeout(left, &mut work).await {
                return outcome;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_that_wait_at_once_are_counted_once() {
        let login = LoginTime::default();
        let start = Instant::now();
        let (first, second) = (login.begin(), login.begin());
        std::thread::sleep(Duration::from_millis(20));
        drop(first);
        let running = login.total();
        assert!(running >= Duration::from_millis(20));
        drop(second);
        let total = login.total();
        let elapsed = start.elapsed();
        assert!(total >= running && total <= elapsed, "{total:?} of {elapsed:?}");
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(login.total(), total, "nobody waits");
    }
}
