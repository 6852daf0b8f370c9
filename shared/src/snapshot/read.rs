//! Reads a snapshot from a cluster: what a request names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    ClusterSnapshot, NamespaceState, Namespaces, SnapshotRequest, children, class_objects, orphans,
    service_accounts::{account_kind, accounts_of},
};
use crate::{
    Error, Result,
    admission::{ClusterFacts, version::Version},
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::{
        Key, Manifest,
        json::{self, number},
    },
    model::{
        LimitRange, Resource, ResourceQuota,
        kind::{Kind, guessed_plural, kind_of},
        misfit_of_path,
    },
    workload::{claim_templates, pod_claims::device_claim_templates, template},
};

/// Asks for the server's version, which every user may read; a server that refuses is taken for the newest.
///
/// # Errors
/// Errors on the way to the server.
pub async fn version(client: &Client) -> Result<Version> {
    match client.get_json::<Value>("/version").await {
        Ok(version) => Ok(Version::from_server(&version).unwrap_or_default()),
        Err(error) if error.api_status().is_some() => Ok(Version::default()),
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
        let manifests = request.manifests;
        let part = || Self { now: request.now, ..Self::default() };
        // What does not depend on one another is asked for at once.
        let (server, rules, existing, nodes, autoscalers) = futures::join!(
            async {
                match request.version {
                    Some(version) => Ok(version),
                    None => version(client).await,
                }
            },
            async {
                let mut part = part();
                match &request.namespaces {
                    Namespaces::Named(names) => read_rules(client, names, &mut part).await?,
                    Namespaces::All => read_all_rules(client, &mut part).await?,
                }
                Ok::<_, Error>(part)
            },
            async {
                let mut part = part();
                read_existing(client, manifests, &mut part).await?;
                Ok::<_, Error>(part)
            },
            async {
                let mut part = part();
                if request.nodes {
                    part.read_nodes(client).await?;
                }
                Ok::<_, Error>(part)
            },
            async {
                let mut part = part();
                if request.autoscalers {
                    part.read_autoscalers_of(client, manifests).await?;
                }
                Ok::<_, Error>(part)
            }
        );
        let mut snapshot = rules?;
        let server = server?;
        snapshot.cluster_facts.version = server;
        // Times of objects are by its clock.
        snapshot.now = client.server_time();
        let (existing, nodes, autoscalers) = (existing?, nodes?, autoscalers?);
        snapshot.existing = existing.existing;
        snapshot.existing.extend(autoscalers.existing);
        snapshot.skipped.extend(existing.skipped.into_iter().chain(autoscalers.skipped));
        snapshot.nodes = nodes.nodes;
        snapshot.note_missing_accounts(manifests);
        let quotas = snapshot.pending_quotas(manifests);
        let (pods, children, orphans, classes, counts) = futures::join!(
            read_pods_of_incomplete_sets(client, manifests, &snapshot),
            children::read_deciding(client, request, &snapshot, &quotas),
            orphans::read(client, request, &snapshot),
            snapshot.requested_classes(client, request),
            snapshot.counts_of(client, &quotas)
        );
        let (pods, children, orphans) = (pods?, children?, orphans?);
        let ((classes, of_classes), (counts, of_counts)) = (classes?, counts?);
        snapshot.existing.extend(pods.existing.into_iter().chain(children.existing).chain(orphans.existing));
        snapshot.without_orphans = orphans.without_orphans;
        snapshot.without_children = children.without_children;
        snapshot.cluster_facts = ClusterFacts { version: server, ..classes };
        snapshot.object_counts = counts;
        for skipped in [pods.skipped, children.skipped, of_classes, nodes.skipped, of_counts] {
            snapshot.skipped.extend(skipped);
        }
        Ok(snapshot)
    }

    async fn requested_classes(
        &self,
        client: &Client,
        request: &SnapshotRequest<'_>,
    ) -> Result<(ClusterFacts, Vec<Skipped>)> {
        if !request.classes {
            return Ok(Default::default());
        }
        if request.manifests.is_empty() {
            return all_classes(client).await;
        }
        // An update is merged with the object, which may name other classes.
        let objects = request.manifests.iter().map(|manifest| &manifest.value).chain(self.existing.values());
        self.classes_of(client, objects).await
    }

    /// Reads all classes.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_classes(&mut self, client: &Client) -> Result<()> {
        let (classes, skipped) = all_classes(client).await?;
        self.cluster_facts = ClusterFacts { version: self.version(), ..classes };
        self.skipped.extend(skipped);
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

    /// Reads all objects of a kind in a namespace; in all namespaces where it is empty.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_all(&mut self, client: &Client, kind: &Kind, namespace: &str) -> Result<()> {
        let found = dynamic_list::objects(client, kind, namespace, &ListOptions::default()).await;
        let found = unless_forbidden(found, &mut self.skipped, "list", &kind.resource(), namespace)?;
        self.add_existing(kind, found.into_iter().flatten());
        Ok(())
    }

    /// Reads the pods of StatefulSets that lack some, of all of these objects in a namespace.
    ///
    /// # Errors
    /// As [`ClusterSnapshot::read`].
    pub async fn read_pods_of_sets(&mut self, client: &Client, sets: &[Value], scope: &str) -> Result<()> {
        match sets.iter().any(|set| has_mixed_pods(json::text(&set["kind"]), set)) {
            true => self.read_all(client, &kind_of("", "Pod", "pods"), scope).await,
            false => Ok(()),
        }
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
            let names = claim_templates::claims_of_pod(&set.value, &set.name, ordinal);
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
            let (quotas, ranges, state) = futures::join!(
                client.list_all::<ResourceQuota>(&scope, &options),
                client.list_all::<LimitRange>(&scope, &options),
                NamespaceState::read(client, namespace)
            );
            (namespace, quotas, ranges, state)
        }
    });
    for (namespace, quotas, ranges, state) in read.await {
        snapshot.add_namespace(namespace, state?);
        let quotas =
            unless_forbidden(quotas, &mut snapshot.skipped, "list", ResourceQuota::PLURAL, namespace)?;
        let ranges = unless_forbidden(ranges, &mut snapshot.skipped, "list", LimitRange::PLURAL, namespace)?;
        if quotas.is_none() {
            snapshot.without_quotas.insert(namespace.to_owned());
        }
        if ranges.is_none() {
            snapshot.without_limit_ranges.insert(namespace.to_owned());
        }
        snapshot.namespaces.entry(namespace.to_owned()).or_default();
        for quota in quotas.into_iter().flatten() {
            snapshot.add_quota(quota)?;
        }
        for range in ranges.into_iter().flatten() {
            snapshot.add_limit_range(&range)?;
        }
    }
    Ok(())
}

