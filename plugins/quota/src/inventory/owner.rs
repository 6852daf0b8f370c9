//! What made a pod.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use shared::model::Pod;

/// What made a pod: the workload a person knows, not what stands between.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Owner {
    /// `Deployment`; `Pod` for a pod that nobody makes again.
    pub kind: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Owner {
    /// `deployment/web`, as kubectl takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.to_lowercase(), self.name)
    }
}

impl Owner {
    /// An owner of this kind and name.
    pub fn new(kind: &str, name: &str) -> Self {
        Self { kind: kind.to_owned(), name: name.to_owned() }
    }

    /// The owner of a pod. The name of a Deployment is that of its ReplicaSet without the hash that both carry.
    pub fn of(pod: &Pod) -> Self {
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

    /// The CronJob of a Job, where `jobs` knows one; else the same.
    pub fn beyond(self, jobs: &BTreeMap<String, String>) -> Self {
        match (self.kind.as_str(), jobs.get(&self.name)) {
            ("Job", Some(cron_job)) => Self::new("CronJob", cron_job),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Owner;

    fn owner(kind: &str, name: &str, hash: &str) -> String {
        let pod = json!({"metadata": {
            "name": "p", "labels": {"pod-template-hash": hash},
            "ownerReferences": [{"kind": kind, "name": name, "uid": "u", "apiVersion": "v1", "controller": true}],
        }});
        Owner::of(&serde_json::from_value(pod).unwrap()).to_string()
    }

    #[test]
    fn people_know_the_deployment() {
        assert_eq!(owner("ReplicaSet", "web-6d4cf56db6", "6d4cf56db6"), "deployment/web");
        assert_eq!(owner("ReplicaSet", "alone", "6d4cf56db6"), "replicaset/alone");
        assert_eq!(owner("StatefulSet", "db", ""), "statefulset/db");
        let bare = serde_json::from_value(json!({"metadata": {"name": "p"}})).unwrap();
        assert_eq!(Owner::of(&bare).to_string(), "pod/p");
        let jobs = [("night-1".to_owned(), "night".to_owned())].into();
        assert_eq!(Owner::new("Job", "night-1").beyond(&jobs).to_string(), "cronjob/night");
        assert_eq!(Owner::new("Job", "once").beyond(&jobs).to_string(), "job/once");
    }
}
