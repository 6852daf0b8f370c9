//! What a Job makes of the eviction of one of its pods (`syncJob` in `pkg/controller/job/job_controller.go`).

use serde_json::Value;
use shared::{manifest::json::number, workload::job::wanted_pods};

/// What follows the eviction of a pod of a Job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restart {
    /// Another pod, after a while, with the sentence that says so.
    Comes(String),
    /// The end of the Job, with the sentence that says so.
    Ends(String),
}

/// Returns what follows the eviction of a pod of a Job.
pub fn restart_of_job(job: &Value, name: &str) -> Restart {
    let (spec, failed) = (&job["spec"], number(&job["status"]["failed"], 0));
    if wanted_pods(job) == 0 {
        return Restart::Ends(format!("Job {name} wants no more pods"));
    }
    if ignores_disruptions(spec) {
        return Restart::Comes(format!("Job {name} starts another pod, and does not count the eviction"));
    }
    let limit = match spec["backoffLimitPerIndex"].as_i64() {
        // Failures are counted by index there, and those of this one are not in the status.
        Some(_) => {
            return Restart::Comes(format!("Job {name} counts the eviction as a failure of its index"));
        }
        None => number(&spec["backoffLimit"], 6),
    };
    let counted =
        format!("Job {name} counts the eviction as failure {} of {limit} that it allows", failed + 1);
    match failed + 1 > limit {
        true => Restart::Ends(format!("{counted}, which ends it")),
        false => Restart::Comes(format!("{counted}, and starts another pod after a while")),
    }
}

/// Returns whether the pod failure policy ignores disruptions.
fn ignores_disruptions(spec: &Value) -> bool {
    let rules = spec["podFailurePolicy"]["rules"].as_array();
    rules.into_iter().flatten().any(|rule| {
        let conditions = rule["onPodConditions"].as_array();
        rule["action"] == "Ignore"
            && conditions.into_iter().flatten().any(|condition| condition["type"] == "DisruptionTarget")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_backoff_limit_ends_a_job() {
        let of =
            |spec: Value, status: Value| restart_of_job(&json!({"spec": spec, "status": status}), "night");
        let comes = |restart| matches!(restart, Restart::Comes(_));
        assert!(comes(of(json!({}), json!({"failed": 5}))));
        assert!(!comes(of(json!({}), json!({"failed": 6}))));
        assert!(!comes(of(json!({"backoffLimit": 0}), json!({}))));
        let ignore = json!({"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]});
        assert!(comes(of(json!({"backoffLimit": 0, "podFailurePolicy": ignore}), json!({}))));
        assert!(!comes(of(json!({"suspend": true}), json!({}))));
        let Restart::Ends(sentence) = of(json!({"backoffLimit": 0}), json!({})) else { panic!("it ends") };
        assert_eq!(sentence, "Job night counts the eviction as failure 1 of 0 that it allows, which ends it");
    }
}