/// Reads the quotas and LimitRanges of all namespaces.
async fn read_all_rules(client: &Client, snapshot: &mut ClusterSnapshot) -> Result<()> {
    let options = ListOptions::default();
    let (quotas, ranges) = futures::join!(
        client.list_all::<ResourceQuota>(&Scope::All, &options),
        client.list_all::<LimitRange>(&Scope::All, &options)
    );
    for quota in quotas? {
        snapshot.add_quota(quota)?;
    }
    for range in
        unless_forbidden(ranges, &mut snapshot.skipped, "list", LimitRange::PLURAL, "")?.into_iter().flatten()
    {
        snapshot.add_limit_range(&range)?;
    }
    Ok(())
}

/// Reads the objects that the manifests name, and the claims that their StatefulSets would use.
async fn read_existing(
    client: &Client,
    manifests: &[Manifest],
    snapshot: &mut ClusterSnapshot,
) -> Result<()> {
    // No object can have a name that is not a valid path segment.
    let fits = |key: &Key| misfit_of_path(&key.name).is_none() && misfit_of_path(&key.namespace).is_none();
    let named = manifests
        .iter()
        .filter(|manifest| manifest.kind.namespaced)
        .filter_map(|manifest| Some((manifest.key()?, manifest.kind.clone())));
    let templates = manifests.iter().flat_map(|manifest| {
        let pod = match manifest.kind.is("", "Pod") {
            true => &manifest.value,
            false => template(&manifest.kind.kind, &manifest.value),
        };
        device_claim_templates(&manifest.namespace, &pod["spec"])
    });
    let (many, few): (Vec<_>, Vec<_>) = manifests.iter().partition(|manifest| uses_many_claims(manifest));
    let claims = few.into_iter().flat_map(claim_templates::claims_of_set);
    let accounts = accounts_of(manifests).into_iter().map(|(key, _)| (key, account_kind()));
    let named = named.chain(templates).chain(claims).chain(accounts);
    let named = named.filter(|(key, _)| fits(key)).collect();
    read_named(client, named, snapshot).await?;
    let namespaces: BTreeSet<_> = many.into_iter().map(|manifest| manifest.namespace.as_str()).collect();
    for namespace in namespaces {
        snapshot.read_all(client, &claim_templates::claim_kind(), namespace).await?;
    }
    Ok(())
}

/// Number of claims, or of pods, from which all of a namespace are listed instead of reading each by its name.
const MANY: usize = 50;

