//! Frees what other workloads use.

use shared::{admission::simulator::Simulator, output::ShellCommand, workload::owner::Owner};

use crate::{
    commands::explain::{
        consumers::{QuotaConsumer, holders},
        explanation::Row,
        namespace_snapshot::NamespaceSnapshot,
    },
    remedy::Feasibility,
};

/// The number of consumers that a command is proposed for.
const MAX_CONSUMERS: usize = 3;

/// The number of names in one command.
const MAX_NAMES: usize = 20;

/// Returns commands that free enough, the largest consumer first. The `subjects` themselves keep what runs; others keep at
/// least one pod, and no command is one that an autoscaler or an operator undoes.
pub(super) fn fixes(
    rows: &[Row],
    subjects: &[Owner],
    consumers: &[QuotaConsumer],
    (rules, snapshot): (&Simulator, &NamespaceSnapshot),
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let namespace = &snapshot.namespace;
    let first = rows.iter().find_map(|row| Some((row.quota.as_deref()?, row.resource.as_deref()?)));
    let Some((name, resource)) = first else { return Vec::new() };
    let quotas =
        rules.namespaces.get(namespace.as_str()).map(|rules| rules.quotas.as_slice()).unwrap_or_default();
    let Some(quota) = quotas.iter().find(|quota| quota.name == name) else { return Vec::new() };
    let mut fixes: Vec<String> =
        reclaimable(subjects, consumers, rules, namespace, feasibility).into_iter().collect();
    for holder in holders(quota, resource, consumers)
        .into_iter()
        .filter(|holder| !holder.finished && !subjects.contains(&holder.owner))
        .take(MAX_CONSUMERS)
    {
        let Owner { kind, name } = &holder.owner;
        let theirs: Vec<&QuotaConsumer> =
            consumers.iter().filter(|one| one.owner == holder.owner && !one.reclaimable).collect();
        let Some(count) = fewest(&theirs, rules, namespace, feasibility) else { continue };
        match kind.as_str() {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
                if theirs.iter().all(|one| one.object.kind.kind == "Pod" && one.scalable)
                    && count < theirs.len()
                    && snapshot.autoscalers.is_some()
                    && snapshot.autoscaler_of(&holder.owner).is_none() =>
            {
                let left = theirs.len() - count;
                let scale =
                    ShellCommand::new(["kubectl".to_owned(), "scale".to_owned(), kind.to_lowercase()]);
                let scale = scale.name(name).flag_with("-n", namespace).flag(format!("--replicas={left}"));
                fixes.push(scale.to_string());
            }
            "Pod" => {
                let delete = ShellCommand::new(["kubectl", "delete", "pod"]).name(name);
                fixes.push(delete.flag_with("-n", namespace).to_string());
            }
            _ => {}
        }
    }
    fixes
}

/// Returns the smallest number of these objects whose deletion is enough.
fn fewest(
    objects: &[&QuotaConsumer],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<usize> {
    let is_enough = |count: usize| {
        let mut rules = rules.clone();
        if let Some(rules_of_namespace) = rules.namespaces.get_mut(namespace) {
            for one in objects.iter().take(count) {
                shared::admission::release_all(&one.object, 1, &mut rules_of_namespace.quotas);
            }
        }
        feasibility(&rules).complete
    };
    if objects.is_empty() || !is_enough(objects.len()) {
        return None;
    }
    let (mut too_few, mut enough) = (0, objects.len());
    while enough - too_few > 1 {
        let middle = (too_few + enough) / 2;
        if is_enough(middle) { enough = middle } else { too_few = middle }
    }
    Some(enough)
}

/// Returns the command that deletes enough reclaimable objects of one kind, those of the subjects first.
fn reclaimable(
    subjects: &[Owner],
    consumers: &[QuotaConsumer],
    rules: &Simulator,
    namespace: &str,
    feasibility: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let mut reclaimable: Vec<&QuotaConsumer> = consumers.iter().filter(|one| one.reclaimable).collect();
    reclaimable.sort_by_key(|one| !subjects.contains(&one.owner));
    let plural = &reclaimable.first()?.object.kind.plural;
    let alike: Vec<&QuotaConsumer> =
        reclaimable.iter().copied().filter(|one| one.object.kind.plural == *plural).collect();
    let count = fewest(&alike, rules, namespace, feasibility).filter(|count| *count <= MAX_NAMES)?;
    let delete = ShellCommand::new(["kubectl", "delete", plural]);
    let delete = alike.iter().take(count).fold(delete, |delete, one| delete.name(&one.object.name));
    Some(delete.flag_with("-n", namespace).to_string())
}
