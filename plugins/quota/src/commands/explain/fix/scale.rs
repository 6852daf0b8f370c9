//! Scales the workload down, or makes its rollout start with old pods.

use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    model::kind::kind_of,
    output::ShellCommand,
    workload::{Strategy, is_of_template, roll_out},
};

use crate::{
    capacity::change_of_strategy,
    commands::explain::{
        missing_pods::active_pods,
        namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
        simulated_workload::SimulatedWorkload,
    },
};

/// Returns commands for the workload itself.
pub(super) fn fixes(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Vec<String> {
    let [missing] = simulated.missing_pods.as_slice() else { return Vec::new() };
    let Some(result) = simulated.results.first() else { return Vec::new() };
    if missing.kind_name() != "Pod" {
        return Vec::new();
    }
    if let Some(without_surge) = without_surge(simulated, snapshot, rules) {
        return without_surge;
    }
    let subject = simulated.subject;
    let (subject_kind, name) = (kind(subject), metadata_text(subject, "name"));
    let reachable = missing.present + result.admitted;
    if reachable == 0 {
        return Vec::new();
    }
    let namespace = &snapshot.namespace;
    match subject_kind {
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
            let scale =
                ShellCommand::new(["kubectl".to_owned(), "scale".to_owned(), subject_kind.to_lowercase()]);
            let scale = scale.name(name).flag_with("-n", namespace);
            vec![scale.flag(format!("--replicas={reachable}")).to_string()]
        }
        "Job" => {
            let patch = format!("{{\"spec\":{{\"parallelism\":{reachable}}}}}");
            let command =
                ShellCommand::new(["kubectl", "patch", "job"]).name(name).flag_with("-n", namespace);
            vec![command.flag_with("--type", "merge").flag_with("-p", patch).to_string()]
        }
        _ => Vec::new(),
    }
}

/// Returns the change of strategy that lets a stuck rollout complete by deleting old pods first, if there is one. `None`
/// where no rollout is in progress, so that other fixes apply.
fn without_surge(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Option<Vec<String>> {
    let deployment = simulated.subject;
    if kind(deployment) != "Deployment" {
        return None;
    }
    let old: Vec<_> = snapshot
        .controlled_by(deployment, "ReplicaSet")
        .filter(|set| !is_of_template(set, deployment))
        .collect();
    let pods = |set: &serde_json::Value| active_pods(set, snapshot, &set["status"]["replicas"]);
    let before: usize = old.iter().map(|set| pods(set)).sum();
    if before == 0 {
        return None;
    }
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let new = snapshot.controlled_by(deployment, "ReplicaSet").find(|set| is_of_template(set, deployment));
    let remaining = wanted.saturating_sub(new.map_or(0, pods));
    let strategy = Strategy::Rolling { surge: 0, unavailable: 1 };
    if Strategy::for_deployment(deployment, wanted) == strategy {
        return Some(Vec::new());
    }
    let kind = kind_of("apps", "Deployment", "deployments");
    let manifest = Manifest::from_object(deployment.clone(), kind, &snapshot.namespace);
    let present = old.into_iter().max_by_key(|set| pods(set))?;
    let creation = roll_out(&manifest, present, (before, remaining), strategy, &mut rules.clone()).ok()?;
    let helps = creation.refusals.is_empty() && creation.pods.admitted == creation.pods.wanted;
    Some(helps.then(|| change_of_strategy(&manifest)).into_iter().collect())
}
