//! The workload made smaller, or rolled out with more care.

use shared::{
    admission::simulator::Simulator,
    manifest::Manifest,
    model::kind::kind_of,
    output::ShellCommand,
    workload::{Strategy, is_of_template, roll},
};

use crate::{
    capacity::change_of_strategy,
    commands::explain::{
        decide::SimulatedWorkload,
        missing_pods::count,
        namespace_snapshot::{NamespaceSnapshot, kind, metadata_text, number},
    },
};

/// Commands for the workload itself.
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
    if let Some(careful) = careful(simulated, snapshot, rules) {
        return careful;
    }
    let subject = simulated.subject;
    let (of_kind, name) = (kind(subject), metadata_text(subject, "name"));
    let reachable = missing.present + result.admitted;
    if reachable == 0 {
        return Vec::new();
    }
    let namespace = &snapshot.namespace;
    match of_kind {
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
            let scale = ShellCommand::new(["kubectl".to_owned(), "scale".to_owned(), of_kind.to_lowercase()]);
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

/// In the middle of a rollout: whether one that takes old pods away first would get through. `None` where there is
/// no rollout, which leaves other ways; nothing where it would not help.
fn careful(
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
    let pods = |set: &serde_json::Value| count(set, snapshot, &set["status"]["replicas"]);
    let before: usize = old.iter().map(|set| pods(set)).sum();
    if before == 0 {
        return None;
    }
    let wanted = number(&deployment["spec"]["replicas"], 1);
    let new = snapshot.controlled_by(deployment, "ReplicaSet").find(|set| is_of_template(set, deployment));
    let left = wanted.saturating_sub(new.map_or(0, pods));
    let strategy = Strategy::Rolling { surge: 0, unavailable: 1 };
    if Strategy::of_deployment(deployment, wanted) == strategy {
        return Some(Vec::new());
    }
    let kind = kind_of("apps", "Deployment", "deployments");
    let manifest = Manifest::of(deployment.clone(), kind, &snapshot.namespace);
    let present = old.into_iter().max_by_key(|set| pods(set))?;
    let made = roll(&manifest, present, (before, left), strategy, &mut rules.clone()).ok()?;
    let helps = made.refusals.is_empty() && made.pods.admitted == made.pods.wanted;
    Some(helps.then(|| change_of_strategy(&manifest)).into_iter().collect())
}
