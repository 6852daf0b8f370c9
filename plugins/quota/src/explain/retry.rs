//! When controllers try again.
//!
//! Most wait 5 ms after the first failure and twice as long after each, up to 1000 s
//! (`DefaultTypedControllerRateLimiter` in client-go's workqueue); Jobs start at 1 s and end at 60 s (`MaxJobApiBackOff`);
//! a Deployment whose ReplicaSet is refused gives up after 15 retries (`maxRetries` in
//! `pkg/controller/deployment/deployment_controller.go`). Freed quota wakes none of them, a change of the object does.

use shared::{
    model::Time,
    output::{ShellCommand, age},
};

use super::{event::Failures, explanation::Retry};
use crate::inventory::Owner;

/// The waits of one kind of controller, in milliseconds.
struct Waits {
    first: u64,
    longest: u64,
    retries: Option<u32>,
}

const USUAL: Waits = Waits { first: 5, longest: 1_000_000, retries: None };

fn waits(kind: &str) -> Waits {
    match kind {
        "Job" => Waits { first: 1_000, longest: 60_000, retries: None },
        "Deployment" => Waits { retries: Some(15), ..USUAL },
        _ => USUAL,
    }
}

impl Waits {
    /// How long it waits after so many failures, in seconds, rounded up.
    fn after(&self, failures: u32) -> u64 {
        let doubled = 2_u64.saturating_pow(failures.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest).div_ceil(1_000)
    }
}

/// Beyond so many the recorder drops events (`defaultSpamBurst`): the newest that is seen need not be the newest.
const EVENTS_AT_MOST: u32 = 25;

/// What a controller does next. `now` in seconds since 1970.
pub fn retry(controller: &Owner, namespace: &str, failures: Option<&Failures>, now: i64) -> Retry {
    let waits = waits(&controller.kind);
    let Owner { kind, name } = controller;
    let verbs = ["kubectl".to_owned(), "annotate".to_owned(), kind.to_lowercase()];
    let command = ShellCommand::new(verbs)
        .name(name)
        .name(format!("kubectl-quota/retry={now}"))
        .flag_with("-n", namespace)
        .flag("--overwrite")
        .to_string();
    let longest = waits.longest / 1_000;
    let Some(failures) = failures else {
        return Retry {
            controller: controller.clone(),
            gave_up: false,
            last_failure: None,
            failures: 0,
            within_seconds: Some(longest),
            text: format!(
                "{kind} {name} tries again within {}: no event tells of its last failure",
                human(longest)
            ),
            command,
        };
    };
    let since = u64::try_from(now - failures.last).unwrap_or(0);
    let wait = waits.after(failures.count);
    let seen = match failures.count {
        1 => "1 failure was seen".to_owned(),
        count => format!("{count} failures were seen"),
    };
    let told = format!("{seen}, the newest {} ago", human(since));
    // A retry that is overdue by far never comes.
    let gave_up =
        waits.retries.is_some_and(|retries| failures.count > retries || since > waits.after(retries) + 10);
    let (within, text) = if gave_up {
        let retries = waits.retries.unwrap_or(0);
        (
            None,
            format!(
                "the controller of {kind} {name} gave up after {retries} retries ({told}): nothing happens until the {kind} changes"
            ),
        )
    } else {
        let is_sure = failures.count < EVENTS_AT_MOST && since <= wait;
        let within = if is_sure { wait - since } else { longest };
        let rule = format!("each wait is twice the one before, up to {}", human(longest));
        (Some(within), format!("{kind} {name} tries again within {} ({told}; {rule})", human(within)))
    };
    Retry {
        controller: controller.clone(),
        gave_up,
        last_failure: Time { seconds: failures.last }.timestamp().map(|time| time.to_string()),
        failures: failures.count,
        within_seconds: within,
        text,
        command,
    }
}

/// So many seconds as kubectl prints ages.
pub fn human(seconds: u64) -> String {
    // Any moment will do: only the distance counts.
    let origin = 1_000_000_000;
    let at = |seconds: i64| Time { seconds: origin + seconds }.timestamp();
    match at(i64::try_from(seconds).unwrap_or(0)) {
        Some(end) => age(at(0), end),
        None => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Failures, Owner, retry};

    fn of(kind: &str, count: u32, since: i64) -> (bool, Option<u64>, String) {
        let failures = Failures { message: String::new(), first: 0, last: 1_000_000, count };
        let retry = retry(&Owner::new(kind, "x"), "team", Some(&failures), 1_000_000 + since);
        (retry.gave_up, retry.within_seconds, retry.text)
    }

    #[test]
    fn waits_double_up_to_a_bound() {
        assert_eq!(of("ReplicaSet", 1, 0).1, Some(1));
        // 5 ms × 2¹³ are 41 s.
        assert_eq!(of("ReplicaSet", 14, 11).1, Some(30));
        assert_eq!(of("ReplicaSet", 24, 100).1, Some(900));
        assert_eq!(of("Job", 3, 1).1, Some(3));
        assert_eq!(of("Job", 20, 30).1, Some(30));
        assert_eq!(
            of("StatefulSet", 9, 0).2,
            "StatefulSet x tries again within 2s (9 failures were seen, the newest 0s ago; each wait is twice the one before, up to 16m)"
        );
    }

    #[test]
    fn where_events_were_dropped_only_the_bound_is_sure() {
        assert_eq!(of("ReplicaSet", 25, 1).1, Some(1000));
        assert_eq!(of("ReplicaSet", 3, 500).1, Some(1000));
    }

    #[test]
    fn deployments_give_up() {
        assert_eq!(of("Deployment", 10, 1).1, Some(2));
        let (gave_up, within, text) = of("Deployment", 16, 400);
        assert_eq!((gave_up, within), (true, None));
        assert_eq!(
            text,
            "the controller of Deployment x gave up after 15 retries (16 failures were seen, the newest 6m40s ago): nothing happens until the Deployment changes"
        );
        // Events of old retries are forgotten.
        assert!(of("Deployment", 1, 3000).0);
    }
}
