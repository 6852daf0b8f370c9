//! ELB-TAG: tags.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys,
    sync::{tag_problem, tags_at_most},
    values::{key_value_pairs, string_map},
};

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let value = facts.text(keys::TAGS);
    let kind = facts.kind();
    if kind == ControllerKind::None {
        return;
    }
    let tags: Vec<(String, String)> = if kind.is_lbc() {
        syntax_of_lbc(report, value);
        string_map(value).map(|map| map.into_iter().collect()).unwrap_or_default()
    } else {
        syntax_in_tree(report, value);
        key_value_pairs(value).into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    };
    for (key, value) in &tags {
        let long = |text: &str, most: usize, what: &str| {
            (text.chars().count() > most)
                .then(|| format!("the {what} of tag {key} is longer than {most} characters"))
        };
        let problem =
            tag_problem(key, value).or_else(|| long(key, 127, "key")).or_else(|| long(value, 255, "value"));
        if let Some(problem) = problem {
            report.add("ELB-TAG-001", keys::TAGS, problem, "use letters, digits, blanks and _.:/=+-@");
        }
        if is_reserved(key) {
            report.add("ELB-TAG-002", keys::TAGS, format!("{key} is a tag of the controller"), "remove it");
        }
    }
    let most = tags_at_most(kind);
    if tags.len() > most {
        report.add(
            "ELB-TAG-001",
            keys::TAGS,
            format!(
                "there are {} tags, and the controller adds its own: at most 50 are allowed in all",
                tags.len()
            ),
            format!("leave at most {most}"),
        );
    }
    let before =
        facts.case.live.as_ref().map(|live| live.annotations.get(keys::TAGS).map_or("", String::as_str));
    if kind == ControllerKind::NlbInTree && before.is_some_and(|before| before != value) {
        report.add(
            "ELB-TAG-004",
            keys::TAGS,
            "the tags of the load balancer stay as it was created",
            "tag it in AWS",
        );
    }
}

fn syntax_in_tree(report: &mut Report<'_>, value: &str) {
    for pair in value.split(',').map(str::trim) {
        let mut parts = pair.splitn(3, '=');
        if let (Some(key), Some(kept), Some(_)) = (parts.next(), parts.next(), parts.next()) {
            report.add(
                "ELB-TAG-003",
                keys::TAGS,
                format!("{pair:?} is cut at its second =: the tag is {key}={kept}"),
                "leave the second = out",
            );
        }
    }
}

fn syntax_of_lbc(report: &mut Report<'_>, value: &str) {
    if let Err(error) = string_map(value) {
        report.add_as(
            "ELB-TAG-003",
            Severity::Error,
            keys::TAGS,
            format!("{:?} is not KEY=VALUE: the controller gives up", error.entry),
            "write KEY=VALUE",
        );
    } else if value.trim_end().ends_with(',') {
        report.add_as(
            "ELB-TAG-003",
            Severity::Error,
            keys::TAGS,
            "the comma at the end becomes a part of the last value",
            "remove it",
        );
    }
}

fn is_reserved(key: &str) -> bool {
    ["kubernetes.io/cluster/", "service.k8s.aws/"].iter().any(|start| key.starts_with(start))
        || matches!(key, "kubernetes.io/service-name" | "KubernetesCluster" | "elbv2.k8s.aws/cluster")
}
