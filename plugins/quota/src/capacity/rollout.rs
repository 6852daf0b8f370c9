//! Whether a rolling update completes, and the smallest change that lets it.

use serde_json::json;
use shared::{
    admission::simulator::Simulator,
    manifest::Manifest,
    output::ShellCommand,
    workload::{
        PodCounts, PodCreation, Pods, RolloutStart, RolloutState, Strategy, daemon_nodes, is_rolled_out,
        roll_out_from, template,
    },
};

use super::{
    TargetWorkload,
    fits::{Bound, bounds, fits_of_template},
    target_workload::is_deployment,
};
use crate::remedy::{self, Feasibility};

/// Outcome of an update.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// The update strategy.
    pub strategy: Strategy,
    /// Maximum number of pods that count at once if each old pod is gone before the next one is deleted: running, surge
    /// and terminating pods.
    pub peak: usize,
    /// The terminating pods among them.
    pub terminating: usize,
    /// The pods at the start.
    pub pod_counts: PodCounts,
    /// Maximum number of pods that count at once if no old pod is gone before the last new one is created.
    pub worst: usize,
    /// Whether all pods are replaced.
    pub completes: bool,
    /// Whether new pods may be refused for a while, because old pods still terminate. Freed quota triggers no retry: the
    /// ReplicaSet controller waits twice as long after each failure, up to 1,000 seconds (`DefaultTypedControllerRateLimiter` in client-go's `util/workqueue`).
    pub may_wait: bool,
    /// The rules that stop the rollout.
    pub by: Vec<Bound>,
    /// The server's messages to the refused pod.
    pub messages: Vec<String>,
    /// Commands, each of which lets the rollout complete.
    pub fix: Vec<String>,
}

/// Simulates the rollout of the workload, or a restart where its template does not change.
///
/// # Errors
/// A workload that is not rolled out, and the server's message to an invalid template.
pub fn rollout(target: &TargetWorkload) -> Result<Rollout, String> {
    if let Some(end) = target.end() {
        return Err(end);
    }
    let (manifest, present) = (&target.manifest, target.present.as_ref().unwrap_or(&target.manifest.value));
    let before = target.pods();
    let (strategy, wanted) = strategy_and_replicas(manifest, target)?;
    let start = start(target, strategy, wanted);
    let terminating = target.terminating.len();
    // Terminating pods free their quota in the end.
    let mut simulator = target.simulator.clone();
    target.terminating.iter().for_each(|pod| simulator.release(pod));
    let stopped = target.refusal_while_terminating().filter(|_| wanted > 0);
    let attempt = |strategy: Strategy, simulator: &Simulator| {
        if let Some(refusal) = &stopped {
            let pods = Pods { wanted, admitted: 0 };
            return Ok(PodCreation { pods, refusals: vec![refusal.clone()], ..PodCreation::default() });
        }
        let objects = target.snapshot.objects();
        let from = |start: &RolloutStart| {
            roll_out_from(manifest, present, (start, wanted), strategy, objects, &mut simulator.clone())
        };
        let creation = from(&start)?;
        // Whether the pods that earlier ReplicaSets lack come first is for the controllers' queues to say.
        match start.rollout_state.with_lacking_pods() {
            Some(rollout_state) if is_complete(&creation) => {
                from(&RolloutStart { rollout_state, ..start.clone() })
            }
            _ => Ok(creation),
        }
    };
    let creation = attempt(strategy, &simulator)?;
    let surge = match strategy {
        Strategy::Rolling { surge, .. } => surge,
        Strategy::Recreate => 0,
    };
    let completes = is_complete(&creation);
    let pod_counts = target.pod_counts();
    let worst = worst(manifest, strategy, pod_counts, wanted);
    let capacity = fits_of_template(target)?.more;
    let may_wait = completes && capacity.is_some_and(|capacity| capacity < worst - before);
    let mut fix = Vec::new();
    if !completes {
        let without_surge = Strategy::Rolling { surge: 0, unavailable: 1 };
        let can_change = matches!(manifest.kind.kind.as_str(), "Deployment" | "DaemonSet");
        if can_change && strategy != without_surge && is_complete(&attempt(without_surge, &simulator)?) {
            fix.push(change_of_strategy(manifest));
        }
        fix.extend(change_of_rules(target, &simulator, attempt, strategy));
    }
    Ok(Rollout {
        strategy,
        peak: before.max(wanted + surge) + terminating,
        terminating,
        pod_counts,
        worst: worst + terminating,
        completes,
        may_wait,
        by: bounds(&creation.refusals),
        messages: creation.refusals.iter().map(|refusal| refusal.message.clone()).collect(),
        fix,
    })
}

