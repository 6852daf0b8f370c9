//! The state of a workload in one sentence.

use super::{
    explanation::State,
    namespace_snapshot::{kind, metadata_text},
    simulated_workload::SimulatedWorkload,
};

fn claims_are_missing(claims: &str, missing: usize, wanted: usize) -> String {
    format!("{missing} of the {wanted} {claims} of its pods are missing")
}

/// Returns the sentence that starts the explanation of a workload.
pub fn summary(simulated: &SimulatedWorkload, state: State) -> String {
    let subject = format!("{} {}", kind(simulated.subject), metadata_text(simulated.subject, "name"));
    let Some((missing, result)) = simulated.first().filter(|_| state != State::Complete) else {
        return match (kind(simulated.subject), simulated.missing_pods.is_empty()) {
            ("DaemonSet", _) if state == State::Unknown => {
                format!("{subject}: how many pods it wants is unknown")
            }
            ("Pod", _) => format!("{subject}: it exists, so it was admitted"),
            ("CronJob", false) => format!("{subject}: its next Job would be admitted now"),
            _ => format!("{subject}: nothing is missing"),
        };
    };
    let shortfall = missing.shortfall();
    let what = match (missing.kind_name(), missing.wanted) {
        ("Pod", 1) => "its pod is missing".to_owned(),
        ("Pod", wanted) => format!("{shortfall} of {wanted} pods are missing"),
        ("Job", _) => "the next Job".to_owned(),
        ("PersistentVolumeClaim", wanted) => claims_are_missing("claims", shortfall, wanted),
        ("ResourceClaim", wanted) => claims_are_missing("ResourceClaims", shortfall, wanted),
        (kind, _) => format!("its new {kind} is missing"),
    };
    let subject = if std::ptr::eq(missing.controller, simulated.subject) {
        subject
    } else {
        format!("{subject} ({} {})", kind(missing.controller), metadata_text(missing.controller, "name"))
    };
    let outcome = match state {
        State::Refused if result.order_dependent => {
            "may be refused, depending on the order in which LimitRanges apply".to_owned()
        }
        State::Refused if result.admitted > 0 => {
            format!("{} would be admitted now, {} refused", result.admitted, shortfall - result.admitted)
        }
        State::Refused => "would be refused now".to_owned(),
        State::NotQuota => "was refused, but not by a quota or LimitRange".to_owned(),
        State::Unknown => "whether it would be admitted is unknown".to_owned(),
        State::Admissible | State::Complete => "would be admitted now".to_owned(),
    };
    let joint = if missing.kind_name() == "Job" { " " } else { ": " };
    format!("{subject}: {what}{joint}{outcome}")
}
