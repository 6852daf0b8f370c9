//! How many pods a Job runs, and when it runs no more.

use serde_json::Value;

use crate::manifest::json::number;

/// Returns whether a Job has completed or failed.
pub fn has_ended(job: &Value) -> bool {
    has_condition(job, &["Complete", "Failed"])
}

/// Returns the controller that a Job of this spec is left to, other than that of Kubernetes
/// (<https://kep.k8s.io/4368>): which pods there will be is for that to say.
pub fn other_manager(spec: &Value) -> Option<&str> {
    spec["managedBy"].as_str().filter(|manager| *manager != "kubernetes.io/job-controller")
}

/// Returns the number of pods that a new Job of this spec runs at once.
pub fn parallel_pods(spec: &Value) -> usize {
    if spec["suspend"] == true || other_manager(spec).is_some() {
        return 0;
    }
    let parallelism = number(&spec["parallelism"], 1);
    parallelism.min(number(&spec["completions"], usize::MAX))
}

/// Returns the number of pods that a Job in this state runs at once (`manageJob` in `pkg/controller/job`).
pub fn wanted_pods(job: &Value) -> usize {
    let (spec, status) = (&job["spec"], &job["status"]);
    // The verdict precedes the end: pods that still run are stopped first.
    let is_decided = has_ended(job) || has_condition(job, &["SuccessCriteriaMet", "FailureTarget"]);
    if spec["suspend"] == true || is_decided || other_manager(spec).is_some() {
        return 0;
    }
    let succeeded = number(&status["succeeded"], 0);
    let parallelism = number(&spec["parallelism"], 1);
    match spec["completions"].as_i64() {
        Some(_) => parallelism.min(number(&spec["completions"], 0).saturating_sub(succeeded)),
        // A work queue starts no more once one pod has succeeded.
        None if succeeded > 0 => 0,
        None => parallelism,
    }
}

/// Returns the number of terminating pods that a Job waits for before it replaces them (`onlyReplaceFailedPods` in
/// `pkg/controller/job`); 0 where it replaces them at once.
pub fn awaited_pods(job: &Value) -> usize {
    let spec = &job["spec"];
    let policy = spec["podReplacementPolicy"].as_str();
    let waits = policy.map_or(!spec["podFailurePolicy"].is_null(), |policy| policy == "Failed");
    if waits { number(&job["status"]["terminating"], 0) } else { 0 }
}

fn has_condition(job: &Value, types: &[&str]) -> bool {
    let conditions = job["status"]["conditions"].as_array();
    conditions.into_iter().flatten().any(|condition| {
        condition["status"] == "True" && condition["type"].as_str().is_some_and(|name| types.contains(&name))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{awaited_pods, wanted_pods};

    #[test]
    fn some_jobs_wait_for_pods_that_end() {
        let awaited = |spec: Value| awaited_pods(&json!({"spec": spec, "status": {"terminating": 2}}));
        assert_eq!(awaited(json!({})), 0);
        assert_eq!(awaited(json!({"podReplacementPolicy": "TerminatingOrFailed"})), 0);
        assert_eq!(awaited(json!({"podReplacementPolicy": "Failed"})), 2);
        assert_eq!(awaited(json!({"podFailurePolicy": {"rules": []}})), 2);
    }

    #[test]
    fn jobs_run_what_is_left() {
        let wanted = |spec: Value, status: Value| wanted_pods(&json!({"spec": spec, "status": status}));
        assert_eq!(wanted(json!({"parallelism": 3, "completions": 9}), json!({"succeeded": 7})), 2);
        assert_eq!(wanted(json!({"parallelism": 3}), json!({"succeeded": 1})), 0);
        assert_eq!(wanted(json!({"parallelism": 3}), json!({"active": 1})), 3);
        assert_eq!(wanted(json!({"suspend": true}), json!({})), 0);
        assert_eq!(wanted(json!({"managedBy": "kueue.x-k8s.io/multikueue"}), json!({})), 0);
        assert_eq!(wanted(json!({"managedBy": "kubernetes.io/job-controller"}), json!({})), 1);
        let over = json!({"conditions": [{"type": "Failed", "status": "True"}]});
        assert_eq!(wanted(json!({}), over), 0);
    }
}
