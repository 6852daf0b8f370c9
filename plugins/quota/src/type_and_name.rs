//! `deploy/web` or `deploy web`: workloads as kubectl names them.

use shared::{
    Error, Result,
    model::kind::{Kind, built_in_kind},
};

/// Workload kinds with their short names (`kubectl api-resources`).
const KINDS: &[(&str, &str, &str)] = &[
    ("apps/v1", "Deployment", "deploy"),
    ("apps/v1", "StatefulSet", "sts"),
    ("apps/v1", "ReplicaSet", "rs"),
    ("apps/v1", "DaemonSet", "ds"),
    ("v1", "ReplicationController", "rc"),
    ("batch/v1", "Job", ""),
    ("batch/v1", "CronJob", "cj"),
];

/// Kinds that workloads create.
const CREATED_KINDS: &[(&str, &str, &str)] = &[("v1", "Pod", "po")];

const EXAMPLE: &str = "name it as kubectl does: deployment/web or deployment web";

const TYPES: &str =
    "types are deployment, statefulset, daemonset, replicaset, replicationcontroller, job and cronjob";

/// Parses `TYPE/NAME`, or `TYPE NAME` as two arguments, of which `name` is the second.
///
/// # Errors
/// Usage errors: no name, several, or a type that is not a workload.
pub fn parse(word: &str, name: Option<&str>) -> Result<(Kind, String)> {
    find(word, name, KINDS.iter())
}

/// Parses the same, and pods as well.
///
/// # Errors
/// As [`parse`].
pub fn parse_any(word: &str, name: Option<&str>) -> Result<(Kind, String)> {
    find(word, name, KINDS.iter().chain(CREATED_KINDS))
}

fn find<'a>(
    word: &str,
    name: Option<&str>,
    mut kinds: impl Iterator<Item = &'a (&'a str, &'a str, &'a str)>,
) -> Result<(Kind, String)> {
    let wrong = |error: String| Err(Error::usage(error).with_hint(EXAMPLE));
    let (type_name, name) = match (word.split_once('/'), name) {
        (None, None) => return wrong(format!("`{word}` is not TYPE/NAME")),
        (Some(parts), None) => parts,
        (None, Some(name)) if !name.contains('/') => (word, name),
        (_, Some(name)) => return wrong(format!("`{word} {name}` is more than one workload")),
    };
    if type_name.is_empty() || name.is_empty() || name.contains('/') {
        return wrong(format!("`{type_name}/{name}` is not TYPE/NAME"));
    }
    let wanted = type_name.to_lowercase();
    match called(&wanted, &mut kinds) {
        Some(kind) => Ok((kind, name.to_owned())),
        None => Err(Error::usage(format!("`{wanted}` is not a workload type")).with_hint(TYPES)),
    }
}

/// Returns the kind of workload, or the kind of what workloads create, that a word names.
pub fn kind_called(word: &str) -> Option<Kind> {
    called(&word.to_lowercase(), &mut KINDS.iter().chain(CREATED_KINDS))
}

fn called<'a>(
    wanted: &str,
    kinds: &mut impl Iterator<Item = &'a (&'a str, &'a str, &'a str)>,
) -> Option<Kind> {
    kinds.find_map(|(version, kind, short)| {
        let kind = built_in_kind(version, kind)?;
        is_called(wanted, &kind, short).then_some(kind)
    })
}

/// Returns whether a kind has this name: short, singular or plural, alone or followed by `.group` or `.version.group`.
fn is_called(wanted: &str, kind: &Kind, short: &str) -> bool {
    let (name, group) = wanted.split_once('.').map_or((wanted, None), |(name, group)| (name, Some(group)));
    let is_group = group.is_none_or(|group| {
        group == kind.group || group.split_once('.') == Some((kind.version.as_str(), kind.group.as_str()))
    });
    is_group && !name.is_empty() && [short, &kind.kind.to_lowercase(), &kind.plural].contains(&name)
}

#[cfg(test)]
mod tests {
    use shared::cli::ExitStatus;

    use super::{Kind, Result, parse, parse_any};

    fn words(text: &str) -> (&str, Option<&str>) {
        text.split_once(' ').map_or((text, None), |(word, name)| (word, Some(name)))
    }

    fn text(found: Result<(Kind, String)>) -> String {
        found.map_or_else(
            |error| {
                assert_eq!(error.status(), ExitStatus::Usage);
                let text = error.to_string();
                text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
            },
            |(kind, name)| format!("{} {name}", kind.full_name()),
        )
    }

    #[test]
    fn names_long_and_short_in_one_word_or_two() {
        let any = |typed: &str| text(parse_any(words(typed).0, words(typed).1));
        for typed in [
            "deploy/web",
            "deploy web",
            "deployment web",
            "Deployments web",
            "deployments.apps/web",
            "deployment.apps web",
            "deployments.v1.apps/web",
            "deploy.apps/web",
        ] {
            assert_eq!(any(typed), "Deployment.apps web", "{typed}");
        }
        for (typed, expected) in [
            ("sts/db", "StatefulSet.apps db"),
            ("StatefulSets.apps/db", "StatefulSet.apps db"),
            ("ds log", "DaemonSet.apps log"),
            ("rs/web-1", "ReplicaSet.apps web-1"),
            ("rc/old", "ReplicationController old"),
            ("replicationcontrollers old", "ReplicationController old"),
            ("jobs.batch/once", "Job.batch once"),
            ("cj/backup", "CronJob.batch backup"),
            ("cronjobs backup", "CronJob.batch backup"),
            ("po/db-0", "Pod db-0"),
            ("pods db-0", "Pod db-0"),
        ] {
            assert_eq!(any(typed), expected);
        }
    }

    #[test]
    fn anything_else_is_a_usage_error() {
        let named = |typed: &str| text(parse(words(typed).0, words(typed).1));
        for typed in ["web", "deploy", "deploy/", "/web", "deploy/web/x", "deploy ", " web"] {
            assert!(named(typed).ends_with("is not TYPE/NAME"), "{typed}: {}", named(typed));
        }
        for typed in ["deploy/web api", "deploy/web deploy/api", "deploy sts/db"] {
            assert_eq!(named(typed), format!("`{typed}` is more than one workload"));
        }
        for typed in ["service/web", "pod/web", "deployments.batch/web", "deploy.v2.apps/web", ".apps/web"] {
            assert!(named(typed).ends_with("is not a workload type"), "{typed}: {}", named(typed));
        }
    }
}