/// Returns whether a manifest is a StatefulSet with so many claims that listing them costs less.
fn uses_many_claims(manifest: &Manifest) -> bool {
    let templates = manifest.value["spec"]["volumeClaimTemplates"].as_array().map_or(0, Vec::len);
    manifest.kind.is("apps", "StatefulSet")
        && claim_templates::ordinals(&manifest.value).len().saturating_mul(templates) > MANY
}

/// Reads the objects of these names, as far as they exist.
async fn read_named(
    client: &Client,
    wanted: BTreeMap<Key, Kind>,
    snapshot: &mut ClusterSnapshot,
) -> Result<()> {
    let read = client.bounded(wanted, |(key, kind)| async move {
        let path = kind.object_path(&key.namespace, &key.name);
        // Nobody's password is read to tell that it exists.
        let read = match kind.is("", "Secret") {
            true => client.get_metadata(&path).await,
            false => client.get_json::<Value>(&path).await,
        };
        (key, kind, read)
    });
    for (key, kind, read) in read.await {
        match read {
            Err(error) if error.is_api(404) => {}
            outcome => {
                let object = unless_forbidden(
                    outcome,
                    &mut snapshot.skipped,
                    "get",
                    &kind.resource(),
                    &key.namespace,
                )?;
                if let Some(object) = object {
                    snapshot.existing.insert(key, object);
                }
            }
        }
    }
    // One refusal per kind and namespace is enough.
    snapshot.skipped.dedup_by(|next, one| {
        (&next.verb, &next.resource, &next.namespace) == (&one.verb, &one.resource, &one.namespace)
    });
    Ok(())
}

/// Returns all classes, with what could not be read.
async fn all_classes(client: &Client) -> Result<(ClusterFacts, Vec<Skipped>)> {
    let (mut skipped, mut of_runtime, mut of_storage) = (Vec::new(), Vec::new(), Vec::new());
    let (priority, runtime, storage) = futures::join!(
        cluster_wide(client, ("scheduling.k8s.io", "PriorityClass"), &mut skipped),
        cluster_wide(client, ("node.k8s.io", "RuntimeClass"), &mut of_runtime),
        cluster_wide(client, ("storage.k8s.io", "StorageClass"), &mut of_storage),
    );
    let cluster_facts = ClusterFacts {
        priority_classes: priority?.as_ref().map(class_objects::priority),
        runtime_classes: runtime?.as_ref().map(class_objects::runtime).transpose()?,
        storage_classes: storage?.as_ref().map(class_objects::storage),
        ..ClusterFacts::default()
    };
    skipped.extend(of_runtime);
    skipped.extend(of_storage);
    Ok((cluster_facts, skipped))
}

/// Lists the objects of a cluster-scoped kind.
async fn cluster_wide(
    client: &Client,
    (group, kind): (&str, &str),
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Vec<Value>>> {
    let kind = Kind { namespaced: false, ..kind_of(group, kind, &guessed_plural(kind)) };
    let found = dynamic_list::objects(client, &kind, "", &ListOptions::default()).await;
    unless_forbidden(found, skipped, "list", &kind.plural, "")
}

/// Returns the pods of StatefulSets that lack some: their status does not tell which of them exist.
async fn read_pods_of_incomplete_sets(
    client: &Client,
    manifests: &[Manifest],
    snapshot: &ClusterSnapshot,
) -> Result<ClusterSnapshot> {
    let mut pods_of_sets = ClusterSnapshot::default();
    let kind = kind_of("", "Pod", "pods");
    let sets: Vec<_> = manifests.iter().filter_map(|manifest| snapshot.after_apply(manifest)).collect();
    for set in sets.iter().filter(|set| has_mixed_pods(&set.kind.kind, &set.value)) {
        let ordinals = claim_templates::ordinals(&set.value);
        if ordinals.len() > MANY {
            pods_of_sets.read_all(client, &kind, &set.namespace).await?;
        } else {
            let pods = ordinals.map(|ordinal| (claim_templates::pod_key(set, ordinal), kind.clone()));
            read_named(client, pods.collect(), &mut pods_of_sets).await?;
        }
    }
    Ok(pods_of_sets)
}

/// Returns whether an object is a StatefulSet with some of its pods, or with some of an earlier template.
pub(super) fn has_mixed_pods(kind: &str, set: &Value) -> bool {
    let status = &set["status"];
    let present = number(&status["replicas"], 0);
    let is_rolling_out = status["currentRevision"] != status["updateRevision"];
    let lacks_pods = present < claim_templates::ordinals(set).len();
    kind == "StatefulSet" && present > 0 && (lacks_pods || is_rolling_out)
}
