//! Whether a rolling update gets through, and the least that would let it.

use std::collections::BTreeMap;

use serde_json::json;
use shared::{
    admission::simulator::Simulator,
    manifest::Manifest,
    output::ShellCommand,
    workload::{
        PodCounts, PodCreation, RolloutStart, RolloutState, Strategy, daemon_nodes, roll_out_from, template,
    },
};

use super::{
    Subject,
    fits::{Bound, bounds, more_of_template},
};
use crate::shortage;

/// What would come of an update.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// How it goes about.
    pub strategy: Strategy,
    /// As many pods count at once if every old pod is gone before the next one goes: those that run, those that come
    /// on top, and those that are on their way out already.
    pub peak: usize,
    /// Of these, the ones that are on their way out already.
    pub terminating: usize,
    /// The pods that it starts from.
    pub pod_counts: PodCounts,
    /// As many pods count at once if no old pod is gone before the last new one is there.
    pub worst: usize,
    /// Whether all pods get replaced.
    pub completes: bool,
    /// Whether new pods may be refused for a while, because quotas have no room for them beside old ones that take
    /// their grace period. Freed quota wakes no controller: a ReplicaSet's waits twice as long after each failure, up
    /// to 1,000 seconds (`DefaultTypedControllerRateLimiter` in client-go's `util/workqueue`).
    pub may_wait: bool,
    /// What stops it.
    pub by: Vec<Bound>,
    /// The server's words to the pod that does not get in.
    pub messages: Vec<String>,
    /// Commands, each of which is enough.
    pub fix: Vec<String>,
}

/// Rolls the workload out, or a restart of it where nothing changes.
///
/// # Errors
/// What is no matter of rolling out, and a template that the server can't read.
pub fn rollout(subject: &Subject) -> Result<Rollout, String> {
    let (manifest, present) =
        (&subject.manifest, subject.present.as_ref().unwrap_or(&subject.manifest.value));
    let before = subject.pods();
    let (strategy, wanted) = plan(manifest, subject)?;
    let start = start(subject, strategy, wanted);
    let terminating = subject.terminating.len();
    // What is on its way out makes room in the end.
    let mut simulator = subject.simulator.clone();
    subject.terminating.iter().for_each(|pod| simulator.release(pod));
    let attempt = |strategy: Strategy, simulator: &Simulator| {
        roll_out_from(manifest, present, (&start, wanted), strategy, &mut simulator.clone())
    };
    let made = attempt(strategy, &simulator)?;
    let surge = match strategy {
        Strategy::Rolling { surge, .. } => surge,
        Strategy::Recreate => 0,
    };
    let completes = is_complete(&made);
    let pod_counts = subject.stands();
    let worst = worst(manifest, strategy, pod_counts, wanted);
    let capacity = more_of_template(subject)?.more;
    let may_wait = completes && capacity.is_some_and(|capacity| capacity < worst - before);
    let mut fix = Vec::new();
    if !completes {
        let careful = Strategy::Rolling { surge: 0, unavailable: 1 };
        let can_change = matches!(manifest.kind.kind.as_str(), "Deployment" | "DaemonSet");
        if can_change && strategy != careful && is_complete(&attempt(careful, &simulator)?) {
            fix.push(change_of_strategy(manifest));
        }
        fix.extend(more_room(subject, &simulator, attempt, strategy)?);
    }
    Ok(Rollout {
        strategy,
        peak: before.max(wanted + surge) + terminating,
        terminating,
        pod_counts,
        worst: worst + terminating,
        completes,
        may_wait,
        by: bounds(&made.refusals),
        messages: made.refusals.iter().map(|refusal| refusal.message.clone()).collect(),
        fix,
    })
}

