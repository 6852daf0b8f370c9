//! Lists of kinds without a slim struct. A resource that the server does not serve counts as an empty list.

use serde_json::Value;

use super::{Client, ListOptions};
use crate::{
    Error, Result,
    model::{ObjectMeta, kind::Kind},
};

/// Lists the objects of a kind, each with the `apiVersion` and `kind` that items of lists lack. An empty `namespace`
/// stands for all.
///
/// # Errors
/// What the client reports, but for 404.
pub async fn objects(
    client: &Client,
    kind: &Kind,
    namespace: &str,
    options: &ListOptions,
) -> Result<Vec<Value>> {
    or_empty(served_objects(client, kind, namespace, options).await)
}

/// Lists the objects of a kind as [`objects`] does, but fails where the server does not serve it.
///
/// # Errors
/// What the client reports.
pub async fn served_objects(
    client: &Client,
    kind: &Kind,
    namespace: &str,
    options: &ListOptions,
) -> Result<Vec<Value>> {
    let mut found = client.list_values(&kind.collection(namespace), options).await?;
    let version = kind.api_version();
    for object in &mut found {
        object["apiVersion"] = Value::from(version.as_str());
        object["kind"] = Value::from(kind.kind.as_str());
    }
    Ok(found)
}

/// Lists the metadata of the objects of a kind in a namespace, without their content: they may be Secrets.
///
/// # Errors
/// As [`objects`].
pub async fn metadata(client: &Client, kind: &Kind, namespace: &str) -> Result<Vec<ObjectMeta>> {
    or_empty(client.list_metadata(&kind.collection(namespace), &ListOptions::default()).await)
}

/// Counts the objects of a kind in a namespace, by the metadata of the first and the number of the remaining ones.
///
/// # Errors
/// As [`objects`].
pub async fn count(client: &Client, kind: &Kind, namespace: &str) -> Result<u64> {
    let path = format!("{}?limit=1", kind.collection(namespace));
    let request = http::Request::get(&path)
        .header("accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
        .body(Vec::new())
        .map_err(|_| Error::new(format!("`{}` is not a resource of an API", kind.resource())))?;
    let list: Value = match client.request(request).await {
        Err(error) if error.is_api(404) => return Ok(0),
        response => serde_json::from_slice(response?.body())
            .map_err(|error| Error::new(format!("the list of {} can't be read: {error}", kind.resource())))?,
    };
    let listed = list["items"].as_array().map_or(0, Vec::len);
    Ok(u64::try_from(listed).unwrap_or(0) + list["metadata"]["remainingItemCount"].as_u64().unwrap_or(0))
}

/// Returns the kind of a resource as quotas name it (`deployments.apps`), in the version that the server prefers;
/// `None` where it does not serve the group.
///
/// # Errors
/// What the client reports.
pub async fn kind_served(client: &Client, resource: &str) -> Result<Option<Kind>> {
    let kind = Kind::from_resource(resource);
    if kind.group.is_empty() {
        return Ok(Some(kind));
    }
    match client.get_json::<Value>(&format!("/apis/{}", kind.group)).await {
        Ok(found) => {
            let version = found["preferredVersion"]["version"].as_str();
            Ok(version.map(|version| Kind { version: version.to_owned(), ..kind }))
        }
        Err(error) if error.is_api(404) => Ok(None),
        Err(error) => Err(error),
    }
}

fn or_empty<T>(outcome: Result<Vec<T>>) -> Result<Vec<T>> {
    match outcome {
        Err(error) if error.is_api(404) => Ok(Vec::new()),
        outcome => outcome,
    }
}
