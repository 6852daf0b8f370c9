//! Reads a snapshot from a cluster: only what was asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    ClusterSnapshot, Namespaces, SnapshotRequest, class_objects, count_objects::object_counts, pending_quotas,
};
use crate::{
    Result,
    admission::{limit_range::LimitRangeFacts, quota_facts::QuotaFacts, version::Minor},
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, allowed},
    },
    manifest::{Key, Manifest, kinds::Kinds},
    model::{
        DumpObject, LimitRange, Resource, ResourceQuota,
        kind::{Kind, guessed_plural, kind_of},
        misfit_of_path,
    },
    workload::{claim_templates, number},
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

impl ClusterSnapshot {
    /// Reads what the request names.
    ///
    /// # Errors
    /// Errors other than a refusal: what may not be read is noted in `skipped` and makes the answer incomplete. With
    /// [`Namespaces::All`] quotas that may not be listed are an error.
    pub async fn read(client: &Client, request: &SnapshotRequest<'_>) -> Result<Self> {
        let mut snapshot = Self { now: request.now, ..Self::default() };
        match &request.namespaces {
            Namespaces::Named(names) => read_rules(client, names, &mut snapshot).await?,
            Namespaces::All => read_all_rules(client, &mut snapshot).await?,
        }
        let manifests = request.manifests;
        read_existing(client, manifests, &mut snapshot).await?;
        let pods =
            manifests.iter().flat_map(|manifest| pods_of_incomplete_set(manifest, &snapshot)).collect();
        read_named(client, pods, &mut snapshot).await?;
        if request.classes {
            snapshot.read_classes(client).await?;
        }
        if request.nodes {
            snapshot.read_nodes(client).await?;
        }
        let quotas: Vec<_> =
            pending_quotas::among(manifests, |manifest| snapshot.existing.get(&manifest.key()?)).collect();
        snapshot.object_counts = object_counts(client, &quotas, request.now, &mut snapshot.skipped).await?;
        Ok(snapshot)
    }

    /// Reads the classes, as [`SnapshotRequest::classes`] does.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_classes(&mut self, client: &Client) -> Result<()> {
        let skipped = &mut self.skipped;
        let found = cluster_wide(client, ("scheduling.k8s.io", "PriorityClass"), skipped).await?;
        self.classes.priority = found.as_ref().map(class_objects::priority);
        let found = cluster_wide(client, ("node.k8s.io", "RuntimeClass"), skipped).await?;
        self.classes.runtime = found.as_ref().map(class_objects::runtime).transpose()?;
        let found = cluster_wide(client, ("storage.k8s.io", "StorageClass"), skipped).await?;
        self.classes.storage = found.as_ref().map(class_objects::storage);
        Ok(())
    }

    /// Reads the nodes, as [`SnapshotRequest::nodes`] does.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_nodes(&mut self, client: &Client) -> Result<()> {
        self.nodes = cluster_wide(client, ("", "Node"), &mut self.skipped).await?;
        Ok(())
    }

    /// Reads the claims that these pods of StatefulSets would use, as far as they exist.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_claims<'a>(
        &mut self,
        client: &Client,
        pods: impl IntoIterator<Item = (&'a Manifest, usize)>,
    ) -> Result<()> {
        let kind = claim_templates::claim_kind();
        let claims = pods.into_iter().flat_map(|(set, ordinal)| {
            let names = claim_templates::of_pod(&set.value, &set.name, ordinal);
            names.into_iter().map(|(name, _)| (Key::new(&kind, &set.namespace, &name), kind.clone()))
        });
        let claims = claims.collect();
        read_named(client, claims, self).await
    }
}

/// Reads the quotas and LimitRanges of namespaces.
async fn read_rules(
    client: &Client,
    namespaces: &BTreeSet<String>,
    snapshot: &mut ClusterSnapshot,
) -> Result<()> {
    let read = client.bounded(namespaces, |namespace| {
        let scope = Scope::Namespace(namespace.clone());
        async move {
            let options = ListOptions::default();
            let quotas = client.list_all::<ResourceQuota>(&scope, &options).await;
            (namespace, quotas, client.list_all::<LimitRange>(&scope, &options).await)
        }
    });
    for (namespace, quotas, ranges) in read.await {
        let quotas = allowed(quotas, &mut snapshot.skipped, "list", ResourceQuota::PLURAL, namespace)?;
        let ranges = allowed(ranges, &mut snapshot.skipped, "list", LimitRange::PLURAL, namespace)?;
        if quotas.is_none() {
            snapshot.without_quotas.insert(namespace.to_owned());
        }
        if ranges.is_none() {
            snapshot.without_limit_ranges.insert(namespace.to_owned());
        }
        let facts = snapshot.namespaces.entry(namespace.to_owned()).or_default();
        facts.quotas = quotas.into_iter().flatten().map(QuotaFacts::of).collect::<Result<_>>()?;
        let ranges = ranges.into_iter().flatten();
        facts.limit_ranges = ranges.map(|range| LimitRangeFacts::of(&range)).collect::<Result<_>>()?;
    }
    Ok(())
}

