//! The existing pods of a workload, by the status its controller last wrote.

use serde_json::{Value, json};

use crate::manifest::json::number;

/// The pods of a workload, by template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PodCounts {
    /// Pods of earlier templates.
    pub old: usize,
    /// Pods of the current template.
    pub new: usize,
}

impl PodCounts {
    /// Returns the number of all pods.
    pub fn pods(self) -> usize {
        self.old + self.new
    }

    /// Returns the pods of an existing workload, by its status. `changed` is whether its template is about to change;
    /// `assumed` is the number of pods where the controller has not reported any yet.
    pub fn from_status(kind: &str, workload: Option<&Value>, changed: bool, assumed: usize) -> Self {
        let Some(workload) = workload else { return Self::default() };
        let status = &workload["status"];
        let lacks_set = lacks_set(kind, workload);
        let is_seen = !status["observedGeneration"].is_null() || lacks_set;
        let (pods, updated) = match kind {
            "DaemonSet" => (&status["currentNumberScheduled"], &status["updatedNumberScheduled"]),
            _ => (&status["replicas"], &status["updatedReplicas"]),
        };
        let pods = if is_seen { number(pods, 0) } else { assumed };
        let new = match kind {
            _ if changed || lacks_set => 0,
            // A change of their template replaces no pod.
            "ReplicaSet" | "ReplicationController" => pods,
            _ if is_seen => number(updated, 0).min(pods),
            _ => pods,
        };
        Self { old: pods - new, new }
    }

    /// Writes these pods into the status of a workload, as its controller would.
    pub fn write(self, kind: &str, workload: &mut Value) {
        let (pods, updated) = match kind {
            "DaemonSet" => ("currentNumberScheduled", "updatedNumberScheduled"),
            "Job" => ("active", "ready"),
            "CronJob" => return,
            _ => ("replicas", "updatedReplicas"),
        };
        let generation = number(&workload["metadata"]["generation"], 1);
        let status = &mut workload["status"];
        status["observedGeneration"] = json!(generation);
        status[pods] = json!(self.pods());
        status[updated] = json!(self.new);
    }
}

/// Returns whether a Deployment keeps failing to create its ReplicaSet (`FailedRSCreateReason` in
/// `pkg/controller/deployment/util`). Its controller then reports nothing else.
pub fn lacks_set(kind: &str, workload: &Value) -> bool {
    let mut conditions = workload["status"]["conditions"].as_array().into_iter().flatten();
    kind == "Deployment"
        && conditions.any(|one| {
            one["type"] == "Progressing"
                && one["status"] == "False"
                && one["reason"] == "ReplicaSetCreateError"
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::PodCounts;

    #[test]
    fn what_the_controller_has_seen_counts() {
        let counts = |kind: &str, status: Value, changed: bool| {
            PodCounts::from_status(
                kind,
                Some(&json!({"spec": {"replicas": 8}, "status": status})),
                changed,
                8,
            )
        };
        let seen = json!({"observedGeneration": 1, "replicas": 5, "updatedReplicas": 2});
        assert_eq!(counts("Deployment", seen.clone(), false), PodCounts { old: 3, new: 2 });
        assert_eq!(counts("Deployment", seen.clone(), true), PodCounts { old: 5, new: 0 });
        assert_eq!(counts("ReplicaSet", seen, false), PodCounts { old: 0, new: 5 });
        // A number that is left out is zero, unless the controller has not reported yet.
        assert_eq!(counts("StatefulSet", json!({"observedGeneration": 1}), false), PodCounts::default());
        assert_eq!(counts("StatefulSet", json!({}), false), PodCounts { old: 0, new: 8 });
        let daemons =
            json!({"observedGeneration": 2, "currentNumberScheduled": 4, "updatedNumberScheduled": 4});
        assert_eq!(counts("DaemonSet", daemons, false), PodCounts { old: 0, new: 4 });
        let refused = json!([{"type": "Progressing", "status": "False", "reason": "ReplicaSetCreateError"}]);
        assert_eq!(counts("Deployment", json!({"conditions": refused}), false), PodCounts::default());
        assert_eq!(PodCounts::from_status("Deployment", None, true, 8), PodCounts::default());
    }

    #[test]
    fn what_is_written_is_read_again() {
        for kind in ["Deployment", "StatefulSet", "DaemonSet"] {
            let mut workload = json!({"spec": {"replicas": 8}});
            PodCounts { old: 1, new: 2 }.write(kind, &mut workload);
            assert_eq!(
                PodCounts::from_status(kind, Some(&workload), false, 8),
                PodCounts { old: 1, new: 2 },
                "{kind}"
            );
        }
    }
}
