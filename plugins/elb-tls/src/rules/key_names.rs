//! ELB-KEY: names and texts.

use shared::output::Severity;

use super::{facts::Facts, report::Report};
use crate::{
    controllers::ControllerKind,
    keys::{self, PREFIX, ValueKind},
};

/// Beginnings of keys that are for other objects, or for nobody.
const WRONG_PREFIXES: [&str; 4] = [
    "alb.ingress.kubernetes.io/",
    "service.kubernetes.io/aws-",
    "service.alpha.kubernetes.io/aws-",
    "aws-load-balancer-",
];

/// What all annotations of an object may have, keys and values together
/// (<https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/api/validation/objectmeta.go>,
/// `TotalAnnotationSizeLimitB`).
const LARGEST: usize = 256 * 1024;

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    for (key, word) in &facts.case.not_text {
        report.add(
            "ELB-KEY-004",
            key,
            format!("the value is {word}, not a string: the API server refuses the Service"),
            "put the value in quotes",
        );
    }
    let size: usize = facts.service.annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
    if size > LARGEST {
        report.add(
            "ELB-KEY-005",
            "",
            format!("the annotations have {size} bytes, and the API server takes {LARGEST}"),
            "remove annotations, or shorten them",
        );
    }
    for (key, value) in &facts.service.annotations {
        if WRONG_PREFIXES.iter().any(|prefix| key.starts_with(prefix)) {
            let short = key.rsplit_once("aws-load-balancer-").map_or("", |(_, short)| short);
            let fix = match keys::find(short) {
                Some(known) => format!("write {}", known.name()),
                None => "remove it".to_owned(),
            };
            report.add("ELB-KEY-002", key, format!("{key} is not a key of load balancers of Services"), fix);
            continue;
        }
        let Some(short) = key.strip_prefix(PREFIX) else { continue };
        let Some(known) = keys::find(key) else {
            let fix =
                keys::nearest(short).map_or("remove it".to_owned(), |meant| format!("write {PREFIX}{meant}"));
            report.add("ELB-KEY-001", key, format!("{key} is unknown to all controllers"), fix);
            continue;
        };
        if known.value != ValueKind::Json {
            texts(facts, report, key, value);
        }
    }
}

fn texts(facts: &Facts<'_>, report: &mut Report<'_>, key: &str, value: &str) {
    let is_blank = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
    let what = if is_blank(value.chars().next()) || is_blank(value.chars().next_back()) {
        "begins or ends with a blank"
    } else if value.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t')) {
        "has a line break or tab"
    } else if value.bytes().any(|byte| matches!(byte, b'"' | b'\'')) {
        "has quotes"
    } else {
        return;
    };
    // The cloud provider sends the ARN to AWS as it stands.
    let raw =
        key == keys::SSL_CERT && matches!(facts.kind(), ControllerKind::Classic | ControllerKind::NlbInTree);
    let severity = if raw { Severity::Error } else { Severity::Warning };
    report.add_as(
        "ELB-KEY-003",
        severity,
        key,
        format!("the value {what}: {value:?}"),
        format!("write {:?}", value.replace(['"', '\'', '\n', '\r', '\t'], "").trim()),
    );
}
