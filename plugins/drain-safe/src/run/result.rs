//! What a drain did: a document of kind `DrainResult`.

use schemars::JsonSchema;
use serde::Serialize;

use super::machine::{Disposition, Held, Machine, Phase, PodRun, Recreation, Settings};
use crate::plan::{Guard, NodePlan, Plan, Verdict};

/// The document's content.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DrainResult {
    /// The run; none where none began.
    pub run: Option<String>,
    /// The hash of the plan that was carried out.
    pub hash: String,
    /// What the command ends with.
    pub exit: u8,
    /// What spoke against it.
    pub guards: Vec<Guard>,
    /// The nodes.
    pub nodes: Vec<NodeResult>,
    /// The folder with the manifests of pods that nothing recreates.
    pub saved: Option<String>,
    /// The record of the run.
    pub journal: Option<String>,
    /// Commands that go on from here.
    pub next: Vec<String>,
}

/// What became of a node.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NodeResult {
    /// Its name.
    pub name: String,
    /// How it ended; none for a dry run.
    pub state: Option<&'static str>,
    /// Whether it was cordoned before.
    pub was_cordoned: bool,
    /// Its pods.
    pub pods: Vec<PodResult>,
    /// Whether its kubelet reported it as Ready.
    #[serde(skip)]
    pub is_ready: bool,
}

/// What became of a pod.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PodResult {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// The last verdict.
    pub verdict: Verdict,
    /// Its wave.
    pub wave: Option<usize>,
    /// What became of it; none for a pod that belongs on the node, and where nothing was done.
    pub outcome: Option<&'static str>,
    /// How long it took from the first request until it was gone.
    pub seconds: Option<f64>,
    /// Why it is still there, or what else there is to know, in a word.
    pub code: Option<&'static str>,
    /// In a sentence.
    pub message: Option<String>,
}

/// Returns the nodes of a plan of which nothing was carried out.
pub fn untouched(plan: &Plan, state: Option<&'static str>) -> Vec<NodeResult> {
    let pod = |pod: &crate::plan::PodPlan| {
        let reason = pod.reasons.first();
        PodResult {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
            uid: pod.uid.clone(),
            verdict: pod.verdict,
            wave: pod.wave,
            outcome: None,
            seconds: None,
            code: reason.map(|reason| reason.code.as_str()),
            message: reason.map(|reason| reason.message.clone()),
        }
    };
    let node = |node: &NodePlan| NodeResult {
        name: node.name.clone(),
        state,
        was_cordoned: node.cordoned,
        is_ready: node.ready,
        pods: node.pods.iter().map(pod).collect(),
    };
    plan.nodes.iter().map(node).collect()
}

/// Returns the nodes as a run has left them. `was_cordoned` says of each whether it was cordoned before.
pub fn carried_out(machine: &Machine, was_cordoned: &[bool]) -> Vec<NodeResult> {
    let nodes = machine.nodes().iter().enumerate();
    nodes
        .map(|(index, node)| {
            let mut pods: Vec<_> = machine.pods_of(index).map(|pod| pod_result(pod, machine)).collect();
            let owed = machine.recreations_of(index).filter(|(uid, _)| machine.pod(uid).is_none());
            pods.extend(owed.map(|(uid, one)| owed_result(uid, one)));
            pods.sort_by(|one, other| (&one.namespace, &one.name).cmp(&(&other.namespace, &other.name)));
            NodeResult {
                name: node.name.clone(),
                is_ready: node.is_ready,
                state: node.end().map(super::machine::End::as_str),
                was_cordoned: was_cordoned.get(index).copied().unwrap_or(node.was_cordoned),
                pods,
            }
        })
        .collect()
}

fn pod_result(pod: &PodRun, machine: &Machine) -> PodResult {
    let settings = machine.settings();
    let outcome = outcome(pod, machine, settings);
    let seconds = match (pod.asked_at, pod.gone_at) {
        (Some(asked), Some(gone)) => {
            Some(((gone.saturating_sub(asked)).as_secs_f64() * 1000.0).round() / 1000.0)
        }
        _ => None,
    };
    let reason = pod.plan.reasons.first();
    let planned = reason.map(|reason| Held { code: reason.code.as_str(), message: reason.message.clone() });
    // What was said last of a pod that is gone is not why it is gone.
    let is_gone = matches!(outcome, Some("Evicted" | "Gone" | "Recreated"));
    let held = pod.held.clone().filter(|_| !is_gone).or(planned);
    let node = &machine.nodes()[pod.node];
    let held = match outcome {
        Some("Unconfirmed") if !node.is_ready => Some(Held {
            code: "Terminating",
            message: format!(
                "it was told to stop, and {}, which is not Ready, does not say that it has",
                node.name
            ),
        }),
        _ => held,
    };
    let not_recreated = machine.recreation(&pod.plan.uid).and_then(|one| one.why.clone());
    let held = not_recreated.map(|message| Held { code: "CannotRecreate", message }).or(held);
    PodResult {
        namespace: pod.plan.namespace.clone(),
        name: pod.plan.name.clone(),
        uid: pod.plan.uid.clone(),
        verdict: pod.plan.verdict,
        wave: pod.wave,
        outcome,
        seconds,
        code: held.as_ref().map(|held| held.code),
        message: held.map(|held| held.message),
    }
}

/// A pod that an earlier run has evicted.
fn owed_result(uid: &str, one: &Recreation) -> PodResult {
    PodResult {
        namespace: one.namespace.clone(),
        name: one.name.clone(),
        uid: uid.to_owned(),
        verdict: Verdict::Evict,
        wave: None,
        outcome: Some(if one.is_done() { "Recreated" } else { "Evicted" }),
        seconds: None,
        code: Some(if one.is_done() { "Recreate" } else { "CannotRecreate" }),
        message: one.why.clone(),
    }
}

fn outcome(pod: &PodRun, machine: &Machine, settings: &Settings) -> Option<&'static str> {
    if machine.recreation(&pod.plan.uid).is_some_and(Recreation::is_done) {
        return Some("Recreated");
    }
    match (&pod.phase, pod.disposition(settings)) {
        (Phase::Gone, _) if pod.is_evicted && pod.plan.verdict == Verdict::Returns => {
            let is_back = machine.pods_of(pod.node).any(|other| {
                other.phase != Phase::Gone && other.plan.details.controller == pod.plan.details.controller
            });
            Some(if is_back { "Returned" } else { "Evicted" })
        }
        (Phase::Gone, _) if pod.is_evicted => Some("Evicted"),
        (Phase::Gone, _) => Some("Gone"),
        (_, Disposition::Stays) => None,
        (Phase::Unconfirmed | Phase::Leaving { .. } | Phase::InFlight, _) => Some("Unconfirmed"),
        (Phase::Present, _) => Some("Left"),
    }
}
