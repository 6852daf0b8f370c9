//! Compares what became of each workload with what the plan foretold.

use std::collections::BTreeMap;

use serde_json::Value;
use support::cluster;

use super::tally::{Fault, FaultKind, Tally};
use crate::plan::stage::{Stage, fate, pods};

/// Returns, of each workload, what the scheduler says to its pods that wait for a node.
pub fn waiting(stage: &Stage) -> BTreeMap<String, Vec<String>> {
    let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let list = cluster().api().get(&path).expect("pods");
    let mut waiting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let pods = list["items"].as_array().into_iter().flatten();
    for pod in pods.filter(|pod| pod["spec"]["nodeName"].is_null()) {
        let conditions = pod["status"]["conditions"].as_array();
        let scheduled = conditions.into_iter().flatten().find(|one| one["type"] == "PodScheduled");
        let message = scheduled.and_then(|one| one["message"].as_str()).unwrap_or_default();
        let head = message.split_once(". ").map_or(message, |(head, _)| head).trim_end_matches('.');
        let app = pod["metadata"]["labels"]["app"].as_str().unwrap_or_default();
        waiting.entry(app.to_owned()).or_default().push(format!("{head}."));
    }
    waiting
}

/// Returns how many pods each workload has.
pub fn totals(stage: &Stage) -> BTreeMap<String, usize> {
    let path = format!("/api/v1/namespaces/{}/pods", stage.namespace);
    let list = cluster().api().get(&path).expect("pods");
    let mut totals: BTreeMap<String, usize> = BTreeMap::new();
    for pod in list["items"].as_array().into_iter().flatten() {
        let app = pod["metadata"]["labels"]["app"].as_str().unwrap_or_default();
        *totals.entry(app.to_owned()).or_default() += 1;
    }
    totals
}

/// The pods before the first eviction.
#[derive(Debug)]
pub struct Before {
    /// Those that waited for a node.
    pub waiting: BTreeMap<String, Vec<String>>,
    /// All.
    pub totals: BTreeMap<String, usize>,
}

/// What the plan foretold of the pods of a workload.
#[derive(Debug, Default)]
struct Foretold {
    yes: usize,
    no: usize,
    unknown: usize,
    messages: Vec<String>,
}

/// Compares.
pub fn judge(stage: &Stage, plan: &Value, before: &Before, tally: &mut Tally) {
    let mut foretold: BTreeMap<String, Foretold> = BTreeMap::new();
    for pod in pods(plan).into_iter().filter(|pod| !pod["wave"].is_null() && !pod["fits"].is_null()) {
        let owner = pod["owner"]["name"].as_str().unwrap_or_default().to_owned();
        let of_owner = foretold.entry(owner).or_default();
        tally.answers += 1;
        match pod["fits"].as_str() {
            Some("yes") => of_owner.yes += 1,
            Some("no") => {
                of_owner.no += 1;
                let reasons = pod["reasons"].as_array().into_iter().flatten();
                let message = reasons
                    .filter(|one| one["code"] == "NoPlace")
                    .map(|one| one["message"].as_str().unwrap_or_default().to_owned());
                of_owner.messages.extend(message);
            }
            _ => {
                tally.unknown += 1;
                *tally.fates.entry(fate(pod)).or_default() += 1;
                of_owner.unknown += 1;
            }
        }
    }
    // Victims of preemption are not those of the plan: what then waits was foretold of nobody.
    if pods(plan).into_iter().any(|pod| fate(pod).contains("Preempts")) {
        return;
    }
    let (after, totals) = (waiting(stage), totals(stage));
    // Which of several workloads takes its places first is the scheduler's choice, and with it what it says to the others.
    let is_certain = foretold.len() == 1 && foretold.values().all(|one| one.unknown == 0);
    for (owner, told) in foretold {
        let Foretold { yes, no, unknown, messages } = told;
        let said = after.get(&owner).cloned().unwrap_or_default();
        let count = |totals: &BTreeMap<String, usize>| totals.get(&owner).copied().unwrap_or(0);
        // Pods that a quota has kept away, and that come up in what others leave, were foretold by nobody.
        let grown = count(&totals).saturating_sub(count(&before.totals));
        let waited = before.waiting.get(&owner).map_or(0, Vec::len);
        // A replacement that never came is no better off than one that waits for a node.
        let missing = count(&before.totals).saturating_sub(count(&totals));
        let pending = said.len().saturating_sub(waited + grown) + missing;
        tally.foretold_pending += no;
        let mut fault = |kind: FaultKind, what: String| {
            tally.faults.push(Fault { kind, what: format!("{owner}: {what}"), plan: plan.clone() });
        };
        if pending > no + unknown {
            let what = format!(
                "{pending} Pending or missing, foretold yes {yes}, no {no}, unknown {unknown}: {said:?}"
            );
            fault(FaultKind::PendingAlthoughYes, what);
        }
        if pending < no {
            fault(FaultKind::PlacedAlthoughNo, format!("{pending} Pending or missing, foretold no {no}"));
            tally.placed_although_no += no - pending;
        }
        // Where nothing else moved, the scheduler's sentence is the plan's.
        if is_certain && pending == no && missing == 0 {
            for message in messages {
                tally.messages += 1;
                if !said.contains(&message) {
                    let what = format!("foretold `{message}`, said {said:?}");
                    let fault = Fault {
                        kind: FaultKind::Message,
                        what: format!("{owner}: {what}"),
                        plan: plan.clone(),
                    };
                    tally.faults.push(fault);
                }
            }
        }
    }
}
