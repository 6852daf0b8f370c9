//! What a plan comes to.

use std::collections::BTreeMap;

use shared::cli::ExitStatus;

use crate::plan::{NodePlan, Plan, PodPlan, Verdict};

/// Returns how `plan` ends: as the drain would be refused, or as incomplete where something is unknown.
pub fn exit_status(plan: &Plan) -> ExitStatus {
    let has = |wanted: &[Verdict]| plan.pods().any(|pod| wanted.contains(&pod.verdict));
    if plan.allows_partial {
        return match (plan.guards.iter().any(|guard| guard.blocks), plan.left) {
            (true, _) => ExitStatus::Guarded,
            (false, 0) => ExitStatus::Success,
            (false, _) => ExitStatus::Incomplete,
        };
    }
    if has(&[Verdict::Blocked, Verdict::Unmanaged]) {
        ExitStatus::No
    } else if plan.guards.iter().any(|guard| guard.blocks) {
        ExitStatus::Guarded
    } else if has(&[Verdict::Unknown]) {
        ExitStatus::Incomplete
    } else {
        ExitStatus::Success
    }
}

/// Returns how a command about one pod ends.
pub fn exit_status_of(pod: &PodPlan) -> ExitStatus {
    match pod.verdict {
        Verdict::Blocked | Verdict::Unmanaged => ExitStatus::No,
        Verdict::Unknown => ExitStatus::Incomplete,
        _ => ExitStatus::Success,
    }
}

/// Returns the owner of a pod as kubectl names one: `deployment/web`.
pub fn owner_name(pod: &PodPlan) -> String {
    match &pod.owner {
        Some(owner) => format!("{}/{}", owner.kind, owner.name),
        None => "-".to_owned(),
    }
}

/// Returns how many pods of a node have which verdict: `8 Evict, 2 Skip`.
pub fn counts(node: &NodePlan) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for pod in &node.pods {
        *counts.entry(pod.verdict).or_default() += 1;
    }
    // What needs attention comes first.
    let order = [
        Verdict::Blocked,
        Verdict::Unmanaged,
        Verdict::Unknown,
        Verdict::Evict,
        Verdict::Returns,
        Verdict::Wait,
        Verdict::Skip,
    ];
    let counted = order.iter().filter_map(|verdict| Some((verdict, counts.get(verdict)?)));
    let counted: Vec<_> = counted.map(|(verdict, count)| format!("{count} {}", verdict.as_str())).collect();
    if counted.is_empty() { "none".to_owned() } else { counted.join(", ") }
}

/// Returns the sentence that says whether the drain would begin.
pub fn conclusion(plan: &Plan) -> String {
    let sentence = match exit_status(plan) {
        ExitStatus::Incomplete if plan.allows_partial => {
            let pods = if plan.left == 1 { "1 pod".to_owned() } else { format!("{} pods", plan.left) };
            return format!("The drain can begin, and leaves {pods}.");
        }
        ExitStatus::No => "The drain would be refused: pods are Blocked or Unmanaged.",
        ExitStatus::Guarded => "The drain would be refused by a guard.",
        ExitStatus::Incomplete => "Whether the drain would come to its end is unknown.",
        _ if plan.pods().any(|pod| pod.verdict == Verdict::Wait) => {
            "The drain can begin; it waits for some pods."
        }
        _ => "The drain can begin.",
    };
    sentence.to_owned()
}
