//! Random workloads, each in a state that its controller comes to: complete, short of what was refused, half way through
//! an update, or not begun.

use serde_json::{Value, json};
use support::Random;

use super::{
    deployments::deployment,
    namespace::TEAM,
    pods::{Pods, claim_of, first_template, next_template, reference, storage},
};
use crate::objects::{autoscaler, batch, workload as of_apps};

/// Adds a workload with all that belongs to it, and returns it.
pub fn workload(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let made = match random.below(20) {
        0..8 => deployment(random, pods, name),
        8..12 => stateful_set(random, pods, name),
        12 | 13 => daemon_set(random, pods, name),
        14 => job(random, pods, name),
        15 => cron_job(random, pods, name),
        _ => replicas(random, pods, name),
    };
    let replicas = made["spec"]["replicas"].as_u64();
    if let Some(replicas) = replicas.filter(|_| random.percent(15)) {
        let mut scaler = autoscaler(TEAM, name, name, 9);
        scaler["spec"]["scaleTargetRef"]["apiVersion"] = made["apiVersion"].clone();
        scaler["spec"]["scaleTargetRef"]["kind"] = made["kind"].clone();
        scaler["spec"]["minReplicas"] = json!((replicas + random.number_below(4)).saturating_sub(1).max(1));
        pods.objects.push(scaler);
    }
    made
}

/// Gives an object what a server does.
pub fn stored(mut object: Value, generation: u64) -> Value {
    let name = object["metadata"]["name"].as_str().expect("a name").to_owned();
    let kind = object["kind"].as_str().expect("a kind").to_lowercase();
    object["metadata"]["uid"] = json!(format!("{kind}-{name}"));
    object["metadata"]["generation"] = json!(generation);
    object
}

/// A ReplicaSet or a ReplicationController, alone or of an operator.
fn replicas(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let wanted = random.below(5);
    let template = first_template(random, name);
    let mut set = match random.percent(75) {
        true => {
            let mut set = of_apps("ReplicaSet", TEAM, name, wanted, template.clone());
            if random.percent(40) {
                set["metadata"]["ownerReferences"] = json!([{
                    "apiVersion": "rollouts.example.com/v1", "kind": "Rollout", "name": name, "uid": "operator", "controller": true,
                }]);
            }
            set
        }
        false => json!({
            "apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": name, "namespace": TEAM},
            "spec": {"replicas": wanted, "selector": {"app": name}, "template": template},
        }),
    };
    set = stored(set, 1);
    let present = if random.percent(50) { wanted } else { random.below(wanted + 1) };
    for index in 0..present {
        pods.add(&set, &format!("{name}-{index}x"), &template, &json!({}));
    }
    set["status"] = json!({
        "observedGeneration": 1, "replicas": present, "readyReplicas": present, "availableReplicas": present,
        "fullyLabeledReplicas": present,
    });
    pods.objects.push(set.clone());
    set
}

/// Adds a ControllerRevision, and returns its hash.
fn revision(pods: &mut Pods, owner: &Value, template: &Value, number: u64) -> String {
    let name = owner["metadata"]["name"].as_str().expect("a name");
    let hash = format!("r{number}");
    let mut data = template.clone();
    data["$patch"] = json!("replace");
    pods.objects.push(json!({
        "apiVersion": "apps/v1", "kind": "ControllerRevision",
        "metadata": {"name": format!("{name}-{hash}"), "namespace": TEAM, "ownerReferences": [reference(owner)],
            "labels": {"controller.kubernetes.io/hash": hash}},
        "data": {"spec": {"template": data}}, "revision": number,
    }));
    hash
}

/// How far a workload has got whose pods are replaced one by one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Its ControllerRevision was refused, the first one.
    NotBegun,
    Complete,
    /// Some pods were refused.
    Short,
    /// The update has a ControllerRevision, and some pods of it.
    HalfWay,
    /// The ControllerRevision of the update was refused.
    UpdateNotBegun,
}

fn progress(random: &mut Random) -> Progress {
    match random.below(20) {
        0 | 1 => Progress::NotBegun,
        2..9 => Progress::Complete,
        9..13 => Progress::Short,
        13..17 => Progress::HalfWay,
        _ => Progress::UpdateNotBegun,
    }
}

