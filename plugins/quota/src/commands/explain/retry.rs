//! When the controller tries again, as a sentence, with the command that makes it try at once.

use serde::Serialize;
use shared::{
    model::Time,
    output::{ShellCommand, age},
    workload::{
        owner::Owner,
        retry::{Failures, next_retry},
    },
};

/// What the controller does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Retry {
    /// Whose controller.
    pub controller: Owner,
    /// Whether it does nothing more by itself.
    pub gave_up: bool,
    /// When it last told of a failure.
    pub last_failure: Option<String>,
    /// So many failures were seen.
    pub failures: u32,
    /// It tries again within so many seconds.
    pub within_seconds: Option<u64>,
    /// All of this in a sentence.
    pub text: String,
    /// What makes it try at once.
    pub command: String,
}

/// Says when a controller tries again. `now` is in seconds since 1970.
pub fn retry(controller: &Owner, namespace: &str, failures: Option<&Failures>, now: i64) -> Retry {
    let Owner { kind, name } = controller;
    let verbs = ["kubectl".to_owned(), "annotate".to_owned(), kind.to_lowercase()];
    let command = ShellCommand::new(verbs)
        .name(name)
        .name(format!("kubectl-quota/retry={now}"))
        .flag_with("-n", namespace)
        .flag("--overwrite")
        .to_string();
    let next = next_retry(kind, failures, now);
    let longest = human(next.longest_wait);
    let text = match (failures, next.within_seconds) {
        (None, _) => {
            format!("{kind} {name} tries again within {longest}: no event tells of its last failure")
        }
        (Some(failures), None) => format!(
            "the controller of {kind} {name} gave up after {} retries ({}): nothing happens until the {kind} changes",
            next.retries.unwrap_or(0),
            seen(failures, next.since_failure)
        ),
        (Some(failures), Some(within)) => format!(
            "{kind} {name} tries again within {} ({}; each wait is twice the one before, up to {longest})",
            human(within),
            seen(failures, next.since_failure)
        ),
    };
    let last_failure = failures.and_then(|failures| Time { seconds: failures.last }.timestamp());
    Retry {
        controller: controller.clone(),
        gave_up: next.gave_up,
        last_failure: last_failure.map(|time| time.to_string()),
        failures: failures.map_or(0, |failures| failures.count),
        within_seconds: next.within_seconds,
        text,
        command,
    }
}

/// Says how many failures were seen, and how long ago the newest was.
fn seen(failures: &Failures, since: u64) -> String {
    let count = match failures.count {
        1 => "1 failure was seen".to_owned(),
        count => format!("{count} failures were seen"),
    };
    format!("{count}, the newest {} ago", human(since))
}

/// Returns so many seconds as kubectl prints ages.
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

    fn of(kind: &str, count: u32, since: i64) -> String {
        let failures = Failures { message: String::new(), first: 0, last: 1_000_000, count };
        retry(&Owner::new(kind, "x"), "team", Some(&failures), 1_000_000 + since).text
    }

    #[test]
    fn sentences_name_the_next_attempt_and_what_it_follows_from() {
        assert_eq!(
            of("StatefulSet", 9, 0),
            "StatefulSet x tries again within 2s (9 failures were seen, the newest 0s ago; each wait is twice the one before, up to 16m)"
        );
        assert_eq!(
            of("Deployment", 16, 400),
            "the controller of Deployment x gave up after 15 retries (16 failures were seen, the newest 6m40s ago): nothing happens until the Deployment changes"
        );
    }
}
