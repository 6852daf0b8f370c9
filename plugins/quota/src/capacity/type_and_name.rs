//! `deploy/web` or `deploy web`: workloads as kubectl's users name them.

use shared::{
    Error, Result,
    model::kind::{Kind, built_in_kind},
};

/// What can be named, with its short name, if it has one (`kubectl api-resources`).
const KINDS: &[(&str, &str, &str)] = &[
    ("apps/v1", "Deployment", "deploy"),
    ("apps/v1", "StatefulSet", "sts"),
    ("apps/v1", "ReplicaSet", "rs"),
    ("apps/v1", "DaemonSet", "ds"),
    ("v1", "ReplicationController", "rc"),
    ("batch/v1", "Job", ""),
    ("batch/v1", "CronJob", "cj"),
];

/// What can be asked about besides: what workloads make.
const MORE_KINDS: &[(&str, &str, &str)] = &[("v1", "Pod", "po")];

const EXAMPLE: &str = "name it as kubectl does: deployment/web or deployment web";

/// Kind and name of what was typed: `TYPE/NAME`, or `TYPE NAME` in two words, of which `name` is the second.
///
/// # Errors
/// Usage errors: no name, several, or a type that makes no pods.
pub fn parse(word: &str, name: Option<&str>) -> Result<(Kind, String)> {
    find(word, name, KINDS.iter())
}

/// As [`parse`], for pods as well.
///
/// # Errors
/// As [`parse`].
pub fn parse_any(word: &str, name: Option<&str>) -> Result<(Kind, String)> {
    find(word, name, KINDS.iter().chain(MORE_KINDS))
}

fn find<'a>(
    word: &str,
    name: Option<&str>,
    mut kinds: impl Iterator<Item = &'a (&'a str, &'a str, &'a str)>,
) -> Result<(Kind, String)> {
    let wrong = |why: String| Err(Error::usage(why).with_hint(EXAMPLE));
    let (of_type, name) = match (word.split_once('/'), name) {
        (None, None) => return wrong(format!("`{word}` is no TYPE/NAME")),
        (Some(parts), None) => parts,
        (None, Some(name)) if !name.contains('/') => (word, name),
        (_, Some(name)) => return wrong(format!("`{word} {name}` is more than one workload")),
    };
    if of_type.is_empty() || name.is_empty() || name.contains('/') {
        return wrong(format!("`{of_type}/{name}` is no TYPE/NAME"));
    }
    let wanted = of_type.to_lowercase();
    let known = kinds.find_map(|(version, kind, short)| {
        let kind = built_in_kind(version, kind)?;
        is_called(&wanted, &kind, short).then_some(kind)
    });
    match known {
        Some(kind) => Ok((kind, name.to_owned())),
        None => wrong(format!("`{wanted}` is no type that makes pods")),
    }
}

/// Whether a type goes by this name: short, singular or plural, alone or with `.group` or `.version.group` after it.
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
            assert!(named(typed).ends_with("is no TYPE/NAME"), "{typed}: {}", named(typed));
        }
        for typed in ["deploy/web api", "deploy/web deploy/api", "deploy sts/db"] {
            assert_eq!(named(typed), format!("`{typed}` is more than one workload"));
        }
        for typed in ["service/web", "pod/web", "deployments.batch/web", "deploy.v2.apps/web", ".apps/web"] {
            assert!(named(typed).ends_with("is no type that makes pods"), "{typed}: {}", named(typed));
        }
    }
}