/// Returns the state that the rollout starts from.
fn start(target: &TargetWorkload, strategy: Strategy, wanted: usize) -> RolloutStart {
    let Some(sets) = target.rollout_in_progress() else {
        let is_scaled = is_deployment(&target.manifest) && target.present.as_ref().is_some_and(is_rolled_out);
        return RolloutStart {
            rollout_state: match &target.replica_sets {
                // Pods that the one of the present template lacks come first at times.
                Some(sets) => RolloutState::of_replica_sets(&sets.clone().before_another(), wanted, strategy),
                None if is_scaled => RolloutState::of_scaled_update(target.pod_counts(), wanted),
                None => target.pod_counts().into(),
            },
            lacks_child: target.lacks_child_of_rollout(),
            without_claims: target.pods_without_claims(),
        };
    };
    RolloutStart {
        rollout_state: RolloutState::of_replica_sets(sets, wanted, strategy),
        lacks_child: sets.new.is_none(),
        without_claims: target.pods_without_claims(),
    }
}

/// Returns the maximum number of pods if no old pod is gone before the last new one is created.
///
/// A Deployment creates new pods while old ones terminate, and so does a DaemonSet with maxSurge. Recreated pods and
/// those of a StatefulSet wait until the old ones are gone.
fn worst(manifest: &Manifest, strategy: Strategy, pod_counts: PodCounts, wanted: usize) -> usize {
    let before = pod_counts.pods();
    let missing = wanted.saturating_sub(pod_counts.new);
    let no_grace_period =
        template(&manifest.kind.kind, &manifest.value)["spec"]["terminationGracePeriodSeconds"] == 0;
    match (manifest.kind.kind.as_str(), strategy) {
        (_, Strategy::Rolling { surge, .. }) if no_grace_period => before.max(wanted + surge),
        ("Deployment", Strategy::Rolling { .. }) => before + missing,
        ("DaemonSet", Strategy::Rolling { surge: 1.., .. }) => before + missing,
        _ => before.max(wanted),
    }
}

fn is_complete(creation: &PodCreation) -> bool {
    creation.pods.admitted == creation.pods.wanted && creation.refusals.is_empty()
}

/// Returns the update strategy and the number of desired pods.
fn strategy_and_replicas(manifest: &Manifest, target: &TargetWorkload) -> Result<(Strategy, usize), String> {
    let value = &manifest.value;
    let replicas =
        value["spec"]["replicas"].as_u64().map_or(1, |count| usize::try_from(count).unwrap_or(usize::MAX));
    let kind = manifest.kind.kind.as_str();
    let wanted = match kind {
        "Deployment" | "StatefulSet" => replicas,
        "DaemonSet" => {
            let nodes = target.snapshot.nodes.as_ref();
            let nodes = nodes.ok_or("no permission to list nodes, so the number of its pods is unknown")?;
            daemon_nodes::eligible(nodes, template("DaemonSet", value))
        }
        kind => return Err(format!("a {kind} has no rolling update: its pods are not replaced")),
    };
    let strategy = Strategy::for_workload(kind, value, wanted);
    Ok((
        strategy.ok_or(
            "updateStrategy OnDelete does not replace pods: they are replaced when somebody deletes them",
        )?,
        wanted,
    ))
}

/// Returns the command that makes a rollout delete old pods before it creates new ones.
pub fn change_of_strategy(manifest: &Manifest) -> String {
    let field = if manifest.kind.kind == "Deployment" { "strategy" } else { "updateStrategy" };
    let strategy = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}});
    let patch = json!({"spec": {field: strategy}});
    ShellCommand::new(["kubectl".to_owned(), "patch".to_owned(), manifest.kind.kind.to_lowercase()])
        .name(&manifest.name)
        .flag_with("-n", &manifest.namespace)
        .flag_with("--type", "merge")
        .flag_with("-p", patch.to_string())
        .to_string()
}

/// Returns the command that changes quotas and LimitRanges by the least with which the rollout completes: all of them
/// together, since each that refuses is enough to stop it.
fn change_of_rules(
    target: &TargetWorkload,
    simulator: &Simulator,
    attempt: impl Fn(Strategy, &Simulator) -> Result<PodCreation, String>,
    strategy: Strategy,
) -> Option<String> {
    let feasibility = |rules: &Simulator| match attempt(strategy, rules) {
        Ok(creation) => {
            let of_refusals = creation.refusals.iter().flat_map(|refusal| refusal.shortages.clone());
            Feasibility {
                complete: is_complete(&creation),
                // What all missing pods lack is more than enough where old pods free quota, and lowered again.
                shortages: of_refusals.chain(creation.shortages.clone()).collect(),
                refusals: creation
                    .refusals
                    .iter()
                    .map(|refusal| (refusal.refused_by.clone(), refusal.message.clone()))
                    .collect(),
            }
        }
        Err(_) => Feasibility::default(),
    };
    remedy::change_all(simulator, &target.manifest.namespace, &feasibility)
}
