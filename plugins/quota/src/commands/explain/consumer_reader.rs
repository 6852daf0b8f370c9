//! Lists the objects that quotas charge, resource by resource.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Result,
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
};

/// Workloads that a custom resource may control.
pub const MANAGED: [(&str, &str); 2] = [("Deployment", "deployments"), ("StatefulSet", "statefulsets")];

/// Metadata that was listed already, by resource.
pub type Known = BTreeMap<String, Result<Vec<ObjectMeta>>>;

/// Lists the objects of one namespace.
pub struct Reader<'a> {
    /// The cluster; `None` for a dump, all of which is in the snapshot.
    pub client: Option<&'a Client>,
    /// The namespace.
    pub namespace: &'a str,
    /// What was read of it.
    pub cluster: &'a ClusterSnapshot,
    /// Where forbidden lists are noted.
    pub skipped: &'a mut Vec<Skipped>,
    /// What was listed already.
    pub known: &'a Known,
}

impl Reader<'_> {
    /// Returns the consumers of a resource such as `pods` or `jobs.batch`.
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub async fn consumers(&mut self, resource: &str) -> Result<Vec<QuotaConsumer>> {
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
        let Some(client) = self.client else {
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
        let Some(client) = self.client else { return Ok(Some(Kind::from_resource(resource))) };
        let kind = dynamic_list::kind_served(client, resource).await;
        Ok(unless_forbidden(kind, self.skipped, "get", resource, self.namespace)?.flatten())
    }

    async fn objects(&mut self, kind: &Kind, resource: &str) -> Result<Vec<Value>> {
        let Some(client) = self.client else {
            return Ok(dump::objects(self.cluster, self.namespace, kind).cloned().collect());
        };
        let found = dynamic_list::objects(client, kind, self.namespace, &ListOptions::default()).await;
        Ok(unless_forbidden(found, self.skipped, "list", resource, self.namespace)?.unwrap_or_default())
    }

    async fn metadata(&mut self, kind: &Kind, resource: &str) -> Result<Vec<ObjectMeta>> {
        let Some(client) = self.client else {
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
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub async fn find_managers(&mut self, consumers: &mut [QuotaConsumer]) -> Result<()> {
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

    /// Returns the controllers of the ReplicaSets and Jobs among the owners of these consumers, and of pods that claims are
    /// for: whoever deletes such a pod gets another one with another claim.
    ///
    /// # Errors
    /// Any failure other than a forbidden list.
    pub async fn owners(&mut self, consumers: &[QuotaConsumer]) -> Result<Owners> {
        let mut owners = Owners::new();
        for kind in [kind_of("", Pod::KIND, Pod::PLURAL), replica_set_kind(), kind_of("batch", "Job", "jobs")]
        {
            let is_its_own =
                |one: &QuotaConsumer| kind.kind == Pod::KIND && one.object.kind.kind == Pod::KIND;
            let owns = consumers.iter().any(|one| one.owner.kind == kind.kind && !is_its_own(one));
            if !owns && !owners.values().any(|owner: &Owner| owner.kind == kind.kind) {
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
