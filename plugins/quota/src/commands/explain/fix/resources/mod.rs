//! Other requests and limits for the workload's own containers.

mod change;
mod propose;
mod verify;

use shared::admission::simulator::Simulator;

use change::ResourceChange;
use verify::helps;

use crate::commands::explain::{
    namespace_snapshot::{NamespaceSnapshot, kind},
    refusal_message::{RefusalReason, find_in_line},
    simulated_workload::SimulatedWorkload,
    starter_amounts::starter_amounts,
};

/// Returns commands for what `kubectl set resources` can change; templates of Jobs and Pods are immutable.
pub(super) fn fixes(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Vec<String> {
    let subject = simulated.subject;
    if !matches!(kind(subject), "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob") {
        return Vec::new();
    }
    let containers = propose::containers(subject);
    let mut fixes = Vec::new();
    for (_, message) in simulated.refusals() {
        for message in find_in_line(&message) {
            let changes: Vec<ResourceChange> = match &message.reason {
                RefusalReason::MustSpecify { missing, .. } => {
                    starter_amounts().map(|example| propose::specify(missing, example)).collect()
                }
                RefusalReason::Bounds(violations) => vec![propose::within(violations, &containers)],
                RefusalReason::Invalid { why } => vec![propose::own_limits(why, &containers)],
                RefusalReason::Exceeded { shortages, .. } => {
                    propose::smaller(shortages, simulated, snapshot, &containers).into_iter().collect()
                }
                _ => Vec::new(),
            };
            let first = changes
                .into_iter()
                .find(|change| !change.is_empty() && helps(change, simulated, snapshot, rules));
            fixes.extend(first.map(|change| change.command(subject, &snapshot.namespace)));
        }
    }
    fixes.dedup();
    fixes
}
