//! Counts what exists in namespaces for which quotas are to come.

use std::collections::BTreeMap;

use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope},
    model::Pod,
};

use super::census::{Census, Censuses, resources};
use crate::{
    check::read_object::existing_object,
    facts::{Kind, Object, PodFacts},
    listing,
    quota_facts::QuotaFacts,
    skipped::{Skipped, allowed},
};

/// Counts in every namespace what its quotas to come would count.
///
/// # Errors
/// Trouble other than a refusal, which is noted.
pub async fn censuses(
    client: &Client,
    quotas: &[QuotaFacts],
    now: i64,
    skipped: &mut Vec<Skipped>,
) -> Result<Censuses> {
    let mut by_namespace: BTreeMap<&str, Vec<&QuotaFacts>> = BTreeMap::new();
    for quota in quotas {
        by_namespace.entry(&quota.namespace).or_default().push(quota);
    }
    let wanted = by_namespace.iter().flat_map(|(namespace, quotas)| {
        resources(quotas.iter().copied()).into_iter().map(|resource| ((*namespace).to_owned(), resource))
    });
    let read = client.bounded(wanted.collect::<Vec<_>>(), |(namespace, resource)| async move {
        let found = of_resource(client, &namespace, &resource, now).await;
        (namespace, resource, found)
    });
    let mut censuses = Censuses::new();
    for (namespace, resource, found) in read.await {
        let census: &mut Census = censuses.entry(namespace.clone()).or_default();
        match allowed(found, skipped, "list", &resource, &namespace)? {
            Some(Found::Objects(objects)) => {
                census.objects.extend(objects.into_iter().map(|object| (object, 1)));
            }
            Some(Found::Count(count)) => census.count(&namespace, &resource, count),
            None => drop(census.unread.insert(resource)),
        }
    }
    Ok(censuses)
}

enum Found {
    Objects(Vec<Object>),
    Count(u64),
}

async fn of_resource(client: &Client, namespace: &str, resource: &str, now: i64) -> Result<Found> {
    match resource {
        "pods" => {
            let scope = Scope::Namespace(namespace.to_owned());
            let pods = client.list_all::<Pod>(&scope, &ListOptions::default()).await?;
            pods.iter().map(|pod| pod_object(pod, now)).collect::<Result<_>>().map(Found::Objects)
        }
        "services" | "persistentvolumeclaims" | "resourceclaims.resource.k8s.io" => {
            let kind = Kind::of_resource(resource);
            let found = listing::objects(client, &kind, namespace, &ListOptions::default()).await?;
            let objects = found.into_iter().map(|item| {
                let name = item["metadata"]["name"].as_str().unwrap_or_default();
                existing_object(&kind, namespace, name, &item, now).map_err(Error::new)
            });
            objects.collect::<Result<_>>().map(Found::Objects)
        }
        _ => match listing::kind_served(client, resource).await? {
            Some(kind) => listing::count(client, &kind, namespace).await.map(Found::Count),
            None => Ok(Found::Count(0)),
        },
    }
}

/// A pod that exists. `now` in seconds since 1970.
///
/// # Errors
/// A text in it that is no quantity.
pub fn pod_object(pod: &Pod, now: i64) -> Result<Object> {
    let facts =
        PodFacts::of(pod, now).map_err(|error| Error::new(format!("pod {}: {error}", pod.metadata.name)))?;
    Ok(Object::pod(&pod.metadata.namespace, &pod.metadata.name, facts))
}
