//! How the kubelets behave. kwok plays them by the stages in `stages/`; a pod chooses by its labels.
//!
//! Without any of these a pod is Running and Ready as soon as it is scheduled, gone as soon as it is deleted, and
//! Succeeded as soon as it runs if a Job owns it.

/// Label of a pod: how it starts. Its values are [`SLOW`], [`NEVER_READY`] and [`IMAGE_PULL_FAILURE`].
pub const START: &str = "kubelet.test/start";
/// The pod runs at once and is Ready only after the time in its annotation [`READY_AFTER`].
pub const SLOW: &str = "slow";
/// The pod runs and is never Ready.
pub const NEVER_READY: &str = "never-ready";
/// The pod stays Pending, its containers waiting with `ImagePullBackOff`.
pub const IMAGE_PULL_FAILURE: &str = "image-pull-failure";
/// Annotation of a slow pod: how long it takes, as Go writes durations (`1500ms`, `3s`).
pub const READY_AFTER: &str = "kubelet.test/ready-after";

/// Label of a pod: how it ends. Its values are [`GRACEFUL`], [`A_SECOND`] and [`STUCK`].
pub const DELETION: &str = "kubelet.test/deletion";
/// A deleted pod stays, terminating, until its grace period is over.
pub const GRACEFUL: &str = "graceful";
/// A deleted pod stays, terminating, for a second.
pub const A_SECOND: &str = "a-second";
/// A deleted pod stays, terminating, until somebody forces it.
pub const STUCK: &str = "stuck";

/// Label of a pod that a Job owns: with the value `true` it runs on instead of completing at once.
pub const RUNS_ON: &str = "kubelet.test/runs-on";

/// Label of a node: with the value `true` its kubelet reports that it is not ready. It may be set and taken away
/// at any time.
pub const NODE_NOT_READY: &str = "kubelet.test/not-ready";

/// All stages as one document.
pub(crate) fn stages() -> String {
    [
        include_str!("../stages/node.yaml"),
        include_str!("../stages/pod-start.yaml"),
        include_str!("../stages/pod-slow.yaml"),
        include_str!("../stages/pod-never-ready.yaml"),
        include_str!("../stages/pod-image-pull-failure.yaml"),
        include_str!("../stages/pod-complete.yaml"),
        include_str!("../stages/pod-delete.yaml"),
    ]
    .join("---\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_here_is_known_to_the_stages() {
        let stages = stages();
        let keys = [START, READY_AFTER, DELETION, RUNS_ON, NODE_NOT_READY];
        let values = [SLOW, NEVER_READY, IMAGE_PULL_FAILURE, GRACEFUL, A_SECOND, STUCK];
        for key in keys {
            assert!(stages.contains(&format!("[\"{key}\"]")), "no stage looks at {key}");
        }
        for value in values {
            assert!(stages.lines().any(|line| line.trim() == format!("- {value}")), "no stage knows {value}");
        }
    }
}
