//! Reads inventories from a cluster, with few requests whatever the number of namespaces.

use serde_json::Value;
use shared::{
    Error, Result,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::kinds::Kinds,
    model::{
        LimitRange, Namespace, Pod, ResourceQuota,
        kind::{Kind, kind_of, workloads},
    },
    snapshot::{ClusterSnapshot, SnapshotRequest, class_needs::decide_about, read_autoscalers},
    workload::{claim_templates, daemon_nodes},
};

use super::{Inventories, Inventory, InventoryBuilder};

/// The namespaces to read.
#[derive(Clone, Debug)]
pub enum NamespaceSelection {
    /// One namespace.
    Namespace(String),
    /// All namespaces, or those that a label selector matches.
    All(Option<String>),
}

/// Returns the kinds that are read besides pods, quotas, LimitRanges and HorizontalPodAutoscalers.
fn kinds() -> impl Iterator<Item = Kind> {
    workloads().chain([kind_of("", "Service", "services"), claim_templates::claim_kind()])
}

/// Reads the inventories of namespaces.
///
/// # Errors
/// A namespace that does not exist, pods, quotas or LimitRanges that cannot be read, and any failure other than a forbidden
/// list.
pub async fn read_cluster(client: &Client, selection: &NamespaceSelection, now: i64) -> Result<Inventories> {
    let mut builder = InventoryBuilder::new(Kinds::default(), now);
    let scope = match selection {
        NamespaceSelection::Namespace(name) => Scope::Namespace(name.clone()),
        NamespaceSelection::All(_) => Scope::All,
    };
    let (namespace, options) = (scope.namespace().unwrap_or_default(), ListOptions::default());
    // What does not depend on one another is asked for at once.
    let counts = async {
        let wanted = namespaces(client, selection).await?;
        let counts = count_plain_objects(client, &wanted).await?;
        Ok::<_, Error>((wanted, counts))
    };
    let mut failure = None;
    let pods = client.list::<Pod>(&scope, &options, |page| match page {
        Page::Items(pods) => {
            let taken = pods.iter().try_for_each(|pod| builder.add_pod(pod));
            failure = failure.take().or(taken.err());
        }
        Page::Restart => builder.clear_pods(),
    });
    let lists = client.bounded(kinds(), |kind| async {
        let found = dynamic_list::objects(client, &kind, namespace, &ListOptions::default()).await;
        (kind, found)
    });
    let request = SnapshotRequest { classes: true, now, ..SnapshotRequest::default() };
    let (counts, pods, quotas, ranges, lists, autoscalers, snapshot) = futures::join!(
        counts,
        pods,
        client.list_all::<ResourceQuota>(&scope, &options),
        client.list_all::<LimitRange>(&scope, &options),
        lists,
        read_autoscalers(client, namespace),
        ClusterSnapshot::read(client, &request)
    );
    let (wanted, (counts, uncounted)) = counts?;
    pods?;
    if let Some(error) = failure {
        return Err(error);
    }
    for name in &wanted {
        builder.namespace_mut(name);
    }
    for (namespace, plural, count) in counts {
        builder.namespace_mut(&namespace).counted.insert(plural.to_owned(), count);
    }
    quotas?.into_iter().try_for_each(|quota| builder.add_quota(quota))?;
    ranges?.iter().try_for_each(|range| builder.add_limit_range(range))?;
    let mut skipped = Vec::new();
    for (kind, found) in lists {
        let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), namespace)?;
        let mut found = found.unwrap_or_default();
        if kind.is("apps", "DaemonSet") {
            ask_nodes(client, &mut found, &mut skipped).await?;
        }
        found.into_iter().try_for_each(|object| builder.add_object(object))?;
    }
    let (autoscalers, of_autoscalers) = autoscalers?;
    autoscalers.into_iter().flatten().try_for_each(|object| builder.add_object(object))?;
    skipped.extend(of_autoscalers);
    let ClusterSnapshot { cluster_facts, skipped: of_classes, .. } = snapshot?;
    let mut all = builder.finish(cluster_facts, skipped);
    all.uncounted = uncounted;
    let limited = |one: &Skipped, inventory: &Inventory| {
        let count = format!("count/{}", one.resource);
        let mut names = inventory.rules.quotas.iter().flat_map(|quota| quota.spec_hard.keys());
        inventory.namespace == one.namespace && names.any(|name| *name == one.resource || *name == count)
    };
    let is_limited = |one: &&Skipped| all.namespaces.iter().any(|inventory| limited(one, inventory));
    let limited: Vec<Skipped> = all.uncounted.iter().filter(is_limited).cloned().collect();
    all.skipped.extend(limited);
    all.namespaces.retain(|inventory| wanted.contains(&inventory.namespace));
    // Most workloads name no class, and most quotas don't tell classes apart.
    let decides = |one: &Skipped, inventory: &Inventory| {
        let workloads = inventory.workloads.iter().map(|workload| &workload.value);
        decide_about(&one.resource, workloads, &inventory.rules.quotas)
    };
    let of_classes = of_classes.into_iter();
    let deciding = of_classes.filter(|one| all.namespaces.iter().any(|inventory| decides(one, inventory)));
    let deciding: Vec<Skipped> = deciding.collect();
    all.skipped.extend(deciding);
    Ok(all)
}

