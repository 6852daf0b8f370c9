//! Why replacements are missing: what controllers say of pods that they could not create.

use std::collections::BTreeMap;

use shared::workload::retry::{Failures, next_retry};

use crate::facts::Workload;

/// What the controllers of a namespace failed to create, by the kind and the name of the object that each acts for.
///
/// It is taken from events: the condition ReplicaFailure keeps the words of the first failure
/// (`SetCondition` in Kubernetes' `pkg/controller/replicaset/replica_set_utils.go`).
pub type FailedCreations = BTreeMap<(String, String), Failures>;

/// Says who refuses the pods of a workload, in which words, and when its controller tries again; none where no controller
/// has said so.
pub fn refusal(workload: &Workload, failed: &FailedCreations) -> Option<String> {
    let ((kind, name), failures) = latest(workload, failed)?;
    let words = words_of_the_server(&failures.message);
    let who = match quota_of(words) {
        Some(quota) => format!("ResourceQuota {quota} refuses the others"),
        None => "the others can't be created".to_owned(),
    };
    // By the clock of the server, as the events.
    let next = next_retry(kind, Some(failures), failures.last).within_seconds;
    let again = next.and_then(|wait| Some(failures.last + i64::try_from(wait).ok()?)).map(time_of_day);
    let again = again.map_or_else(String::new, |again| format!("; {kind} {name} tries again by {again}"));
    Some(format!("{who}: {words}{again}"))
}

/// Returns the quota that refuses the pods of a workload, where one does.
pub fn refusing_quota<'a>(workload: &Workload, failed: &'a FailedCreations) -> Option<&'a str> {
    let (_, failures) = latest(workload, failed)?;
    quota_of(words_of_the_server(&failures.message))
}

/// Returns the latest failures of a workload, and the object that its controller acts for.
fn latest<'a>(
    workload: &Workload,
    failed: &'a FailedCreations,
) -> Option<(&'a (String, String), &'a Failures)> {
    let of_it = failed.iter().filter(|((kind, name), _)| acts_for(kind, name, workload));
    of_it.max_by_key(|(_, failures)| failures.last)
}

/// Returns whether an object makes pods of a workload. A Deployment names its ReplicaSets by its own name and a hash, which
/// has no dash.
fn acts_for(kind: &str, name: &str, workload: &Workload) -> bool {
    let hash = || name.strip_prefix(&workload.name).and_then(|rest| rest.strip_prefix('-'));
    let is_revision = || hash().is_some_and(|hash| !hash.is_empty() && !hash.contains('-'));
    (kind == workload.kind && name == workload.name)
        || (kind == "ReplicaSet" && workload.kind == "Deployment" && is_revision())
}

/// Returns the server's sentence in that of a controller (`FailedCreatePodReason` in `pkg/controller/controller_utils.go`,
/// `recordPodEvent` in `pkg/controller/statefulset/stateful_pod_control.go`).
fn words_of_the_server(message: &str) -> &str {
    let after = |marker| message.split_once(marker).map(|(_, rest)| rest);
    after("Error creating: ").or_else(|| after(" failed error: ")).unwrap_or(message)
}

/// Returns the quota that a sentence names (`CheckRequest` in
/// `staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go`).
fn quota_of(words: &str) -> Option<&str> {
    let (_, rest) = words.split_once("exceeded quota: ").or_else(|| words.split_once("failed quota: "))?;
    rest.split([',', ':']).next()
}

fn time_of_day(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(24 * 3600);
    format!("{:02}:{:02}:{:02} UTC", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-30 12:00:00 UTC.
    const NOON: i64 = 1_796_040_000;

    fn failed(kind: &str, name: &str, message: &str, count: u32) -> FailedCreations {
        let failures = Failures { message: message.to_owned(), first: NOON - 60, last: NOON, count };
        BTreeMap::from([((kind.to_owned(), name.to_owned()), failures)])
    }

    fn workload(kind: &str, name: &str) -> Workload {
        Workload { namespace: "shop".to_owned(), kind: kind.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn the_quota_the_words_and_the_next_attempt_are_told() {
        let words = "pods \"web-7f6c-x2x1z\" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=2, limited: pods=2";
        for before in ["Error creating: ", "(combined from similar events): Error creating: "] {
            let failed = failed("ReplicaSet", "web-7f6c", &format!("{before}{words}"), 14);
            assert_eq!(
                refusal(&workload("Deployment", "web"), &failed).unwrap(),
                format!(
                    "ResourceQuota compute refuses the others: {words}; ReplicaSet web-7f6c tries again by 12:00:41 UTC"
                )
            );
            assert_eq!(refusal(&workload("Deployment", "web-7f6c"), &failed), None);
        }
    }

    #[test]
    fn stateful_sets_say_it_in_other_words() {
        let words = "pods \"db-1\" is forbidden: failed quota: compute: must specify requests.cpu for: app";
        let message = format!("create Pod db-1 in StatefulSet db failed error: {words}");
        let told =
            refusal(&workload("StatefulSet", "db"), &failed("StatefulSet", "db", &message, 3)).unwrap();
        assert_eq!(
            told,
            format!(
                "ResourceQuota compute refuses the others: {words}; StatefulSet db tries again by 12:00:01 UTC"
            )
        );
    }

    #[test]
    fn what_no_quota_refuses_is_told_too() {
        let words = "pods \"web-1-x\" is forbidden: error looking up service account shop/robot: serviceaccount \"robot\" not found";
        let failed = failed("ReplicaSet", "web-1", &format!("Error creating: {words}"), 25);
        let told = refusal(&workload("Deployment", "web"), &failed).unwrap();
        // Of so many failures not all are recorded, and only the longest wait is sure.
        assert_eq!(
            told,
            format!("the others can't be created: {words}; ReplicaSet web-1 tries again by 12:16:40 UTC")
        );
    }

    #[test]
    fn other_workloads_are_passed_over() {
        let failed = failed("ReplicaSet", "web-api-7f6c", "Error creating: no", 1);
        assert_eq!(refusal(&workload("Deployment", "web"), &failed), None);
        assert!(refusal(&workload("Deployment", "web-api"), &failed).is_some());
        assert!(refusal(&workload("ReplicaSet", "web-api-7f6c"), &failed).is_some());
    }
}