/// Where it starts from: in the middle, or at the pods there are.
fn start(subject: &Subject, strategy: Strategy, wanted: usize) -> RolloutStart {
    let Some(sets) = subject.under_way() else {
        return RolloutStart { rollout_state: subject.stands().into(), lacks_child: true };
    };
    let mut scaled = sets.clone();
    if scaled.is_scaling(wanted) {
        scaled.scale(wanted, strategy);
    }
    RolloutStart {
        rollout_state: RolloutState::after_scaling(sets, &scaled),
        lacks_child: sets.new.is_none(),
    }
}

/// A Deployment's new pods come while old ones still take their grace period, and so do a DaemonSet's that come first.
/// Recreated pods and those of a StatefulSet wait until the old ones are gone.
fn worst(manifest: &Manifest, strategy: Strategy, pod_counts: PodCounts, wanted: usize) -> usize {
    let before = pod_counts.pods();
    let missing = wanted.saturating_sub(pod_counts.new);
    let at_once =
        template(&manifest.kind.kind, &manifest.value)["spec"]["terminationGracePeriodSeconds"] == 0;
    match (manifest.kind.kind.as_str(), strategy) {
        (_, Strategy::Rolling { surge, .. }) if at_once => before.max(wanted + surge),
        ("Deployment", Strategy::Rolling { .. }) => before + missing,
        ("DaemonSet", Strategy::Rolling { surge: 1.., .. }) => before + missing,
        _ => before.max(wanted),
    }
}

fn is_complete(made: &PodCreation) -> bool {
    made.pods.admitted == made.pods.wanted && made.refusals.is_empty()
}

/// How the workload is updated, and how many pods it wants.
fn plan(manifest: &Manifest, subject: &Subject) -> Result<(Strategy, usize), String> {
    let value = &manifest.value;
    let replicas =
        value["spec"]["replicas"].as_u64().map_or(1, |count| usize::try_from(count).unwrap_or(usize::MAX));
    let kind = manifest.kind.kind.as_str();
    let wanted = match kind {
        "Deployment" | "StatefulSet" => replicas,
        "DaemonSet" => {
            let nodes = subject.snapshot.nodes.as_ref();
            let nodes = nodes.ok_or("the nodes may not be read, so how many pods it has is unknown")?;
            daemon_nodes::eligible(nodes, template("DaemonSet", value))
        }
        kind => return Err(format!("a {kind} is not rolled out: its pods stay as they are")),
    };
    let strategy = Strategy::for_workload(kind, value, wanted);
    Ok((strategy.ok_or("updateStrategy OnDelete replaces no pod by itself")?, wanted))
}

/// The command that lets old pods go before new ones come.
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

/// The least that quotas must grow by: for what the first pod that is refused lacks, then for the next one, until none
/// is. What is short for all pods at once would be too much, since old ones make room.
fn more_room(
    subject: &Subject,
    simulator: &Simulator,
    attempt: impl Fn(Strategy, &Simulator) -> Result<PodCreation, String>,
    strategy: Strategy,
) -> Result<Vec<String>, String> {
    let namespace = &subject.manifest.namespace;
    let first = attempt(strategy, simulator)?;
    let mut larger = simulator.clone();
    let mut needed = BTreeMap::new();
    let mut made = first.clone();
    // Each step lets in one pod more, at least, or a child of which only the number counts.
    for _ in 0..=first.pods.wanted {
        let shortages = made.refusals.iter().flat_map(|refusal| &refusal.shortages);
        let Some(rules) = larger.namespaces.get_mut(namespace) else { return Ok(Vec::new()) };
        for shortage in shortages {
            for quota in rules.quotas.iter_mut().filter(|quota| quota.name == shortage.quota) {
                quota.status_hard.insert(shortage.resource.clone(), &shortage.used + &shortage.requested);
            }
            needed.insert((shortage.quota.clone(), shortage.resource.clone()), shortage.clone());
        }
        made = attempt(strategy, &larger)?;
        if is_complete(&made) {
            return Ok(shortage::fixes(&needed.into_values().collect::<Vec<_>>(), namespace));
        }
    }
    Ok(shortage::fixes(&first.shortages, namespace))
}
