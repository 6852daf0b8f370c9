//! The next retry of a controller, with the command that makes it retry at once.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    model::{Pod, Time},
    output::{ShellCommand, age},
    workload::{
        owner::Owner,
        retry::{Failures, next_retry},
    },
};

/// The next retry of a controller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Retry {
    /// The object whose controller it is.
    pub controller: Owner,
    /// Whether it has stopped retrying.
    pub gave_up: bool,
    /// The time of the last failure event.
    pub last_failure: Option<String>,
    /// The number of failures reported.
    pub failures: u32,
    /// The upper bound of the wait until the next retry.
    pub within_seconds: Option<u64>,
    /// The retry in a sentence.
    pub text: String,
    /// The command that makes it retry at once; `None` where only time does.
    pub command: Option<String>,
}

/// Returns when the controller of a pod's claims retries, of the pod whose turn comes first: each has its own back-off. Pods
/// are paired with the failures that events report about them.
pub fn retry_of_claims(
    pods: &[(&Pod, Option<Failures>)],
    are_device_claims: bool,
    namespace: &str,
    now: i64,
) -> Option<Retry> {
    let wait = |failures: &Option<Failures>| next_retry(POD, failures.as_ref(), now).within_seconds;
    let (pod, failures) = pods.iter().min_by_key(|(_, failures)| wait(failures))?;
    let owner = Owner::new(POD, &pod.metadata.name);
    let mut retry = retry(&owner, namespace, failures.as_ref(), now);
    retry.text = format!("the claims of {}", retry.text.replacen(" retries ", " are tried again ", 1));
    if !are_device_claims {
        // Of ephemeral volumes the controller ignores updates of pods, so that only another pod is tried at once.
        let delete = ShellCommand::new(["kubectl", "delete", "pod"].map(str::to_owned))
            .name(&pod.metadata.name)
            .flag_with("-n", namespace)
            .to_string();
        retry.command = pod.metadata.controller().map(|_| delete);
    }
    Some(retry)
}

const POD: &str = "Pod";

/// Returns when a controller retries. `now` is in seconds since 1970.
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
            format!("{kind} {name} retries within {longest} (no failure event found)")
        }
        (Some(failures), None) => format!(
            "the controller of {kind} {name} gave up after {} retries ({}): it does not retry until the {kind} changes",
            next.retries.unwrap_or(0),
            failures_text(failures, next.since_failure)
        ),
        (Some(failures), Some(within)) => format!(
            "{kind} {name} retries within {} ({}; exponential back-off, up to {longest})",
            human(within),
            failures_text(failures, next.since_failure)
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
        command: Some(command),
    }
}

/// Returns the number of failures and the age of the last one.
fn failures_text(failures: &Failures, since: u64) -> String {
    let count = match failures.count {
        1 => "1 failure".to_owned(),
        count => format!("{count} failures"),
    };
    format!("{count}, last {} ago", human(since))
}

/// Returns a duration as kubectl prints ages.
pub fn human(seconds: u64) -> String {
    // Any origin will do: only the difference matters.
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
    fn the_text_names_the_next_retry_and_the_failures_it_follows_from() {
        assert_eq!(
            of("StatefulSet", 9, 0),
            "StatefulSet x retries within 2s (9 failures, last 0s ago; exponential back-off, up to 16m)"
        );
        assert_eq!(
            of("Deployment", 16, 400),
            "the controller of Deployment x gave up after 15 retries (16 failures, last 6m40s ago): it does not retry until the Deployment changes"
        );
    }
}