/// Asks the nodes how many pods DaemonSets want whose status does not tell.
async fn ask_nodes(client: &Client, sets: &mut [Value], skipped: &mut Vec<Skipped>) -> Result<()> {
    let mut untold: Vec<_> = sets.iter_mut().filter(|set| daemon_nodes::tell_alone(set)).collect();
    if untold.is_empty() {
        return Ok(());
    }
    let mut part = ClusterSnapshot::default();
    part.read_nodes(client).await?;
    skipped.extend(part.skipped);
    if let Some(nodes) = part.nodes {
        untold.iter_mut().for_each(|set| daemon_nodes::write_wanted(set, &nodes));
    }
    Ok(())
}

/// Returns the names of the selected namespaces. A single one that may not be read is taken to exist.
async fn namespaces(client: &Client, selection: &NamespaceSelection) -> Result<Vec<String>> {
    match selection {
        NamespaceSelection::Namespace(name) => match client.get::<Namespace>("", name).await {
            Err(error) if error.is_api(404) => Err(error),
            _ => Ok(vec![name.clone()]),
        },
        NamespaceSelection::All(selector) => {
            let options = ListOptions { label_selector: selector.clone(), field_selector: None };
            let all = client.list_all::<Namespace>(&Scope::All, &options).await?;
            Ok(all.into_iter().map(|namespace| namespace.metadata.name).collect())
        }
    }
}

/// Counts objects that may be secret or large by the metadata of one object and the number of remaining ones. Where listing
/// them is forbidden, no limit is recommended for them, and that is said to who wants one.
async fn count_plain_objects(
    client: &Client,
    namespaces: &[String],
) -> Result<(Vec<(String, &'static str, usize)>, Vec<Skipped>)> {
    let wanted = namespaces.iter().flat_map(|namespace| [(namespace, "configmaps"), (namespace, "secrets")]);
    let found = client.bounded(wanted.collect::<Vec<_>>(), |(namespace, plural)| async move {
        (namespace, plural, dynamic_list::count(client, &Kind::from_resource(plural), namespace).await)
    });
    let (mut counts, mut skipped) = (Vec::new(), Vec::new());
    for (namespace, plural, count) in found.await {
        let Some(count) = unless_forbidden(count, &mut skipped, "list", plural, namespace)? else {
            continue;
        };
        counts.push((namespace.clone(), plural, usize::try_from(count).unwrap_or(usize::MAX)));
    }
    Ok((counts, skipped))
}
