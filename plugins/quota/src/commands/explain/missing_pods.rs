//! What workloads still lack: objects that their controllers have yet to make.

use serde_json::{Value, json};
use shared::{
    admission::object::{Object, ObjectKind},
    manifest::Manifest,
    model::{
        Pod,
        kind::{built_in_kind, kind_of, replica_set_kind},
    },
    workload::{Strategy, at_once, is_of_template, is_paused, job_pods, template},
};

use super::namespace_snapshot::{NamespaceSnapshot, is_active, kind, metadata_text, number};

/// Objects that one controller has yet to make.
#[derive(Clone, Debug)]
pub struct MissingPods<'a> {
    /// The object whose controller makes them, and tells of failures.
    pub controller: &'a Value,
    /// How many there should be.
    pub wanted: usize,
    /// How many there are.
    pub present: usize,
    /// What is to be made.
    pub of: MissingObject,
}

/// What is to be made.
#[derive(Clone, Debug)]
pub enum MissingObject {
    /// Pods, with their claims where they have any: a workload that has none of them yet.
    Pods(Box<Manifest>),
    /// One object of which only the number counts: a ReplicaSet, a Job.
    One(Box<Object>),
}

impl MissingPods<'_> {
    /// How many are missing.
    pub fn shortfall(&self) -> usize {
        self.wanted.saturating_sub(self.present)
    }

    /// `pods` or, for one object, its kind.
    pub fn kind_name(&self) -> &str {
        match &self.of {
            MissingObject::Pods(_) => "Pod",
            MissingObject::One(object) => &object.kind.kind,
        }
    }
}

/// What this workload, and what it made, lacks.
pub fn missing_pods<'a>(workload: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let spec = &workload["spec"];
    match kind(workload) {
        "Deployment" => of_deployment(workload, snapshot),
        "ReplicaSet" | "ReplicationController" => {
            let present = count(workload, snapshot, &workload["status"]["replicas"]);
            pods(workload, snapshot, number(&spec["replicas"], 1), present).into_iter().collect()
        }
        "StatefulSet" => of_set(workload, snapshot).into_iter().collect(),
        "DaemonSet" => {
            let status = &workload["status"];
            let wanted = number(&status["desiredNumberScheduled"], 0);
            let present = number(&status["currentNumberScheduled"], 0);
            pods(workload, snapshot, wanted, present).into_iter().collect()
        }
        "Job" => of_job(workload, snapshot).into_iter().collect(),
        "CronJob" => of_cron_job(workload, snapshot),
        _ => Vec::new(),
    }
}

/// Pods of a workload's template.
fn pods<'a>(
    controller: &'a Value,
    snapshot: &NamespaceSnapshot,
    wanted: usize,
    present: usize,
) -> Option<MissingPods<'a>> {
    let missing = wanted.checked_sub(present).filter(|missing| *missing > 0)?;
    let value = json!({"spec": {"replicas": missing, "template": template(kind(controller), controller)}});
    Some(MissingPods {
        controller,
        wanted,
        present,
        of: MissingObject::Pods(Box::new(replica_set(controller, snapshot, value))),
    })
}

/// A stand-in that makes such pods: for quotas only they matter.
fn replica_set(controller: &Value, snapshot: &NamespaceSnapshot, value: Value) -> Manifest {
    let kind = replica_set_kind();
    Manifest::new(kind, &snapshot.namespace, &format!("{}-*", metadata_text(controller, "name")), value)
}

/// As many pods as the controller sees: of the pods themselves, else of the status.
pub fn count(workload: &Value, snapshot: &NamespaceSnapshot, status: &Value) -> usize {
    let pods = snapshot.pods_controlled_by(workload).map(|pods| pods.filter(|pod| is_active(pod)).count());
    pods.unwrap_or_else(|| number(status, 0))
}

