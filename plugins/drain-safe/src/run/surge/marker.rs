//! What a run writes on a Deployment in the patch that scales it up or restarts it: labels.
//!
//! On the Deployment, since a node may be deleted meanwhile and a machine may be lost: they are there as long as what is to be
//! given back is, and one patch changes both. Labels, since the controller copies a Deployment's annotations to its
//! ReplicaSet and never removes one there, from where `kubectl rollout undo` would carry them back
//! (`SetNewReplicaSetAnnotations`,
//! <https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/deployment/util/deployment_util.go>). ReplicaSets and
//! pods have the labels of the template, and never those of the Deployment.

use serde_json::{Value, json};
use shared::{
    manifest::json::number,
    model::{AnnotatedMeta, Deployment},
};

/// The label with the run.
pub const RUN: &str = "kubectl-drain-safe/surge";
/// The label with how many pods a Deployment wanted before it was scaled up.
const FROM: &str = "kubectl-drain-safe/surge-from";

/// A run's labels on a Deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The run.
    pub run: String,
    /// How many pods the Deployment wanted before it was scaled up; none where it was restarted.
    pub from: Option<i64>,
}

impl Marker {
    /// Reads what a run has written on a Deployment.
    pub fn of(deployment: &Deployment) -> Option<Self> {
        let metadata: &AnnotatedMeta = &deployment.metadata;
        Self::of_labels(|name| metadata.labels.get(name).map(String::as_str))
    }

    /// Reads what a run has written on a Deployment as the API server shows it.
    pub fn of_object(deployment: &Value) -> Option<Self> {
        Self::of_labels(|name| deployment["metadata"]["labels"][name].as_str())
    }

    fn of_labels<'a>(label: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let from = label(FROM).and_then(|from| from.parse().ok());
        Some(Self { run: label(RUN)?.to_owned(), from })
    }

    /// Returns the labels, for a patch.
    pub fn labels(&self) -> Value {
        json!({(RUN): self.run, (FROM): self.from.map(|from| from.to_string())})
    }

    /// Returns what removes the labels, for a patch.
    pub fn no_labels() -> Value {
        json!({(RUN): null, (FROM): null})
    }
}

/// Returns how many pods a Deployment wants.
pub fn wanted(deployment: &Value) -> i64 {
    i64::try_from(number(&deployment["spec"]["replicas"], 1)).unwrap_or(i64::MAX)
}

/// Returns the selector of the Deployments of a run, or of all runs; none where no label can have its name.
pub fn selector(run: Option<&str>) -> Option<String> {
    let Some(run) = run else { return Some(RUN.to_owned()) };
    // Somebody may have edited the annotation from which it was read.
    let is_plain = run.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    (is_plain && run.len() <= 63 && !run.is_empty()).then(|| format!("{RUN}={run}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_they_were_written() {
        for from in [Some(3), None] {
            let marker = Marker { run: "20261130-073324-6a96".to_owned(), from };
            let object = json!({"metadata": {"labels": marker.labels()}});
            assert_eq!(Marker::of_object(&object), Some(marker));
        }
        assert_eq!(Marker::of_object(&json!({"metadata": {"labels": {"app": "web"}}})), None);
        assert_eq!(Marker::of_object(&json!({"metadata": {}})), None);
        assert_eq!((wanted(&json!({})), wanted(&json!({"spec": {"replicas": 0}}))), (1, 0));
    }

    #[test]
    fn a_run_that_no_label_can_name_has_no_deployments() {
        assert_eq!(selector(Some("r-1")).as_deref(), Some("kubectl-drain-safe/surge=r-1"));
        assert_eq!(selector(None).as_deref(), Some("kubectl-drain-safe/surge"));
        assert_eq!(selector(Some("a,b")), None);
        assert_eq!(selector(Some("")), None);
        assert_eq!(selector(Some(&"a".repeat(64))), None);
    }
}