fn stateful_set(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let wanted = random.below(5);
    let first = first_template(random, name);
    let mut set = of_apps("StatefulSet", TEAM, name, wanted, first.clone());
    let start = if random.percent(15) { 3 } else { 0 };
    if start > 0 {
        set["spec"]["ordinals"] = json!({"start": start});
    }
    let is_parallel = random.percent(50);
    if is_parallel {
        set["spec"]["podManagementPolicy"] = json!("Parallel");
    }
    if random.percent(50) {
        let templates = (0..1 + random.below(2))
            .map(|index| json!({"metadata": {"name": format!("d{index}")}, "spec": storage(random)}));
        set["spec"]["volumeClaimTemplates"] = templates.collect();
    }
    match random.below(10) {
        0 => set["spec"]["updateStrategy"] = json!({"type": "OnDelete"}),
        1 if wanted > 0 => {
            set["spec"]["updateStrategy"] = json!({"rollingUpdate": {"partition": random.below(wanted)}})
        }
        _ => {}
    }
    let progress = begin(random, &mut set, &first);
    if progress == Progress::NotBegun {
        pods.objects.push(set.clone());
        return set;
    }
    let old = revision(pods, &set, &first, 1);
    let new = if progress == Progress::HalfWay {
        revision(pods, &set, &set["spec"]["template"].clone(), 2)
    } else {
        old.clone()
    };
    // The ordinals that have a pod, and whether it is a new one.
    let mut present: Vec<(usize, bool)> = (0..wanted).map(|ordinal| (ordinal, false)).collect();
    match progress {
        Progress::Short if is_parallel => present.retain(|_| random.percent(60)),
        Progress::Short => present.truncate(random.below(wanted + 1)),
        Progress::HalfWay => {
            let strategy = &set["spec"]["updateStrategy"];
            let partition = shared::manifest::json::number(&strategy["rollingUpdate"]["partition"], 0);
            let is_by_hand = strategy["type"] == "OnDelete";
            // The highest ordinals are new, the next one may have been deleted and refused.
            let updated = if is_by_hand { 0 } else { random.below(wanted - partition.min(wanted) + 1) };
            present.iter_mut().for_each(|(ordinal, is_new)| *is_new = *ordinal >= wanted - updated);
            if wanted - updated > partition && !is_by_hand && random.percent(70) {
                present.remove(wanted - updated - 1);
            }
        }
        _ => {}
    }
    for ordinal in 0..wanted {
        let is_there = present.iter().find(|(one, _)| *one == ordinal);
        let ordinal = start + ordinal;
        let templates = set["spec"]["volumeClaimTemplates"].as_array().cloned().unwrap_or_default();
        for template in templates.iter().filter(|_| is_there.is_some() || random.percent(30)) {
            let claim =
                format!("{}-{name}-{ordinal}", template["metadata"]["name"].as_str().expect("a name"));
            pods.objects.push(claim_of(&claim, &template["spec"], None));
        }
        let Some((_, is_new)) = is_there else { continue };
        let (template, hash) =
            if *is_new { (set["spec"]["template"].clone(), &new) } else { (first.clone(), &old) };
        let labels = json!({"controller-revision-hash": format!("{name}-{hash}")});
        pods.add(&set, &format!("{name}-{ordinal}"), &template, &labels);
    }
    let updated = present.iter().filter(|(_, is_new)| *is_new || progress != Progress::HalfWay).count();
    set["status"] = json!({
        "observedGeneration": if progress == Progress::HalfWay { 2 } else { 1 },
        "replicas": present.len(), "readyReplicas": present.len(), "availableReplicas": present.len(),
        "currentReplicas": present.len() - if progress == Progress::HalfWay { updated } else { 0 },
        "updatedReplicas": updated, "currentRevision": format!("{name}-{old}"), "updateRevision": format!("{name}-{new}"),
    });
    pods.objects.push(set.clone());
    set
}

/// Chooses how far a StatefulSet or DaemonSet is, and gives it the template that this takes.
fn begin(random: &mut Random, set: &mut Value, first: &Value) -> Progress {
    let progress = progress(random);
    let is_update = matches!(progress, Progress::HalfWay | Progress::UpdateNotBegun);
    if is_update {
        set["spec"]["template"] = next_template(random, first, "app:2");
    }
    *set = stored(set.take(), 1 + u64::from(is_update));
    progress
}

