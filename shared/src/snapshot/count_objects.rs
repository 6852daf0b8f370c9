//! Counts what a cluster has in the namespaces of quotas that have no status yet.

use super::{
    ClusterSnapshot, CountsByNamespace,
    object_counts::{Found, resources_by_namespace},
};
use crate::{
    Error, Result,
    admission::{
        quota_facts::QuotaFacts,
        read_object::{existing_object, pod_object},
        version::Version,
    },
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::text,
    model::{Pod, kind::Kind},
};

impl ClusterSnapshot {
    /// Counts, in the namespace of each quota, the objects that the quota will count.
    ///
    /// # Errors
    /// Errors other than a refusal, which is noted in `skipped`.
    pub async fn count_objects(&mut self, client: &Client, quotas: &[QuotaFacts]) -> Result<()> {
        let (counts, skipped) = self.counts_of(client, quotas).await?;
        self.object_counts.extend(counts);
        self.skipped.extend(skipped);
        Ok(())
    }

    /// Returns the counts, with what could not be listed.
    pub(super) async fn counts_of(
        &self,
        client: &Client,
        quotas: &[QuotaFacts],
    ) -> Result<(CountsByNamespace, Vec<Skipped>)> {
        let (now, version) = (self.now, self.version());
        let read = client.bounded(resources_by_namespace(quotas), |(namespace, resource)| async move {
            let found = list(client, &namespace, &resource, (now, version)).await;
            (namespace, resource, found)
        });
        let (mut all, mut skipped) = (CountsByNamespace::new(), Vec::new());
        for (namespace, resource, found) in read.await {
            let found = unless_forbidden(found, &mut skipped, "list", &resource, &namespace)?;
            let counts = all.entry(namespace.clone()).or_default();
            counts.add(&namespace, resource, found.unwrap_or(Found::Unread));
        }
        Ok((all, skipped))
    }
}

async fn list(
    client: &Client,
    namespace: &str,
    resource: &str,
    (now, version): (i64, Version),
) -> Result<Found> {
    match resource {
        "pods" => {
            let scope = Scope::Namespace(namespace.to_owned());
            let pods = client.list_all::<Pod>(&scope, &ListOptions::default()).await?;
            let objects = pods.iter().map(|pod| Ok(pod_object(pod, now)?.of_version(version)));
            objects.collect::<Result<_>>().map(Found::Objects)
        }
        "services" | "persistentvolumeclaims" | "resourceclaims.resource.k8s.io" => {
            let kind = Kind::from_resource(resource);
            let found = dynamic_list::objects(client, &kind, namespace, &ListOptions::default()).await?;
            let objects = found.into_iter().map(|item| {
                let name = text(&item["metadata"]["name"]);
                existing_object(&kind, namespace, name, &item, now).map_err(Error::new)
            });
            objects.collect::<Result<_>>().map(Found::Objects)
        }
        _ => match dynamic_list::kind_served(client, resource).await? {
            Some(kind) => dynamic_list::count(client, &kind, namespace).await.map(Found::Count),
            None => Ok(Found::Count(0)),
        },
    }
}
