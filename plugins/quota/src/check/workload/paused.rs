//! A Deployment that is paused: it makes no ReplicaSet, but goes on scaling those it has (`sync` in
//! `pkg/controller/deployment/sync.go`).

use serde_json::Value;
use shared::output::ShellCommand;

use super::{maker::Maker, there::There};

/// The annotation that a Deployment gets with its first ReplicaSet.
const REVISION: &str = "deployment.kubernetes.io/revision";

/// Whether a Deployment is paused.
pub fn is_paused(kind: &str, workload: &Value) -> bool {
    kind == "Deployment" && workload["spec"]["paused"] == true
}

/// How to let a Deployment roll on.
pub fn command_to_resume(namespace: &str, name: &str) -> String {
    ShellCommand::new(["kubectl", "rollout", "resume", "deployment"])
        .name(name)
        .flag_with("-n", namespace)
        .to_string()
}

/// Makes the pods that a paused Deployment of so many replicas lacks, of the template that it has pods of.
pub(super) fn scale(maker: &mut Maker, old: Option<&Value>, replicas: usize) {
    let before = maker.made.there;
    let lacking = replicas.saturating_sub(before.pods());
    let has_set =
        before.pods() > 0 || old.is_some_and(|old| !old["metadata"]["annotations"][REVISION].is_null());
    maker.made.waits = maker.changed || !has_set || before.old > 0;
    if !has_set || lacking == 0 {
        return;
    }
    if There::of("Deployment", old, false, before.pods()).old > 0 {
        maker.made.pods.wanted = lacking;
        maker.made.doubt =
            Some("it is paused with pods of an earlier template, which only its ReplicaSets know".to_owned());
        return;
    }
    if let Some(pod) = maker.old_pod.clone() {
        maker.pod = pod;
    }
    maker.add(lacking);
    if maker.changed {
        maker.made.there = There { old: before.old + maker.made.pods.admitted, new: before.new };
    }
}
