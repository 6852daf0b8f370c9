//! When a read is asked again: rarely, soon, and never a write.
//!
//! kube's own policy asks 15 times over minutes and on evictions too, where 429 is the answer; it is not used.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header::RETRY_AFTER};

/// How many times one read is sent at most.
pub(crate) const TRIES: u32 = 3;

/// The longest wait a server may ask for before its answer is reported instead.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// Why a read failed in a way that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The server's answer.
    Status(StatusCode, Option<Duration>),
    /// The connection broke before an answer came.
    ConnectionLost,
}

impl Cause {
    /// Returns the cause to be found in an answer; `None` for one that asking again would not change.
    pub fn of_answer(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        let passing = matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
        );
        passing.then(|| Self::Status(status, retry_after(headers)))
    }

    /// Returns how long to wait before the next try, when `tries` were made; `None` when it should not be tried again.
    pub fn wait(self, method: &Method, tries: u32) -> Option<Duration> {
        if tries >= TRIES || !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let ours = Duration::from_millis(250) * 4_u32.pow(tries.saturating_sub(1));
        match self {
            Self::Status(_, Some(asked)) => (asked <= LONGEST_WAIT).then_some(asked),
            Self::Status(_, None) | Self::ConnectionLost => Some(ours),
        }
    }

    /// Returns what to tell the user about the wait.
    pub fn note(self, wait: Duration) -> String {
        let what = match self {
            Self::Status(StatusCode::TOO_MANY_REQUESTS, _) => {
                "the server has too many requests (429)".to_owned()
            }
            Self::Status(status, _) => format!("the server answered {status}"),
            Self::ConnectionLost => "the connection was lost".to_owned(),
        };
        format!("{what}; asking again in {} s", wait.as_secs_f64())
    }
}

/// Reads `Retry-After` in whole seconds; client-go reads no dates either (`retryAfterSeconds` in `rest/request.go`).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&'static str>) -> Option<Cause> {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert(RETRY_AFTER, value.parse().unwrap());
        }
        Cause::of_answer(StatusCode::from_u16(status).unwrap(), &headers)
    }

    #[test]
    fn only_passing_answers_are_a_cause() {
        for status in [200, 400, 401, 403, 404, 409, 410, 422, 500, 502] {
            assert_eq!(answer(status, Some("1")), None, "{status}");
        }
        assert!(answer(429, None).is_some() && answer(503, None).is_some() && answer(504, None).is_some());
    }

    #[test]
    fn writes_are_never_repeated() {
        let cause = answer(429, Some("1")).unwrap();
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            assert_eq!(cause.wait(&method, 1), None, "{method}");
            assert_eq!(Cause::ConnectionLost.wait(&method, 1), None, "{method}");
        }
    }

    #[test]
    fn the_servers_wish_is_obeyed_within_bounds() {
        assert_eq!(answer(429, Some("2")).unwrap().wait(&Method::GET, 1), Some(Duration::from_secs(2)));
        assert_eq!(answer(503, Some("3600")).unwrap().wait(&Method::GET, 1), None);
        assert_eq!(
            answer(503, Some("soon")).unwrap().wait(&Method::GET, 1),
            Some(Duration::from_millis(250))
        );
    }

    #[test]
    fn three_tries_are_all() {
        let waits: Vec<_> = (1..=4).map(|tries| Cause::ConnectionLost.wait(&Method::GET, tries)).collect();
        assert_eq!(waits, [Some(Duration::from_millis(250)), Some(Duration::from_secs(1)), None, None]);
    }

    #[test]
    fn the_note_says_what_happened_and_how_long_it_waits() {
        let cause = answer(429, Some("1")).unwrap();
        assert_eq!(
            cause.note(Duration::from_secs(1)),
            "the server has too many requests (429); asking again in 1 s"
        );
        assert_eq!(
            Cause::ConnectionLost.note(Duration::from_millis(250)),
            "the connection was lost; asking again in 0.25 s"
        );
    }
}
