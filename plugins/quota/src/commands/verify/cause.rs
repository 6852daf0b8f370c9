//! The likely cause of drift.

use shared::{admission::evaluator::counted_resources, quantity::Quantity};

use super::{history::History, recount::Hints};

/// How long the quota controller may leave drift alone: it recounts everything every five minutes
/// (`--resource-quota-sync-period`).
const RESYNC_SECONDS: i64 = 5 * 60;

/// What is known of an amount that drifts.
pub struct Drift<'a> {
    /// The resource as the quota lists it.
    pub resource: &'a str,
    /// The amount in `status.used`.
    pub recorded: Option<&'a Quantity>,
    /// The amount that objects add up to.
    pub recounted: &'a Quantity,
    /// Whether `status.hard` has the resource.
    pub enforced: bool,
    /// Whether the server serves what the resource counts.
    pub served: bool,
    /// What the namespace has that is counted late.
    pub hints: Hints,
    /// When the status was written.
    pub history: History,
    /// Seconds since 1970.
    pub now: i64,
}

/// Returns the likely cause, as a sentence.
pub fn cause(drift: &Drift<'_>) -> String {
    let Some(recorded) = drift.recorded else {
        return match drift.enforced {
            false => "the quota controller has not taken up this limit, so nothing is enforced yet",
            true => "the quota controller has no count, so requests that need it are refused",
        }
        .to_owned();
    };
    let cause = if recorded > drift.recounted { too_much(drift) } else { too_little(drift) };
    match drift.history.written.filter(|written| drift.now - written > RESYNC_SECONDS) {
        Some(_) => format!("{cause}; the quota controller has not recounted for more than 5 minutes"),
        None => cause,
    }
}

/// Something stays charged.
fn too_much(drift: &Drift<'_>) -> String {
    let Hints { overdue, resized } = drift.hints;
    let of_pods = counts_pods(drift.resource);
    if !drift.served {
        return "the server does not serve this kind any more, and the last count stays".to_owned();
    }
    if of_pods && overdue > 0 {
        return remaining(overdue);
    }
    if of_pods && resized > 0 {
        return in_place(resized);
    }
    if drift.resource == "services.nodeports" {
        return "ports that were removed from a Service stay charged until the next recount".to_owned();
    }
    "objects are gone, or were charged and never stored, and nothing was recounted since".to_owned()
}

/// Something is not charged.
fn too_little(drift: &Drift<'_>) -> String {
    match drift.hints.resized {
        resized if resized > 0 && counts_pods(drift.resource) => in_place(resized),
        _ => "objects were created before the quota was enforced, or their charge was overwritten".to_owned(),
    }
}

fn counts_pods(resource: &str) -> bool {
    counted_resources(resource).iter().any(|one| one == "pods")
}

fn remaining(pods: usize) -> String {
    match pods {
        1 => "1 pod remains after its grace period, which no event releases".to_owned(),
        pods => format!("{pods} pods remain after their grace period, which no event releases"),
    }
}

fn in_place(pods: usize) -> String {
    match pods {
        1 => "1 pod runs with other resources than its spec: resizes in place are counted late".to_owned(),
        pods => {
            format!(
                "{pods} pods run with other resources than their specs: resizes in place are counted late"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(resource: &str, [recorded, recounted]: [&str; 2], hints: Hints, history: History) -> String {
        let [recorded, recounted] = [recorded, recounted].map(|text| Quantity::parse(text).unwrap());
        let recorded = Some(&recorded);
        let drift = Drift {
            resource,
            recorded,
            recounted: &recounted,
            enforced: true,
            served: true,
            hints,
            history,
            now: 1000,
        };
        cause(&drift)
    }

    #[test]
    fn what_is_counted_late_is_named() {
        let (overdue, resized) = (Hints { overdue: 2, resized: 0 }, Hints { overdue: 0, resized: 1 });
        let none = History::default();
        assert_eq!(
            of("pods", ["3", "1"], overdue, none),
            "2 pods remain after their grace period, which no event releases"
        );
        let in_place = "1 pod runs with other resources than its spec: resizes in place are counted late";
        assert_eq!(of("cpu", ["3", "1"], resized, none), in_place);
        assert_eq!(of("cpu", ["1", "3"], resized, none), in_place);
        assert!(of("services", ["3", "1"], overdue, none).starts_with("objects are gone, or were charged"));
        assert!(of("services.nodeports", ["3", "1"], overdue, none).starts_with("ports that were removed"));
    }

    #[test]
    fn a_controller_that_does_not_recount_is_named() {
        let history = |written| History { written: Some(written) };
        let recent = of("pods", ["3", "1"], Hints::default(), history(900));
        assert!(recent.starts_with("objects are gone, or were charged"), "{recent}");
        let old = of("pods", ["3", "1"], Hints::default(), history(600));
        assert_eq!(old, format!("{recent}; the quota controller has not recounted for more than 5 minutes"));
    }
}
