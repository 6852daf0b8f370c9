//! Counts what exists in namespaces for which quotas are to come.

use std::collections::BTreeMap;

use super::object_counts::{CountsByNamespace, ObjectCounts, resources};
use crate::{
    Error, Result,
    admission::{
        object::{Object, PodFacts},
        quota_facts::QuotaFacts,
        read_object::existing_object,
    },
    client::{
        Client, ListOptions, Scope, dynamic_list,
        incomplete::{Skipped, allowed},
    },
    model::{Pod, kind::Kind},
};

/// Counts in every namespace what its quotas to come would count.
///
/// # Errors
/// Trouble other than a refusal, which is noted.
pub async fn object_counts(
    client: &Client,
    quotas: &[QuotaFacts],
    now: i64,
    skipped: &mut Vec<Skipped>,
) -> Result<CountsByNamespace> {
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
    let mut object_counts = CountsByNamespace::new();
    for (namespace, resource, found) in read.await {
        let counts_of_namespace: &mut ObjectCounts = object_counts.entry(namespace.clone()).or_default();
        match allowed(found, skipped, "list", &resource, &namespace)? {
            Some(Found::Objects(objects)) => {
                counts_of_namespace.objects.extend(objects.into_iter().map(|object| (object, 1)));
            }
            Some(Found::Count(count)) => counts_of_namespace.count(&namespace, &resource, count),
            None => drop(counts_of_namespace.unread.insert(resource)),
        }
    }
    Ok(object_counts)
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
            let found = dynamic_list::objects(client, &kind, namespace, &ListOptions::default()).await?;
            let objects = found.into_iter().map(|item| {
                let name = item["metadata"]["name"].as_str().unwrap_or_default();
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

/// A pod that exists. `now` in seconds since 1970.
///
/// # Errors
/// A text in it that is no quantity.
pub fn pod_object(pod: &Pod, now: i64) -> Result<Object> {
    let facts =
        PodFacts::of(pod, now).map_err(|error| Error::new(format!("pod {}: {error}", pod.metadata.name)))?;
    Ok(Object::pod(&pod.metadata.namespace, &pod.metadata.name, facts))
}
