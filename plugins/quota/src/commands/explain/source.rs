//! The cluster or dump that consumers are read from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Result,
    admission::evaluator::counted_resources,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{
        ObjectMeta, Pod, Resource,
        kind::{Kind, kind_of, replica_set_kind},
    },
    snapshot::ClusterSnapshot,
    workload::owner::{Owner, Owners},
};

use super::{
    consumer_of_object::{counted_consumer, needs_whole_objects, object_consumer, pod_consumer},
    consumers::QuotaConsumer,
    dump,
    explanation::Row,
    namespace_snapshot::NamespaceSnapshot,
};

/// Where objects are listed.
#[derive(Debug)]
pub enum Source {
    /// A cluster.
    Cluster(Box<Client>),
    /// A dump, all of which is in the snapshot.
    Dump,
}

impl Source {
    /// Reads the objects that are charged for what these rows are short of. Lists that are forbidden are noted.
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub async fn consumers(
        &self,
        snapshot: &NamespaceSnapshot,
        rows: &[Row],
        skipped: &mut Vec<Skipped>,
    ) -> Result<Vec<QuotaConsumer>> {
        if !snapshot.knows_rules() {
            return Ok(Vec::new());
        }
        let short = rows.iter().filter_map(|row| row.resource.as_deref());
        let resources: BTreeSet<_> = short.flat_map(counted_resources).collect();
        let NamespaceSnapshot { namespace, cluster, .. } = snapshot;
        let nothing = Known::new();
        let lists = resources.iter().map(|resource| async {
            let mut skipped = Vec::new();
            let mut reader =
                Reader { source: self, namespace, cluster, skipped: &mut skipped, known: &nothing };
            let found = reader.consumers(resource).await;
            (found, skipped)
        });
        let owns_pods = resources.contains("pods");
        let (lists, known) =
            futures::join!(futures::future::join_all(lists), self.owners_of_pods(namespace, owns_pods));
        let mut consumers: Vec<QuotaConsumer> = Vec::new();
        for (found, of_list) in lists {
            consumers.extend(found?);
            skipped.extend(of_list);
        }
        let mut reader = Reader { source: self, namespace, cluster, skipped, known: &known };
        let owners = reader.owners(&consumers).await?;
        for consumer in &mut consumers {
            consumer.owner = std::mem::take(&mut consumer.owner).top(&owners);
            consumer.object = consumer.object.clone().of_version(cluster.version());
        }
        reader.find_managers(&mut consumers).await?;
        Ok(consumers)
    }

    /// Returns whether an object exists; where that cannot be known, it is taken to.
    pub async fn exists(&self, api_version: &str, owner: &Owner, namespace: &str) -> bool {
        let Self::Cluster(client) = self else { return true };
        if api_version.is_empty() {
            return true;
        }
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let root = if group.is_empty() { "/api/".to_owned() } else { format!("/apis/{group}/") };
        let Ok(served) = client.get_json::<Value>(&format!("{root}{version}")).await else { return true };
        let mut resources = served["resources"].as_array().into_iter().flatten();
        let is_it = |one: &&Value| {
            one["kind"] == owner.kind.as_str() && !one["name"].as_str().is_none_or(|name| name.contains('/'))
        };
        let Some(plural) = resources.find(is_it).and_then(|one| one["name"].as_str()) else { return true };
        let kind = Kind { version: version.to_owned(), ..kind_of(group, &owner.kind, plural) };
        let found = client.get_json::<Value>(&kind.object_path(namespace, &owner.name)).await;
        !found.is_err_and(|error| error.is_api(404))
    }

    /// Lists what may own pods, or own what owns them, while the pods are listed: each list would wait for another else.
    async fn owners_of_pods(&self, namespace: &str, is_wanted: bool) -> Known {
        let Self::Cluster(client) = self else { return Known::new() };
        let mut kinds = vec![replica_set_kind(), kind_of("batch", "Job", "jobs")];
        kinds.extend(MANAGED.map(|(kind, plural)| kind_of("apps", kind, plural)));
        kinds.truncate(if is_wanted { kinds.len() } else { 0 });
        let lists = kinds.into_iter().map(|kind| async move {
            (kind.resource(), dynamic_list::metadata(client, &kind, namespace).await)
        });
        futures::future::join_all(lists).await.into_iter().collect()
    }
}

/// Workloads that a custom resource may control.
const MANAGED: [(&str, &str); 2] = [("Deployment", "deployments"), ("StatefulSet", "statefulsets")];

/// Metadata that was listed already, by resource.
type Known = BTreeMap<String, Result<Vec<ObjectMeta>>>;

/// Lists the objects of one namespace.
struct Reader<'a> {
    source: &'a Source,
    namespace: &'a str,
    cluster: &'a ClusterSnapshot,
    skipped: &'a mut Vec<Skipped>,
    known: &'a Known,
}

