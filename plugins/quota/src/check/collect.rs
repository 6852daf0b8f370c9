//! The cluster's side out of a cluster: only what these manifests depend on is read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, Scope},
    model::{DumpObject, LimitRange, Resource, ResourceQuota, misfit_of_path},
};

use super::{
    announce,
    cluster_side::{ClusterSide, classes},
    kinds::Kinds,
    manifest::{Key, Manifest},
    version::Minor,
    workload::{claims, makes_daemons},
};
use crate::{
    facts::{Kind, guessed_plural, kind_of},
    inventory::censuses,
    limit_range::LimitRangeFacts,
    listing,
    quota_facts::QuotaFacts,
    skipped::{Skipped, allowed},
};

/// Asks the server about kinds that are not built in. What it does not know is left to guessing.
///
/// # Errors
/// Trouble on the way to the server.
pub async fn learn_kinds(client: &Client, objects: &[DumpObject], kinds: &mut Kinds) -> Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let unknown: BTreeSet<_> = objects
        .iter()
        .map(|one| (text(&one.object["apiVersion"]), text(&one.object["kind"])))
        .filter(|(version, kind)| version.contains('/') && kinds.find(version, kind).is_none())
        .map(|(version, _)| version)
        .collect();
    for api_version in unknown {
        match client.get_json::<Value>(&format!("/apis/{api_version}")).await {
            Ok(list) => {
                let (group, version) = api_version.rsplit_once('/').unwrap_or_default();
                kinds.learn_discovery(group, version, &list);
            }
            Err(error) if error.is_api(404) || error.is_api(403) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The server's version; every user may ask for it, and a server that won't tell is taken for the newest.
///
/// # Errors
/// Trouble on the way to the server.
pub async fn version(client: &Client) -> Result<Minor> {
    match client.get_json::<Value>("/version").await {
        Ok(version) => Ok(Minor::of_server(&version).unwrap_or_default()),
        Err(error) if error.api_status().is_some() => Ok(Minor::default()),
        Err(error) => Err(error),
    }
}

/// Reads the cluster's side.
///
/// # Errors
/// Trouble other than a refusal: what may not be read makes the answer incomplete.
pub async fn cluster_side(client: &Client, manifests: &[Manifest], now: i64) -> Result<ClusterSide> {
    let mut side = ClusterSide { now, ..ClusterSide::default() };
    let namespaces = manifests.iter().map(|manifest| manifest.namespace.as_str());
    read_rules(client, namespaces.filter(|name| !name.is_empty()), &mut side).await?;
    read_existing(client, manifests, &mut side).await?;
    let pods = manifests.iter().flat_map(|manifest| claims::pods_to_look_for(manifest, &side)).collect();
    read_named(client, pods, &mut side).await?;
    read_classes(client, manifests.iter().any(makes_daemons), &mut side).await?;
    let quotas: Vec<_> = announce::among(manifests, |manifest| side.existing.get(&manifest.key()?)).collect();
    side.censuses = censuses(client, &quotas, now, &mut side.skipped).await?;
    Ok(side)
}

/// Reads the quotas and LimitRanges of namespaces.
///
/// # Errors
/// As [`cluster_side`].
pub async fn read_rules<'a>(
    client: &Client,
    namespaces: impl IntoIterator<Item = &'a str>,
    side: &mut ClusterSide,
) -> Result<()> {
    let namespaces: BTreeSet<_> = namespaces.into_iter().collect();
    let read = client.bounded(&namespaces, |namespace| {
        let scope = Scope::Namespace((*namespace).to_owned());
        async move {
            let options = ListOptions::default();
            let quotas = client.list_all::<ResourceQuota>(&scope, &options).await;
            (*namespace, quotas, client.list_all::<LimitRange>(&scope, &options).await)
        }
    });
    for (namespace, quotas, ranges) in read.await {
        let quotas = allowed(quotas, &mut side.skipped, "list", ResourceQuota::PLURAL, namespace)?;
        let ranges = allowed(ranges, &mut side.skipped, "list", LimitRange::PLURAL, namespace)?;
        if quotas.is_none() {
            side.without_quotas.insert(namespace.to_owned());
        }
        if ranges.is_none() {
            side.without_limit_ranges.insert(namespace.to_owned());
        }
        let facts = side.namespaces.entry(namespace.to_owned()).or_default();
        facts.quotas = quotas.into_iter().flatten().map(QuotaFacts::of).collect::<Result<_>>()?;
        let ranges = ranges.into_iter().flatten();
        facts.limit_ranges = ranges.map(|range| LimitRangeFacts::of(&range)).collect::<Result<_>>()?;
    }
    Ok(())
}

/// Reads the quotas and LimitRanges of all namespaces.
///
/// # Errors
/// As [`cluster_side`], and quotas that may not be read.
pub async fn read_all_rules(client: &Client, side: &mut ClusterSide) -> Result<()> {
    let options = ListOptions::default();
    for quota in client.list_all::<ResourceQuota>(&Scope::All, &options).await? {
        let quota = QuotaFacts::of(quota)?;
        side.namespaces.entry(quota.namespace.clone()).or_default().quotas.push(quota);
    }
    let ranges = client.list_all::<LimitRange>(&Scope::All, &options).await;
    for range in allowed(ranges, &mut side.skipped, "list", LimitRange::PLURAL, "")?.into_iter().flatten() {
        let range = LimitRangeFacts::of(&range)?;
        side.namespaces.entry(range.namespace.clone()).or_default().limit_ranges.push(range);
    }
    Ok(())
}

/// Reads the objects that the manifests name, and the claims that their StatefulSets would use.
async fn read_existing(client: &Client, manifests: &[Manifest], side: &mut ClusterSide) -> Result<()> {
    // No object can have a name that does not fit into a path.
    let fits = |key: &Key| misfit_of_path(&key.name).is_none() && misfit_of_path(&key.namespace).is_none();
    let named = manifests
        .iter()
        .filter(|manifest| manifest.kind.namespaced)
        .filter_map(|manifest| Some((manifest.key()?, manifest.kind.clone())));
    let claims = manifests.iter().flat_map(claims::of_manifest);
    read_named(client, named.chain(claims).filter(|(key, _)| fits(key)).collect(), side).await
}

/// Reads the objects of these names, as far as they exist.
async fn read_named(client: &Client, wanted: BTreeMap<Key, Kind>, side: &mut ClusterSide) -> Result<()> {
    let read = client.bounded(wanted, |(key, kind)| async move {
        let path = kind.object_path(&key.namespace, &key.name);
        let read = client.get_json::<Value>(&path).await;
        (key, kind, read)
    });
    for (key, kind, read) in read.await {
        match read {
            Err(error) if error.is_api(404) => {}
            outcome => {
                let object = allowed(outcome, &mut side.skipped, "get", &kind.resource(), &key.namespace)?;
                if let Some(object) = object {
                    side.existing.insert(key, object);
                }
            }
        }
    }
    // One refusal a kind and namespace says it all.
    side.skipped.dedup_by(|next, one| {
        (&next.verb, &next.resource, &next.namespace) == (&one.verb, &one.resource, &one.namespace)
    });
    Ok(())
}

/// Reads the classes, and the nodes where there are daemons to be placed.
///
/// # Errors
/// As [`cluster_side`].
pub async fn read_classes(client: &Client, daemons: bool, side: &mut ClusterSide) -> Result<()> {
    let skipped = &mut side.skipped;
    let found = cluster_wide(client, ("scheduling.k8s.io", "PriorityClass"), skipped).await?;
    side.classes.priority = found.as_ref().map(classes::priority);
    let found = cluster_wide(client, ("node.k8s.io", "RuntimeClass"), skipped).await?;
    side.classes.runtime = found.as_ref().map(classes::runtime).transpose()?;
    let found = cluster_wide(client, ("storage.k8s.io", "StorageClass"), skipped).await?;
    side.classes.storage = found.as_ref().map(classes::storage);
    if daemons {
        side.nodes = cluster_wide(client, ("", "Node"), skipped).await?;
    }
    Ok(())
}

/// All objects of a kind without namespaces.
async fn cluster_wide(
    client: &Client,
    (group, kind): (&str, &str),
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Vec<Value>>> {
    let kind = Kind { namespaced: false, ..kind_of(group, kind, &guessed_plural(kind)) };
    let found = listing::objects(client, &kind, "", &ListOptions::default()).await;
    allowed(found, skipped, "list", &kind.plural, "")
}
