//! `deploy/web`: workloads as kubectl's users name them.

use shared::{Error, Result};

use crate::facts::{Kind, built_in_kind};

/// What can be named, with its short names.
const KINDS: &[(&str, &str, &[&str])] = &[
    (
        "apps/v1",
        "Deployment",
        &["deploy", "deployment", "deployments", "deployment.apps", "deployments.apps"],
    ),
    (
        "apps/v1",
        "StatefulSet",
        &["sts", "statefulset", "statefulsets", "statefulset.apps", "statefulsets.apps"],
    ),
    ("apps/v1", "ReplicaSet", &["rs", "replicaset", "replicasets", "replicaset.apps", "replicasets.apps"]),
    ("apps/v1", "DaemonSet", &["ds", "daemonset", "daemonsets", "daemonset.apps", "daemonsets.apps"]),
    ("v1", "ReplicationController", &["rc", "replicationcontroller", "replicationcontrollers"]),
    ("batch/v1", "Job", &["job", "jobs", "job.batch", "jobs.batch"]),
];

/// What can be asked about besides: what makes workloads, and what they make.
const MORE_KINDS: &[(&str, &str, &[&str])] = &[
    ("batch/v1", "CronJob", &["cj", "cronjob", "cronjobs", "cronjob.batch", "cronjobs.batch"]),
    ("v1", "Pod", &["po", "pod", "pods"]),
];

/// Kind and name of `TYPE/NAME`.
///
/// # Errors
/// Usage errors: no slash, or a type that makes no pods.
pub fn parse(text: &str) -> Result<(Kind, String)> {
    find(text, KINDS.iter())
}

/// As [`parse`], for pods and CronJobs as well.
///
/// # Errors
/// As [`parse`].
pub fn parse_any(text: &str) -> Result<(Kind, String)> {
    find(text, KINDS.iter().chain(MORE_KINDS))
}

fn find<'a>(
    text: &str,
    mut kinds: impl Iterator<Item = &'a (&'a str, &'a str, &'a [&'a str])>,
) -> Result<(Kind, String)> {
    let example = "name it as kubectl does, deployment/web for instance";
    let Some((kind, name)) = text.split_once('/').filter(|(_, name)| !name.is_empty()) else {
        return Err(Error::usage(format!("`{text}` is no TYPE/NAME")).with_hint(example));
    };
    let wanted = kind.to_lowercase();
    let known = kinds.find(|(_, _, names)| names.contains(&wanted.as_str()));
    let kind = known.and_then(|(version, kind, _)| built_in_kind(version, kind));
    match kind {
        Some(kind) => Ok((kind, name.to_owned())),
        None => Err(Error::usage(format!("`{wanted}` is no type that makes pods")).with_hint(example)),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_any};

    #[test]
    fn names_long_and_short() {
        let named = |text: &str| parse(text).map(|(kind, name)| format!("{} {name}", kind.full_name()));
        assert_eq!(named("deploy/web").unwrap(), "Deployment.apps web");
        assert_eq!(named("StatefulSets.apps/db").unwrap(), "StatefulSet.apps db");
        assert_eq!(named("rc/old").unwrap(), "ReplicationController old");
        assert!(named("cronjob/backup").is_err());
        let any = |text: &str| parse_any(text).map(|(kind, name)| format!("{} {name}", kind.full_name()));
        assert_eq!(any("cj/backup").unwrap(), "CronJob.batch backup");
        assert_eq!(any("po/db-0").unwrap(), "Pod db-0");
        assert_eq!(any("deploy/web").unwrap(), "Deployment.apps web");
        assert!(named("service/web").is_err());
        assert!(named("web").is_err());
    }
}
