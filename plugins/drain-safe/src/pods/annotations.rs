//! Annotations and labels by which pods ask not to be disrupted, or not yet.

use shared::model::WidePod;

use super::Found;
use crate::{
    flags::DecisionFlags,
    verdict::{ReasonCode, Verdict},
};

/// The annotation of the cluster-autoscaler: `false`, `true` or `on-completion`.
const SAFE_TO_EVICT: &str = "cluster-autoscaler.kubernetes.io/safe-to-evict";
/// The annotation of Karpenter: `true`, or how long after the pod's start.
const DO_NOT_DISRUPT: &str = "karpenter.sh/do-not-disrupt";
/// The label of Cluster API: `skip` or `wait-completed`.
pub const DRAIN_LABEL: &str = "cluster.x-k8s.io/drain";

/// Finds what annotations and labels ask for.
pub fn annotations(pod: &WidePod, flags: &DecisionFlags, now: i64) -> Vec<Found> {
    let mut found = Vec::new();
    let safe = pod.metadata.annotation(SAFE_TO_EVICT).unwrap_or_default();
    let disrupt = pod.metadata.annotation(DO_NOT_DISRUPT).unwrap_or_default();
    let forbids = |key: &str, value: &str| {
        Found::deciding(
            ReasonCode::DoNotDisrupt,
            Verdict::Blocked,
            format!("its annotation {key} says {value}"),
        )
        .with_fix("--ignore-annotations")
    };
    if !flags.ignore_annotations {
        if safe == "false" {
            found.push(forbids(SAFE_TO_EVICT, safe));
        } else if protects(disrupt, pod, now) {
            found.push(forbids(DO_NOT_DISRUPT, disrupt));
        }
        if safe == "on-completion" {
            let message = format!("its annotation {SAFE_TO_EVICT} asks to wait until it completes");
            found.push(Found::deciding(ReasonCode::Completes, Verdict::Wait, message));
            return found;
        }
    }
    if pod.metadata.labels.get(DRAIN_LABEL).is_some_and(|value| value == "wait-completed") {
        let message = format!("its label {DRAIN_LABEL} asks to wait until it completes");
        found.push(Found::deciding(ReasonCode::Completes, Verdict::Wait, message));
    }
    found
}

/// Returns whether Karpenter's annotation protects a pod now: always, or for a time after its start.
fn protects(value: &str, pod: &WidePod, now: i64) -> bool {
    let started =
        pod.status.start_time.as_ref().map_or(pod.metadata.creation_timestamp.seconds, |time| time.seconds);
    value == "true" || seconds(value).is_some_and(|seconds| now < started + seconds)
}

/// Returns the seconds of a duration as Go writes it: `1h30m`, `45s`.
fn seconds(text: &str) -> Option<i64> {
    let (mut total, mut digits) = (0, String::new());
    for character in text.chars() {
        let unit = match character {
            '0'..='9' => {
                digits.push(character);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total += digits.parse::<i64>().ok()?.checked_mul(unit)?;
        digits.clear();
    }
    (digits.is_empty() && !text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: DecisionFlags,
    }

    fn codes(metadata: Value, line: &[&str]) -> Vec<ReasonCode> {
        let pod = json!({"metadata": metadata, "status": {"startTime": "1970-01-01T00:00:10Z"}});
        let flags = Line::try_parse_from(["x"].iter().chain(line)).unwrap().flags;
        annotations(&serde_json::from_value(pod).unwrap(), &flags, 1000).iter().map(|one| one.code).collect()
    }

    #[test]
    fn annotations_forbid_delay_or_say_nothing() {
        let annotation = |key: &str, value: &str| json!({"annotations": {key: value}});
        assert_eq!(codes(annotation(SAFE_TO_EVICT, "false"), &[]), [ReasonCode::DoNotDisrupt]);
        assert_eq!(codes(annotation(SAFE_TO_EVICT, "false"), &["--ignore-annotations"]), []);
        assert_eq!(codes(annotation(SAFE_TO_EVICT, "true"), &[]), []);
        assert_eq!(codes(annotation(SAFE_TO_EVICT, "on-completion"), &[]), [ReasonCode::Completes]);
        assert_eq!(codes(annotation(DO_NOT_DISRUPT, "true"), &[]), [ReasonCode::DoNotDisrupt]);
        assert_eq!(codes(annotation(DO_NOT_DISRUPT, "1h"), &[]), [ReasonCode::DoNotDisrupt]);
        assert_eq!(codes(annotation(DO_NOT_DISRUPT, "16m29s"), &[]), []);
        assert_eq!(codes(json!({"labels": {DRAIN_LABEL: "wait-completed"}}), &[]), [ReasonCode::Completes]);
    }
}