/// Reads the quotas and LimitRanges of all namespaces.
async fn read_all_rules(client: &Client, snapshot: &mut ClusterSnapshot) -> Result<()> {
    let options = ListOptions::default();
    for quota in client.list_all::<ResourceQuota>(&Scope::All, &options).await? {
        let quota = QuotaFacts::of(quota)?;
        snapshot.namespaces.entry(quota.namespace.clone()).or_default().quotas.push(quota);
    }
    let ranges = client.list_all::<LimitRange>(&Scope::All, &options).await;
    for range in allowed(ranges, &mut snapshot.skipped, "list", LimitRange::PLURAL, "")?.into_iter().flatten()
    {
        let range = LimitRangeFacts::of(&range)?;
        snapshot.namespaces.entry(range.namespace.clone()).or_default().limit_ranges.push(range);
    }
    Ok(())
}

/// Reads the objects that the manifests name, and the claims that their StatefulSets would use.
async fn read_existing(
    client: &Client,
    manifests: &[Manifest],
    snapshot: &mut ClusterSnapshot,
) -> Result<()> {
    // No object can have a name that does not fit into a path.
    let fits = |key: &Key| misfit_of_path(&key.name).is_none() && misfit_of_path(&key.namespace).is_none();
    let named = manifests
        .iter()
        .filter(|manifest| manifest.kind.namespaced)
        .filter_map(|manifest| Some((manifest.key()?, manifest.kind.clone())));
    let claims = manifests.iter().flat_map(claim_templates::of_manifest);
    read_named(client, named.chain(claims).filter(|(key, _)| fits(key)).collect(), snapshot).await
}

/// Reads the objects of these names, as far as they exist.
async fn read_named(
    client: &Client,
    wanted: BTreeMap<Key, Kind>,
    snapshot: &mut ClusterSnapshot,
) -> Result<()> {
    let read = client.bounded(wanted, |(key, kind)| async move {
        let path = kind.object_path(&key.namespace, &key.name);
        let read = client.get_json::<Value>(&path).await;
        (key, kind, read)
    });
    for (key, kind, read) in read.await {
        match read {
            Err(error) if error.is_api(404) => {}
            outcome => {
                let object =
                    allowed(outcome, &mut snapshot.skipped, "get", &kind.resource(), &key.namespace)?;
                if let Some(object) = object {
                    snapshot.existing.insert(key, object);
                }
            }
        }
    }
    // One refusal a kind and namespace says it all.
    snapshot.skipped.dedup_by(|next, one| {
        (&next.verb, &next.resource, &next.namespace) == (&one.verb, &one.resource, &one.namespace)
    });
    Ok(())
}

/// All objects of a kind without namespaces.
async fn cluster_wide(
    client: &Client,
    (group, kind): (&str, &str),
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Vec<Value>>> {
    let kind = Kind { namespaced: false, ..kind_of(group, kind, &guessed_plural(kind)) };
    let found = dynamic_list::objects(client, &kind, "", &ListOptions::default()).await;
    allowed(found, skipped, "list", &kind.plural, "")
}

/// The pods of a StatefulSet that lacks some: which of them are there, its status does not tell.
fn pods_of_incomplete_set(manifest: &Manifest, snapshot: &ClusterSnapshot) -> Vec<(Key, Kind)> {
    let Some(set) = snapshot.after_apply(manifest).filter(|set| set.kind.is("apps", "StatefulSet")) else {
        return Vec::new();
    };
    let present = number(&set.value["status"]["replicas"], 0);
    if present == 0 || present >= claim_templates::ordinals(&set.value).len() {
        return Vec::new();
    }
    let pod = kind_of("", "Pod", "pods");
    claim_templates::ordinals(&set.value)
        .map(|ordinal| (claim_templates::pod_key(&set, ordinal), pod.clone()))
        .collect()
}
