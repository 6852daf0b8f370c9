//! What others hold, given back.

use shared::{admission::simulator::Simulator, output::ShellCommand, workload::owner::Owner};

use super::Feasibility;
use crate::commands::explain::{
    consumers::{QuotaConsumer, holders},
    explanation::Row,
};

/// So many holders are asked to give back.
const HOLDERS: usize = 3;

/// Names on one line.
const NAMES: usize = 20;

/// Commands that free enough, the largest holder first. `own` is left alone.
pub(super) fn fixes(
    rows: &[Row],
    own: &Owner,
    consumers: &[QuotaConsumer],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Vec<String> {
    let first = rows.iter().find_map(|row| Some((row.quota.as_deref()?, row.resource.as_deref()?)));
    let Some((name, resource)) = first else { return Vec::new() };
    let quotas = rules.namespaces.get(namespace).map(|rules| rules.quotas.as_slice()).unwrap_or_default();
    let Some(quota) = quotas.iter().find(|quota| quota.name == name) else { return Vec::new() };
    let mut fixes: Vec<String> = reclaimable(consumers, rules, namespace, simulate).into_iter().collect();
    for holder in
        holders(quota, resource, consumers).into_iter().filter(|holder| holder.owner != *own).take(HOLDERS)
    {
        let Owner { kind, name } = &holder.owner;
        let theirs: Vec<&QuotaConsumer> =
            consumers.iter().filter(|one| one.owner == holder.owner && !one.reclaimable).collect();
        let Some(count) = enough(&theirs, rules, namespace, simulate) else { continue };
        match kind.as_str() {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
                if resource_is_of_pods(&theirs) =>
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

fn resource_is_of_pods(consumers: &[&QuotaConsumer]) -> bool {
    consumers.iter().all(|one| one.object.kind.kind == "Pod")
}

/// The fewest of these objects whose end is enough.
fn enough(
    objects: &[&QuotaConsumer],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<usize> {
    let is_enough = |count: usize| {
        let mut rules = rules.clone();
        if let Some(of_namespace) = rules.namespaces.get_mut(namespace) {
            for one in objects.iter().take(count) {
                shared::admission::release(&one.object, &mut of_namespace.quotas);
            }
        }
        simulate(&rules).complete
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

/// Deletes what nothing would miss.
fn reclaimable(
    consumers: &[QuotaConsumer],
    rules: &Simulator,
    namespace: &str,
    simulate: &dyn Fn(&Simulator) -> Feasibility,
) -> Option<String> {
    let reclaimable: Vec<&QuotaConsumer> = consumers.iter().filter(|one| one.reclaimable).collect();
    let plural = &reclaimable.first()?.object.kind.plural;
    let alike: Vec<&QuotaConsumer> =
        reclaimable.iter().copied().filter(|one| one.object.kind.plural == *plural).collect();
    let count = enough(&alike, rules, namespace, simulate).filter(|count| *count <= NAMES)?;
    let delete = ShellCommand::new(["kubectl", "delete", plural]);
    let delete = alike.iter().take(count).fold(delete, |delete, one| delete.name(&one.object.name));
    Some(delete.flag_with("-n", namespace).to_string())
}