impl Reader<'_> {
    /// Returns the consumers of a resource such as `pods` or `jobs.batch`.
    async fn consumers(&mut self, resource: &str) -> Result<Vec<QuotaConsumer>> {
        if resource == "pods" {
            return self.pods().await;
        }
        let now = self.cluster.now;
        let Some(kind) = self.kind(resource).await? else { return Ok(Vec::new()) };
        if needs_whole_objects(resource) {
            let objects = self.objects(&kind, resource).await?;
            return Ok(objects.iter().filter_map(|object| object_consumer(object, &kind, now)).collect());
        }
        let metadata = self.metadata(&kind, resource).await?;
        Ok(metadata.iter().map(|metadata| counted_consumer(metadata, &kind)).collect())
    }

    /// Folds the pods page by page: only what quotas charge for them is kept.
    async fn pods(&mut self) -> Result<Vec<QuotaConsumer>> {
        let now = self.cluster.now;
        let Source::Cluster(client) = self.source else {
            let pods: Vec<Pod> = dump::parsed(self.cluster, self.namespace, "Pod").unwrap_or_default();
            return Ok(pods.iter().filter_map(|pod| pod_consumer(pod, now)).collect());
        };
        let scope = Scope::Namespace(self.namespace.to_owned());
        let mut found = Vec::new();
        let listed = client
            .list::<Pod>(&scope, &ListOptions::default(), |page| match page {
                Page::Items(pods) => found.extend(pods.iter().filter_map(|pod| pod_consumer(pod, now))),
                Page::Restart => found.clear(),
            })
            .await;
        let listed = listed.map(|_| std::mem::take(&mut found));
        Ok(unless_forbidden(listed, self.skipped, "list", Pod::PLURAL, self.namespace)?.unwrap_or_default())
    }

    /// Returns the kind of a resource; `None` where the server does not serve it.
    async fn kind(&mut self, resource: &str) -> Result<Option<Kind>> {
        let Source::Cluster(client) = self.source else { return Ok(Some(Kind::from_resource(resource))) };
        let kind = dynamic_list::kind_served(client, resource).await;
        Ok(unless_forbidden(kind, self.skipped, "get", resource, self.namespace)?.flatten())
    }

    async fn objects(&mut self, kind: &Kind, resource: &str) -> Result<Vec<Value>> {
        let Source::Cluster(client) = self.source else {
            return Ok(dump::objects(self.cluster, self.namespace, kind).cloned().collect());
        };
        let found = dynamic_list::objects(client, kind, self.namespace, &ListOptions::default()).await;
        Ok(unless_forbidden(found, self.skipped, "list", resource, self.namespace)?.unwrap_or_default())
    }

    async fn metadata(&mut self, kind: &Kind, resource: &str) -> Result<Vec<ObjectMeta>> {
        let Source::Cluster(client) = self.source else {
            let objects = dump::objects(self.cluster, self.namespace, kind);
            let metadata = objects.map(|object| serde_json::from_value(object["metadata"].clone()).ok());
            return Ok(metadata.flatten().collect());
        };
        let found = match self.known.get(&kind.resource()) {
            Some(known) => known.clone(),
            None => dynamic_list::metadata(client, kind, self.namespace).await,
        };
        Ok(unless_forbidden(found, self.skipped, "list", resource, self.namespace)?.unwrap_or_default())
    }

    /// Replaces Deployments and StatefulSets that a custom resource controls by that one: its operator would undo what
    /// others do to them. Where they cannot be listed, no owner is known to be free.
    async fn find_managers(&mut self, consumers: &mut [QuotaConsumer]) -> Result<()> {
        for (kind, plural) in MANAGED {
            if !consumers.iter().any(|consumer| consumer.owner.kind == kind) {
                continue;
            }
            let mut skipped = Vec::new();
            let mut reader = Reader { skipped: &mut skipped, ..*self };
            let of = kind_of("apps", kind, plural);
            let found = reader.metadata(&of, &of.resource()).await?;
            let managers: Owners = found
                .iter()
                .filter_map(|metadata| {
                    Some((Owner::new(kind, &metadata.name), Owner::controlling(metadata)?))
                })
                .collect();
            for consumer in consumers.iter_mut().filter(|consumer| consumer.owner.kind == kind) {
                consumer.scalable = found.iter().any(|metadata| metadata.name == consumer.owner.name);
                consumer.owner = std::mem::take(&mut consumer.owner).top(&managers);
            }
        }
        Ok(())
    }

    /// Returns the controllers of the ReplicaSets and Jobs among the owners of these consumers.
    async fn owners(&mut self, consumers: &[QuotaConsumer]) -> Result<Owners> {
        let mut owners = Owners::new();
        for kind in [replica_set_kind(), kind_of("batch", "Job", "jobs")] {
            if !consumers.iter().any(|consumer| consumer.owner.kind == kind.kind) {
                continue;
            }
            let found = self.metadata(&kind, &kind.resource()).await?;
            owners.extend(found.into_iter().filter_map(|metadata| {
                Some((Owner::new(&kind.kind, &metadata.name), Owner::controlling(&metadata)?))
            }));
        }
        Ok(owners)
    }
}