fn of_deployment<'a>(deployment: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let sets: Vec<_> = snapshot.controlled_by(deployment, "ReplicaSet").collect();
    let paused = is_paused("Deployment", deployment);
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let mut missing_pods = Vec::new();
    if !paused && !sets.iter().any(|set| is_of_template(set, deployment)) {
        let kind = replica_set_kind();
        let name = format!("{}-*", metadata_text(deployment, "name"));
        let set = Object { kind, namespace: snapshot.namespace.clone(), name, body: ObjectKind::Counted };
        missing_pods.push(MissingPods {
            controller: deployment,
            wanted: 1,
            present: 0,
            of: MissingObject::One(Box::new(set)),
        });
        // The pods of the new ReplicaSet: all of them, or as many as may come before others go.
        let pod_counts: usize = sets.iter().map(|set| count(set, snapshot, &set["status"]["replicas"])).sum();
        let first = match Strategy::of_deployment(deployment, wanted) {
            Strategy::Rolling { surge, .. } if pod_counts > 0 => {
                (wanted + surge).saturating_sub(pod_counts).min(wanted)
            }
            _ => wanted,
        };
        missing_pods.extend(pods(deployment, snapshot, first, 0));
    }
    for set in sets {
        let present = count(set, snapshot, &set["status"]["replicas"]);
        missing_pods.extend(pods(set, snapshot, number(&set["spec"]["replicas"], 1), present));
    }
    missing_pods
}

/// The pods that a StatefulSet lacks, from the first gap on.
fn of_set<'a>(set: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    let start = number(&set["spec"]["ordinals"]["start"], 0);
    let wanted = number(&set["spec"]["replicas"], 1);
    let name = metadata_text(set, "name");
    let missing: Vec<usize> = match snapshot.pods_controlled_by(set) {
        Some(pods) => {
            let pod_counts: Vec<&str> = pods.map(|pod: &Pod| pod.metadata.name.as_str()).collect();
            let is_missing = |ordinal: &usize| !pod_counts.contains(&format!("{name}-{ordinal}").as_str());
            (start..start + wanted).filter(is_missing).collect()
        }
        None => (start..start + wanted).skip(number(&set["status"]["replicas"], 0)).collect(),
    };
    let first = *missing.first()?;
    let mut value = set.clone();
    value["spec"]["ordinals"] = json!({"start": first});
    value["spec"]["replicas"] = json!(missing.len());
    let manifest = Manifest::of(value, kind_of("apps", "StatefulSet", "statefulsets"), &snapshot.namespace);
    let present = wanted - missing.len();
    Some(MissingPods { controller: set, wanted, present, of: MissingObject::Pods(Box::new(manifest)) })
}

/// The pods that a Job may run beside those that run.
fn of_job<'a>(job: &'a Value, snapshot: &NamespaceSnapshot) -> Option<MissingPods<'a>> {
    pods(job, snapshot, at_once(job), count(job, snapshot, &job["status"]["active"]))
}

/// The next Job with its pods, and what the Jobs that run lack.
fn of_cron_job<'a>(cron_job: &'a Value, snapshot: &'a NamespaceSnapshot) -> Vec<MissingPods<'a>> {
    let mut missing_pods: Vec<MissingPods<'a>> = Vec::new();
    for job in snapshot.controlled_by(cron_job, "Job") {
        missing_pods.extend(of_job(job, snapshot));
    }
    if cron_job["spec"]["suspend"] == true {
        return missing_pods;
    }
    if let Some(kind) = built_in_kind("batch/v1", "Job") {
        let name = format!("{}-*", metadata_text(cron_job, "name"));
        let job = Object { kind, namespace: snapshot.namespace.clone(), name, body: ObjectKind::Counted };
        missing_pods.push(MissingPods {
            controller: cron_job,
            wanted: 1,
            present: 0,
            of: MissingObject::One(Box::new(job)),
        });
    }
    let spec = &cron_job["spec"]["jobTemplate"]["spec"];
    let at_once = job_pods(spec);
    missing_pods.extend(pods(cron_job, snapshot, at_once, 0));
    missing_pods
}
