//! The controllers of an object, up to the top one.

use std::{collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    manifest::json::text,
    model::{ObjectMeta, Pod, kind::workloads},
};

/// An object, by kind and name, that owns others.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Owner {
    /// `Deployment`; `Pod` for a pod without a controller.
    pub kind: String,
    /// Its name; `*` for several pods without a controller.
    pub name: String,
}

/// Controllers by the object they control.
pub type Owners = BTreeMap<Owner, Owner>;

impl fmt::Display for Owner {
    /// Writes `deployment/web`, as kubectl takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.to_lowercase(), self.name)
    }
}

impl Owner {
    /// Returns the owner of this kind and name.
    pub fn new(kind: &str, name: &str) -> Self {
        Self { kind: kind.to_owned(), name: name.to_owned() }
    }

    /// Returns the object itself as an owner.
    pub fn itself(object: &Value) -> Self {
        Self::new(text(&object["kind"]), text(&object["metadata"]["name"]))
    }

    /// Returns the controller of an object; `None` where it has none.
    pub fn controlling(metadata: &ObjectMeta) -> Option<Self> {
        metadata.controller().map(|owner| Self::new(&owner.kind, &owner.name))
    }

    /// Returns the workload that a person knows a pod by: the Deployment rather than its ReplicaSet, whose name is the
    /// Deployment's with the pod's template hash.
    pub fn from_pod(pod: &Pod) -> Self {
        let metadata = &pod.metadata;
        let Some(controller) = metadata.controller() else { return Self::new("Pod", &metadata.name) };
        let hash = metadata.labels.get("pod-template-hash").map(|hash| format!("-{hash}"));
        match (controller.kind.as_str(), hash) {
            ("ReplicaSet", Some(hash)) => match controller.name.strip_suffix(&hash) {
                Some(deployment) => Self::new("Deployment", deployment),
                None => Self::new("ReplicaSet", &controller.name),
            },
            (kind, _) => Self::new(kind, &controller.name),
        }
    }

    /// Returns the top controller, as far as `owners` knows: of a ReplicaSet its Deployment, of a Job its CronJob.
    pub fn top(self, owners: &Owners) -> Self {
        let mut top = self;
        // Two steps lead from a pod to a CronJob; a circle in a dump must not loop forever.
        for _ in 0..4 {
            match owners.get(&top) {
                Some(above) => top = above.clone(),
                None => break,
            }
        }
        top
    }
}

/// Returns the entry of an object's `ownerReferences` that names its controller.
pub fn controller_of(object: &Value) -> Option<&Value> {
    let owners = object["metadata"]["ownerReferences"].as_array()?;
    owners.iter().find(|owner| owner["controller"] == true)
}

/// Returns whether a workload of Kubernetes itself controls an object, as a Deployment its ReplicaSets. What a custom resource
/// controls is a workload of its own: nothing above it tells how many pods it has.
pub fn is_controlled_by_workload(object: &Value) -> bool {
    controller_of(object).is_some_and(|owner| {
        let (version, kind) = (owner["apiVersion"].as_str(), text(&owner["kind"]));
        let group = version.map(|version| version.split_once('/').map_or("", |(group, _)| group));
        // A dump edited by hand may lack the version.
        workloads().any(|one| one.kind == kind && group.is_none_or(|group| group == one.group))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Owner, Owners, is_controlled_by_workload};

    #[test]
    fn custom_resources_are_above_no_workload_that_is_known() {
        let owned = |version: &str, kind: &str| {
            let owner = json!({"apiVersion": version, "kind": kind, "name": "x", "controller": true});
            is_controlled_by_workload(&json!({"metadata": {"ownerReferences": [owner]}}))
        };
        assert!(owned("apps/v1", "Deployment") && owned("batch/v1", "CronJob"));
        assert!(!owned("argoproj.io/v1alpha1", "Rollout") && !owned("serving.knative.dev/v1", "Revision"));
        assert!(!owned("apps.kruise.io/v1alpha1", "StatefulSet"));
        assert!(!is_controlled_by_workload(&json!({"metadata": {}})));
    }

    fn owner(kind: &str, name: &str, hash: &str) -> String {
        let pod = json!({"metadata": {
            "name": "p", "labels": {"pod-template-hash": hash},
            "ownerReferences": [{"kind": kind, "name": name, "uid": "u", "apiVersion": "v1", "controller": true}],
        }});
        Owner::from_pod(&serde_json::from_value(pod).unwrap()).to_string()
    }

    #[test]
    fn people_know_the_deployment() {
        assert_eq!(owner("ReplicaSet", "web-6d4cf56db6", "6d4cf56db6"), "deployment/web");
        assert_eq!(owner("ReplicaSet", "alone", "6d4cf56db6"), "replicaset/alone");
        assert_eq!(owner("StatefulSet", "db", ""), "statefulset/db");
        let bare = serde_json::from_value(json!({"metadata": {"name": "p"}})).unwrap();
        assert_eq!(Owner::from_pod(&bare).to_string(), "pod/p");
    }

    #[test]
    fn owners_are_followed_to_the_top_and_never_in_circles() {
        let (job, cron) = (Owner::new("Job", "night-1"), Owner::new("CronJob", "night"));
        let owners = Owners::from([(job.clone(), cron.clone())]);
        assert_eq!(job.clone().top(&owners), cron);
        assert_eq!(Owner::new("Job", "once").top(&owners).to_string(), "job/once");
        let circle = Owners::from([(job.clone(), cron.clone()), (cron, job.clone())]);
        assert_eq!(job.clone().top(&circle), job);
    }
}
