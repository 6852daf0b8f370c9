//! Scales the workload down, or makes its rollout start with old pods.

use serde_json::{Value, json};
use shared::{
    admission::simulator::Simulator,
    manifest::{Manifest, json::number},
    model::kind::kind_of,
    output::ShellCommand,
    workload::{PodsToCreate, Strategy, claim_templates, is_of_template, roll_out},
};

use crate::{
    capacity::change_of_strategy,
    commands::explain::{
        missing_pods::{MissingObjects, MissingPods, active_pods},
        namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
        simulate::{is_complete, simulate},
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
    let reachable = match subject_kind {
        // The rollout goes on with the others.
        "StatefulSet" if simulated.rest.is_some() => 0,
        "StatefulSet" => reachable_replicas(simulated, snapshot, rules),
        _ => missing.present + result.admitted,
    };
    if reachable == 0 {
        return Vec::new();
    }
    let namespace = &snapshot.namespace;
    if let Some(autoscaler) = snapshot.autoscaler_of(&simulated.owner()) {
        return vec![limit_autoscaler(autoscaler, reachable, namespace)];
    }
    match subject_kind {
        // An autoscaler that cannot be seen would undo it.
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
            if snapshot.autoscalers.is_some() =>
        {
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

/// Returns the command that keeps an autoscaler at as many replicas as are admitted.
fn limit_autoscaler(autoscaler: &Value, reachable: usize, namespace: &str) -> String {
    let mut spec = json!({"maxReplicas": reachable});
    if number(&autoscaler["spec"]["minReplicas"], 1) > reachable {
        spec["minReplicas"] = json!(reachable);
    }
    ShellCommand::new(["kubectl", "patch", "horizontalpodautoscaler"])
        .name(metadata_text(autoscaler, "name"))
        .flag_with("-n", namespace)
        .flag_with("--type", "merge")
        .flag_with("-p", json!({"spec": spec}).to_string())
        .to_string()
}

/// Returns the most replicas with which a StatefulSet lacks nothing and loses no pod; 0 where there are none. A pod of a
/// higher ordinal than a missing one goes on running, and its claims stay charged.
fn reachable_replicas(
    simulated: &SimulatedWorkload,
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> usize {
    let [missing] = simulated.missing_pods.as_slice() else { return 0 };
    let MissingObjects::Pods(set, PodsToCreate::Ordinals(ordinals)) = &missing.objects else { return 0 };
    let all = claim_templates::ordinals(simulated.subject);
    let admits = |replicas: usize| {
        let end = all.start + replicas;
        let wanted = ordinals.iter().map(|range| range.start..range.end.min(end));
        let wanted = wanted.filter(|range| !range.is_empty()).collect();
        let objects = MissingObjects::Pods(set.clone(), PodsToCreate::Ordinals(wanted));
        let fewer = [MissingPods { objects, ..missing.clone() }];
        is_complete(&simulate(&fewer, &snapshot.cluster, &mut rules.clone()))
    };
    let mut end = all.end;
    while let Some(range) = ordinals.iter().find(|range| range.contains(&end.wrapping_sub(1))) {
        end = range.start;
    }
    let least = end.saturating_sub(all.start);
    let (mut enough, mut too_many) = (least, all.len());
    if !admits(enough) {
        return 0;
    }
    while too_many - enough > 1 {
        let middle = enough + (too_many - enough) / 2;
        if admits(middle) { enough = middle } else { too_many = middle }
    }
    enough
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
    let pods = |set: &Value| active_pods(set, snapshot, &set["status"]["replicas"]);
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
    let creation = roll_out(
        &manifest,
        present,
        (before, remaining),
        strategy,
        snapshot.cluster.objects(),
        &mut rules.clone(),
    )
    .ok()?;
    let helps = creation.refusals.is_empty() && creation.pods.admitted == creation.pods.wanted;
    Some(helps.then(|| change_of_strategy(&manifest)).into_iter().collect())
}