fn daemon_set(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let first = first_template(random, name);
    let mut set = of_apps("DaemonSet", TEAM, name, 0, first.clone());
    match random.below(10) {
        0 => set["spec"]["updateStrategy"] = json!({"type": "OnDelete"}),
        1..4 => {
            set["spec"]["updateStrategy"] = json!({"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}})
        }
        4 => set["spec"]["updateStrategy"] = json!({"rollingUpdate": {"maxUnavailable": 2}}),
        _ => {}
    }
    let progress = begin(random, &mut set, &first);
    if progress == Progress::NotBegun {
        pods.objects.push(set.clone());
        return set;
    }
    let old = revision(pods, &set, &first, 1);
    let mut present: Vec<bool> = vec![false; pods.nodes];
    let strategy = set["spec"]["updateStrategy"].clone();
    match progress {
        Progress::Short => present.truncate(random.below(pods.nodes + 1)),
        Progress::HalfWay if strategy["type"] != "OnDelete" => {
            let updated = random.below(pods.nodes + 1);
            present.iter_mut().take(updated).for_each(|is_new| *is_new = true);
            let surges = strategy["rollingUpdate"]["maxSurge"] == 1;
            if updated < pods.nodes && !surges && random.percent(70) {
                present.pop();
            }
        }
        _ => {}
    }
    let new = if progress == Progress::HalfWay {
        revision(pods, &set, &set["spec"]["template"].clone(), 2)
    } else {
        old.clone()
    };
    for (index, is_new) in present.iter().enumerate() {
        let (template, hash) =
            if *is_new { (set["spec"]["template"].clone(), &new) } else { (first.clone(), &old) };
        let labels = json!({"controller-revision-hash": hash});
        pods.add(&set, &format!("{name}-{index}y"), &template, &labels);
    }
    let is_new = |is_new: &&bool| **is_new || progress != Progress::HalfWay;
    set["status"] = json!({
        "observedGeneration": if progress == Progress::HalfWay { 2 } else { 1 },
        "desiredNumberScheduled": pods.nodes, "currentNumberScheduled": present.len(), "numberReady": present.len(),
        "numberAvailable": present.len(), "numberMisscheduled": 0,
        "updatedNumberScheduled": present.iter().filter(is_new).count(),
    });
    pods.objects.push(set.clone());
    set
}

fn job_spec(random: &mut Random, name: &str) -> Value {
    let mut pods = first_template(random, name);
    pods["spec"]["restartPolicy"] = json!("Never");
    let mut spec = json!({"parallelism": 1 + random.below(3), "template": pods});
    if random.percent(50) {
        spec["completions"] = json!(1 + random.below(4));
    }
    if random.percent(30) {
        spec["template"]["spec"]["activeDeadlineSeconds"] = json!(3600);
    }
    spec
}

/// Gives a Job pods, as many as it wants or fewer, and a status.
fn run(random: &mut Random, pods: &mut Pods, job: &mut Value) {
    let spec = job["spec"].clone();
    let count = |field: &str, default: u64| spec[field].as_u64().unwrap_or(default);
    let wanted = count("parallelism", 1).min(count("completions", 9));
    let active = if random.percent(50) { wanted } else { random.number_below(wanted + 1) };
    let name = job["metadata"]["name"].as_str().expect("a name").to_owned();
    for index in 0..active {
        pods.add(job, &format!("{name}-{index}z"), &spec["template"], &json!({"job-name": name}));
    }
    job["status"] = json!({"active": active, "ready": active, "startTime": "2026-01-01T00:00:00Z"});
}

fn job(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let mut job = stored(batch("Job", TEAM, name, &job_spec(random, name)), 1);
    match random.below(10) {
        0 => job["spec"]["suspend"] = json!(true),
        1 => job["status"] = json!({"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}),
        _ => run(random, pods, &mut job),
    }
    pods.objects.push(job.clone());
    job
}

fn cron_job(random: &mut Random, pods: &mut Pods, name: &str) -> Value {
    let template = json!({"spec": job_spec(random, name)});
    let mut cron_job = json!({"schedule": "0 0 1 1 *", "jobTemplate": template});
    if random.percent(15) {
        cron_job["suspend"] = json!(true);
    }
    let cron_job = stored(batch("CronJob", TEAM, name, &cron_job), 1);
    if random.percent(40) {
        let mut job = stored(batch("Job", TEAM, &format!("{name}-1"), &template["spec"]), 1);
        job["metadata"]["ownerReferences"] = json!([reference(&cron_job)]);
        run(random, pods, &mut job);
        pods.objects.push(job);
    }
    pods.objects.push(cron_job.clone());
    cron_job
}
