//! Counts what exists in namespaces for which quotas are to come.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Error, Result,
    client::{Client, ListOptions, Scope, bounded},
    model::Pod,
};

use super::{
    inventory::{Inventories, Inventory, resources},
    read_object::{existing_object, kind_of},
};
use crate::{
    facts::{Body, Object, PodFacts},
    quota_facts::QuotaFacts,
    skipped::Skipped,
};

/// Counts in every namespace what its quotas to come would count.
///
/// # Errors
/// Trouble other than a refusal, which is noted.
pub async fn inventories(
    client: &Client,
    quotas: &[QuotaFacts],
    now: i64,
    skipped: &mut Vec<Skipped>,
) -> Result<Inventories> {
    let mut by_namespace: BTreeMap<&str, Vec<&QuotaFacts>> = BTreeMap::new();
    for quota in quotas {
        by_namespace.entry(&quota.namespace).or_default().push(quota);
    }
    let wanted = by_namespace.iter().flat_map(|(namespace, quotas)| {
        resources(quotas.iter().copied()).into_iter().map(|resource| ((*namespace).to_owned(), resource))
    });
    let read = bounded(wanted.collect::<Vec<_>>(), |(namespace, resource)| async move {
        let found = of_resource(client, &namespace, &resource, now).await;
        (namespace, resource, found)
    });
    let mut inventories = Inventories::new();
    for (namespace, resource, found) in read.await {
        let inventory: &mut Inventory = inventories.entry(namespace.clone()).or_default();
        match found {
            Ok(Found::Objects(objects)) => {
                inventory.objects.extend(objects.into_iter().map(|object| (object, 1)));
            }
            Ok(Found::Count(count)) => inventory.count(&namespace, &resource, count),
            Err(error) if error.is_api(403) => {
                let reason = error.api_status().map_or_else(|| error.to_string(), |api| api.message.clone());
                skipped.push(Skipped {
                    verb: "list".to_owned(),
                    resource: resource.clone(),
                    namespace: namespace.clone(),
                    reason,
                });
                inventory.unread.insert(resource);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(inventories)
}

enum Found {
    Objects(Vec<Object>),
    Count(u64),
}

async fn of_resource(client: &Client, namespace: &str, resource: &str, now: i64) -> Result<Found> {
    let kind = match resource {
        "pods" => {
            let scope = Scope::Namespace(namespace.to_owned());
            let pods = client.list_all::<Pod>(&scope, &ListOptions::default()).await?;
            return pods.iter().map(|pod| pod_object(pod, now)).collect::<Result<_>>().map(Found::Objects);
        }
        "services" => kind_of("", "Service", "services"),
        "persistentvolumeclaims" => kind_of("", "PersistentVolumeClaim", "persistentvolumeclaims"),
        "resourceclaims.resource.k8s.io" => kind_of("resource.k8s.io", "ResourceClaim", "resourceclaims"),
        _ => return count(client, namespace, resource).await.map(Found::Count),
    };
    let root = if kind.group.is_empty() { "/api/v1".to_owned() } else { format!("/apis/{}/v1", kind.group) };
    let path = format!("{root}/namespaces/{namespace}/{}", kind.plural);
    let objects = all_items(client, &path).await?.into_iter().map(|item| {
        let name = item["metadata"]["name"].as_str().unwrap_or_default();
        existing_object(&kind, namespace, name, &item, now).map_err(Error::new)
    });
    objects.collect::<Result<_>>().map(Found::Objects)
}

/// A pod that exists. `now` in seconds since 1970.
///
/// # Errors
/// A text in it that is no quantity.
pub fn pod_object(pod: &Pod, now: i64) -> Result<Object> {
    let facts =
        PodFacts::of(pod, now).map_err(|error| Error::new(format!("pod {}: {error}", pod.metadata.name)))?;
    Ok(Object {
        kind: kind_of("", "Pod", "pods"),
        namespace: pod.metadata.namespace.clone(),
        name: pod.metadata.name.clone(),
        body: Body::Pod(Box::new(facts)),
    })
}

/// All objects under a path, page by page; none where there is no such path.
///
/// # Errors
/// What the client reports.
pub async fn all_items(client: &Client, path: &str) -> Result<Vec<Value>> {
    let mut items = Vec::new();
    let mut token = String::new();
    loop {
        let page = client.get_json::<Value>(&format!("{path}?limit=500&continue={token}")).await;
        let mut page = match page {
            Err(error) if error.is_api(404) => return Ok(items),
            page => page?,
        };
        items.extend(page["items"].as_array_mut().map(std::mem::take).unwrap_or_default());
        match page["metadata"]["continue"].as_str().filter(|token| !token.is_empty()) {
            Some(next) => token = next.to_owned(),
            None => return Ok(items),
        }
    }
}

/// How many objects there are, by the number of those that are left after the first.
async fn count(client: &Client, namespace: &str, resource: &str) -> Result<u64> {
    let (plural, group) = resource.split_once('.').unwrap_or((resource, ""));
    let root = match group {
        "" => "/api/v1".to_owned(),
        group => {
            let found = client.get_json::<Value>(&format!("/apis/{group}")).await;
            match found {
                Err(error) if error.is_api(404) => return Ok(0),
                found => {
                    format!("/apis/{}", found?["preferredVersion"]["groupVersion"].as_str().unwrap_or(group))
                }
            }
        }
    };
    // Names alone: these may be secrets.
    let request = http::Request::get(format!("{root}/namespaces/{namespace}/{plural}?limit=1"))
        .header("accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
        .body(Vec::new());
    let request = request.map_err(|_| Error::new(format!("`{resource}` is no resource of an API")))?;
    let list: Value = match client.request(request).await {
        Err(error) if error.is_api(404) => return Ok(0),
        response => serde_json::from_slice(response?.body())
            .map_err(|error| Error::new(format!("the list of {resource} can't be read: {error}")))?,
    };
    let here = list["items"].as_array().map_or(0, Vec::len);
    Ok(u64::try_from(here).unwrap_or(0) + list["metadata"]["remainingItemCount"].as_u64().unwrap_or(0))
}
