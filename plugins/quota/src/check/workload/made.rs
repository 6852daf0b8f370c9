//! Makes what a workload makes, and keeps count.

use serde_json::Value;

use super::{claims, daemon, maker::Maker, number, rolling::Strategy, template};
use crate::{
    admission::{Refusal, Shortage},
    check::{
        cluster_side::ClusterSide,
        ledger::Ledger,
        manifest::{Key, Manifest},
        read_object::new_object,
        row::Pods,
        server::PodOpinion,
    },
    facts::Object,
};

/// What came of the objects a workload makes.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Its pods.
    pub pods: Pods,
    /// What the server says to the first object it refuses, be it by chance.
    pub refusals: Vec<Refusal>,
    /// Whether that is by chance.
    pub by_chance: bool,
    /// What quotas lack for the rest.
    pub shortages: Vec<Shortage>,
    /// What can't be known.
    pub doubt: Option<String>,
}

/// Makes everything that a workload makes once it is let in, where `old` is what was there before, and `opinion` what
/// the server says of one pod of it.
///
/// # Errors
/// A template that the server can't read, in its words.
pub fn make(
    manifest: &Manifest,
    old: Option<&Value>,
    side: &ClusterSide,
    ledger: &mut Ledger,
    opinion: PodOpinion,
) -> Result<Made, String> {
    let mut maker = Maker::new(manifest, old, ledger, opinion)?;
    let spec = &manifest.value["spec"];
    let replicas = number(&spec["replicas"], 1);
    let before = old.map_or(0, |old| number(&old["spec"]["replicas"], 1));
    match manifest.kind.kind.as_str() {
        "Deployment" => {
            if maker.changed && !maker.child("apps", "ReplicaSet", "replicasets") {
                maker.made.pods.wanted = replicas;
                return Ok(maker.finish());
            }
            match (&maker.old_pod, maker.changed) {
                (Some(_), true) => {
                    maker.replace(before, replicas, Strategy::of_deployment(&manifest.value, replicas))
                }
                _ => maker.add(replicas.saturating_sub(before)),
            }
        }
        "ReplicaSet" | "ReplicationController" => maker.add(replicas.saturating_sub(before)),
        "StatefulSet" => {
            stateful(&mut maker, manifest, before, side);
            renew(&mut maker, spec, before.min(replicas));
        }
        "DaemonSet" => {
            if maker.changed {
                maker.child("apps", "ControllerRevision", "controllerrevisions");
            }
            let Some(nodes) = &side.nodes else {
                maker.made.doubt =
                    Some("the nodes could not be read, so how many pods it makes is unknown".to_owned());
                return Ok(maker.finish());
            };
            let wanted = daemon::eligible(nodes, template("DaemonSet", &manifest.value));
            let before = old.map_or(0, |old| daemon::eligible(nodes, template("DaemonSet", old)));
            match (&maker.old_pod, maker.changed, Strategy::of_daemons(&manifest.value, wanted)) {
                (Some(_), true, Some(strategy)) => maker.replace(before, wanted, strategy),
                _ => maker.add(wanted.saturating_sub(before)),
            }
        }
        // A Job's pods and a CronJob's template can't be changed in place: there is nothing new to make.
        "Job" if old.is_none() => maker.add(job_pods(spec)),
        "CronJob" if spec["suspend"] != true => {
            let job = &spec["jobTemplate"]["spec"];
            match maker.child("batch", "Job", "jobs") {
                true => maker.add(job_pods(job)),
                false => maker.made.pods.wanted = job_pods(job),
            }
        }
        _ => {}
    }
    Ok(maker.finish())
}

/// Replaces the pods of a workload, of which `before` are there, by `wanted` new ones.
///
/// # Errors
/// As [`make`].
pub fn roll(
    manifest: &Manifest,
    present: &Value,
    (before, wanted): (usize, usize),
    strategy: Strategy,
    ledger: &mut Ledger,
) -> Result<Made, String> {
    let mut maker = Maker::new(manifest, Some(present), ledger, PodOpinion::default())?;
    let child = match manifest.kind.kind.as_str() {
        "Deployment" => maker.child("apps", "ReplicaSet", "replicasets"),
        _ => maker.child("apps", "ControllerRevision", "controllerrevisions"),
    };
    match child {
        true => maker.replace(before, wanted, strategy),
        false => maker.made.pods.wanted = wanted,
    }
    Ok(maker.finish())
}

/// As many pods as a Job runs at once.
pub fn job_pods(spec: &Value) -> usize {
    if spec["suspend"] == true {
        return 0;
    }
    let parallelism = number(&spec["parallelism"], 1);
    parallelism.min(number(&spec["completions"], usize::MAX))
}

/// Replaces the pods there are one by one where the template is another, but those below the partition.
fn renew(maker: &mut Maker, spec: &Value, present: usize) {
    let strategy = &spec["updateStrategy"];
    let replaced = present.saturating_sub(number(&strategy["rollingUpdate"]["partition"], 0));
    let waits = strategy["type"] == "OnDelete" || !maker.made.refusals.is_empty();
    if !maker.changed || maker.old_pod.is_none() || waits || replaced == 0 {
        return;
    }
    let added = maker.made.pods;
    maker.replace(replaced, replaced, Strategy::Rolling { surge: 0, unavailable: 1 });
    maker.made.pods.wanted += added.wanted;
    maker.made.pods.admitted += added.admitted;
}

/// Pod by pod, its claims first; one that is refused keeps the later ones waiting, unless they may come in parallel.
fn stateful(maker: &mut Maker, manifest: &Manifest, before: usize, side: &ClusterSide) {
    if maker.changed {
        maker.child("apps", "ControllerRevision", "controllerrevisions");
    }
    let set = &manifest.value;
    let kind = claims::claim_kind();
    let parallel = set["spec"]["podManagementPolicy"] == "Parallel";
    let missing: Vec<_> = claims::ordinals(set).skip(before).collect();
    maker.made.pods.wanted = missing.len();
    for ordinal in missing {
        let mut complete = true;
        for (name, template) in claims::of_pod(set, &manifest.name, ordinal) {
            if side.existing.contains_key(&Key::new(&kind, &manifest.namespace, &name)) {
                continue;
            }
            complete &= match new_object(&kind, &manifest.namespace, &name, template) {
                Ok(claim) => maker.create(claim),
                Err(message) => maker.refuse(vec![Refusal::validation(message)]),
            };
        }
        let pod = Object { name: format!("{}-{ordinal}", manifest.name), ..maker.pod.clone() };
        if complete && maker.create_pod(pod) {
            maker.made.pods.admitted += 1;
        } else if !parallel {
            break;
        }
    }
}
