//! When controllers retry.
//!
//! Most wait 5 ms after the first failure and twice as long after each, up to 1000 s
//! (`DefaultTypedControllerRateLimiter` in client-go's workqueue); Jobs start at 1 s and end at 60 s (`MaxJobApiBackOff`);
//! a Deployment whose ReplicaSet is refused gives up after 15 retries (`maxRetries` in
//! `pkg/controller/deployment/deployment_controller.go`). Freed quota does not trigger a retry, a change of the object does;
//! of a pod whose ephemeral volumes lack claims not even that (`pkg/controller/volume/ephemeral/controller.go`).

/// The failures of one controller about one object, gathered from its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures {
    /// What the newest event says.
    pub message: String,
    /// When the first was seen, in seconds since 1970. Events are forgotten after an hour.
    pub first: i64,
    /// When the newest was seen.
    pub last: i64,
    /// How many were seen. Of a storm the recorder writes 25, then one in five minutes.
    pub count: u32,
}

/// The backoff of one kind of controller, in milliseconds.
struct Backoff {
    first: u64,
    longest: u64,
    retries: Option<u32>,
}

const DEFAULT_BACKOFF: Backoff = Backoff { first: 5, longest: 1_000_000, retries: None };

fn backoff(kind: &str) -> Backoff {
    match kind {
        "Job" => Backoff { first: 1_000, longest: 60_000, retries: None },
        "Deployment" => Backoff { retries: Some(15), ..DEFAULT_BACKOFF },
        _ => DEFAULT_BACKOFF,
    }
}

impl Backoff {
    /// Returns how long it waits after this many failures, in seconds, rounded up.
    fn after(&self, failures: u32) -> u64 {
        let doubled = 2_u64.saturating_pow(failures.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest).div_ceil(1_000)
    }
}

/// The recorder drops events beyond this many (`defaultSpamBurst`): the newest one recorded may not be the newest
/// failure.
const EVENTS_AT_MOST: u32 = 25;

/// When a controller tries again, derived from the events that report its failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextRetry {
    /// Whether the controller does nothing more until its object changes.
    pub gave_up: bool,
    /// After how many retries such a controller gives up; `None` for one that never does.
    pub retries: Option<u32>,
    /// The seconds within which the next attempt comes; `None` once it gave up.
    pub within_seconds: Option<u64>,
    /// The longest wait of such a controller, in seconds.
    pub longest_wait: u64,
    /// Seconds since the newest failure; 0 where none was seen.
    pub since_failure: u64,
}

/// Returns when the controller of a `kind` tries again. `now` is in seconds since 1970.
pub fn next_retry(kind: &str, failures: Option<&Failures>, now: i64) -> NextRetry {
    let backoff = backoff(kind);
    let longest_wait = backoff.longest / 1_000;
    let Some(failures) = failures else {
        return NextRetry {
            gave_up: false,
            retries: backoff.retries,
            within_seconds: Some(longest_wait),
            longest_wait,
            since_failure: 0,
        };
    };
    let since = u64::try_from(now - failures.last).unwrap_or(0);
    let wait = backoff.after(failures.count);
    // A retry that is long overdue was given up.
    let gave_up = backoff
        .retries
        .is_some_and(|retries| failures.count > retries || since > backoff.after(retries) + 10);
    let is_sure = failures.count < EVENTS_AT_MOST && since <= wait;
    let within = if is_sure { wait - since } else { longest_wait };
    NextRetry {
        gave_up,
        retries: backoff.retries,
        within_seconds: (!gave_up).then_some(within),
        longest_wait,
        since_failure: since,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failures, next_retry};

    fn retry(kind: &str, count: u32, since: i64) -> (bool, Option<u64>) {
        let failures = Failures { message: String::new(), first: 0, last: 1_000_000, count };
        let next = next_retry(kind, Some(&failures), 1_000_000 + since);
        (next.gave_up, next.within_seconds)
    }

    #[test]
    fn waits_double_up_to_a_bound() {
        assert_eq!(retry("ReplicaSet", 1, 0).1, Some(1));
        // 5 ms × 2¹³ are 41 s.
        assert_eq!(retry("ReplicaSet", 14, 11).1, Some(30));
        assert_eq!(retry("ReplicaSet", 24, 100).1, Some(900));
        assert_eq!(retry("Job", 3, 1).1, Some(3));
        assert_eq!(retry("Job", 20, 30).1, Some(30));
    }

    #[test]
    fn where_events_were_dropped_only_the_bound_is_sure() {
        assert_eq!(retry("ReplicaSet", 25, 1).1, Some(1000));
        assert_eq!(retry("ReplicaSet", 3, 500).1, Some(1000));
    }

    #[test]
    fn deployments_give_up() {
        assert_eq!(retry("Deployment", 10, 1).1, Some(2));
        assert_eq!(retry("Deployment", 16, 400), (true, None));
        // Events of old retries have expired.
        assert!(retry("Deployment", 1, 3000).0);
    }
}
