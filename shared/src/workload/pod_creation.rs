//! Makes what a workload makes, and keeps count.

use serde::Serialize;
use serde_json::Value;

use super::{
    Standing, Strategy, There, at_once, claim_templates as claims,
    controller::Maker,
    daemon_nodes as daemon, number,
    paused::{self, is_paused},
    pod_counts::{lacks_set, places},
    template,
};
use crate::{
    admission::{
        Refusal, Shortage, object::Object, read_object::new_object, server_verdict::PodOpinion,
        simulator::Ledger,
    },
    manifest::{Key, Manifest},
    snapshot::ClusterSide,
};

/// Pods that a workload would make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pods {
    /// How many it wants that are not there yet.
    pub wanted: usize,
    /// How many would be let in.
    pub admitted: usize,
}

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
    /// The pods that are there afterwards.
    pub there: There,
    /// What can't be known.
    pub doubt: Option<String>,
    /// Whether pods of the template come only once the workload is resumed.
    pub waits: bool,
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
    let kind = manifest.kind.kind.as_str();
    let assumed = old.map_or(0, |old| number(&old["spec"]["replicas"], 1));
    maker.made.there = There::of(kind, old, maker.changed, assumed);
    let there = maker.made.there;
    match kind {
        _ if is_paused(kind, &manifest.value) => paused::scale(&mut maker, old, replicas),
        "Deployment" => {
            let needs_set = maker.changed || old.is_some_and(|old| lacks_set(kind, old));
            if needs_set && !maker.child("apps", "ReplicaSet", "replicasets") {
                maker.made.pods.wanted = replicas;
                return Ok(maker.finish());
            }
            match there.old {
                0 => maker.add(replicas.saturating_sub(there.new)),
                _ => {
                    maker.replace(there.into(), replicas, Strategy::of_deployment(&manifest.value, replicas))
                }
            }
        }
        "ReplicaSet" | "ReplicationController" => maker.add(replicas.saturating_sub(there.pods())),
        "StatefulSet" => {
            let missing = stateful(&mut maker, manifest, side);
            renew(&mut maker, spec, replicas, &missing);
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
            let assumed = old.map_or(0, |old| daemon::eligible(nodes, template("DaemonSet", old)));
            let there = There::of(kind, old, maker.changed, assumed);
            maker.made.there = there;
            match (there.old, Strategy::of_daemons(&manifest.value, wanted)) {
                (1.., Some(strategy)) => maker.replace(there.into(), wanted, strategy),
                _ => maker.add(wanted.saturating_sub(there.pods())),
            }
        }
        "Job" => match old.map(|old| &old["status"]) {
            None => maker.add(job_pods(spec)),
            Some(status) => {
                let is_seen = status.as_object().is_some_and(|status| !status.is_empty());
                let active = if is_seen { number(&status["active"], 0) } else { job_pods(spec) };
                maker.made.there = There { old: 0, new: active };
                maker.add(at_once(&manifest.value).saturating_sub(active));
            }
        },
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
    let start = Start { standing: There { old: before, new: 0 }.into(), lacks_child: true };
    roll_on(manifest, present, (&start, wanted), strategy, ledger)
}

/// Where a rollout starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// The pods.
    pub standing: Standing,
    /// Whether what makes the new pods has yet to be made itself.
    pub lacks_child: bool,
}

/// Goes on replacing the pods of a workload until `wanted` are new.
///
/// # Errors
/// As [`make`].
pub fn roll_on(
    manifest: &Manifest,
    present: &Value,
    (start, wanted): (&Start, usize),
    strategy: Strategy,
    ledger: &mut Ledger,
) -> Result<Made, String> {
    let mut maker = Maker::new(manifest, Some(present), ledger, PodOpinion::default())?;
    let (group, kind, plural) = match manifest.kind.kind.as_str() {
        "Deployment" => ("apps", "ReplicaSet", "replicasets"),
        _ => ("apps", "ControllerRevision", "controllerrevisions"),
    };
    match !start.lacks_child || maker.child(group, kind, plural) {
        true => maker.replace(start.standing.clone(), wanted, strategy),
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

/// Replaces the pods of an earlier template one by one, but those below the partition. `missing` are the places where
/// there was none before.
fn renew(maker: &mut Maker, spec: &Value, replicas: usize, missing: &[usize]) {
    let strategy = &spec["updateStrategy"];
    let partition = number(&strategy["rollingUpdate"]["partition"], 0);
    let added = maker.made.pods;
    let mut there = maker.made.there;
    // Those of the template as it is to be are the last ones.
    let replaced =
        (partition..replicas).filter(|place| !missing.contains(place)).count().saturating_sub(there.new);
    there.new += added.admitted;
    maker.made.there = there;
    let waits = strategy["type"] == "OnDelete" || !maker.made.refusals.is_empty();
    if waits || there.old == 0 || replaced == 0 {
        return;
    }
    let standing = There { old: replaced, new: 0 }.into();
    maker.replace(standing, replaced, Strategy::Rolling { surge: 0, unavailable: 1 });
    let renewed = maker.made.pods;
    maker.made.pods =
        Pods { wanted: added.wanted + renewed.wanted, admitted: added.admitted + renewed.admitted };
    there.old = there.old.saturating_sub(renewed.admitted);
    there.new += renewed.admitted;
    maker.made.there = there;
}

/// Pod by pod, its claims first; one that is refused keeps the later ones waiting, unless they may come in parallel.
/// Returns the places that were empty.
fn stateful(maker: &mut Maker, manifest: &Manifest, side: &ClusterSide) -> Vec<usize> {
    if maker.changed {
        maker.child("apps", "ControllerRevision", "controllerrevisions");
    }
    let set = &manifest.value;
    let kind = claims::claim_kind();
    let parallel = set["spec"]["podManagementPolicy"] == "Parallel";
    let exists = |ordinal: usize| side.existing.contains_key(&claims::pod_key(manifest, ordinal));
    let present = places(set, maker.made.there.pods(), exists);
    let ordinals = claims::ordinals(set);
    let missing: Vec<_> = (0..ordinals.len()).filter(|place| !present.contains(place)).collect();
    maker.made.pods.wanted = missing.len();
    for ordinal in missing.iter().map(|place| ordinals.start + place) {
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
    missing
}
