//! Inventories out of a cluster: few requests, each paged, whatever the number of namespaces.

use http::{Request, header::ACCEPT};
use serde_json::Value;
use shared::{
    Error, Result,
    client::{Client, ListOptions, Page, Scope, bounded},
    model::{LimitRange, Namespace, Pod, ResourceQuota},
};

use super::{Gathering, Inventories};
use crate::{
    check::{Kinds, collect::cluster_side},
    skipped::Skipped,
};

/// Which namespaces to look at.
#[derive(Clone, Debug)]
pub enum Reach {
    /// One.
    Namespace(String),
    /// All, or those that a label selector chooses.
    All(Option<String>),
}

/// What is read besides pods, quotas and LimitRanges, with version and kind, since items of lists name neither.
const LISTS: &[(&str, &str, &str)] = &[
    ("apps/v1", "Deployment", "deployments"),
    ("apps/v1", "StatefulSet", "statefulsets"),
    ("apps/v1", "DaemonSet", "daemonsets"),
    ("apps/v1", "ReplicaSet", "replicasets"),
    ("v1", "ReplicationController", "replicationcontrollers"),
    ("batch/v1", "Job", "jobs"),
    ("batch/v1", "CronJob", "cronjobs"),
    ("v1", "Service", "services"),
    ("v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
    ("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
];

/// Reads what is in the namespaces.
///
/// # Errors
/// A namespace that does not exist, pods, quotas or LimitRanges that may not be read, trouble other than a refusal.
pub async fn cluster(client: &Client, reach: &Reach, now: i64) -> Result<Inventories> {
    let mut gathering = Gathering::new(Kinds::default(), now);
    let (scope, wanted) = match reach {
        Reach::Namespace(name) => {
            match client.get::<Namespace>("", name).await {
                Err(error) if error.is_api(404) => return Err(error),
                _ => {}
            }
            (Scope::Namespace(name.clone()), vec![name.clone()])
        }
        Reach::All(selector) => {
            let options = ListOptions { label_selector: selector.clone(), field_selector: None };
            let all = client.list_all::<Namespace>(&Scope::All, &options).await?;
            (Scope::All, all.into_iter().map(|namespace| namespace.metadata.name).collect())
        }
    };
    for name in &wanted {
        gathering.namespace(name);
    }
    let options = ListOptions::default();
    let mut failure = None;
    client
        .list::<Pod>(&scope, &options, |page| match page {
            Page::Items(pods) => {
                let taken = pods.iter().try_for_each(|pod| gathering.pod(pod));
                failure = failure.take().or(taken.err());
            }
            Page::Restart => gathering.forget_pods(),
        })
        .await?;
    if let Some(error) = failure {
        return Err(error);
    }
    for quota in client.list_all::<ResourceQuota>(&scope, &options).await? {
        gathering.quota(quota)?;
    }
    for range in client.list_all::<LimitRange>(&scope, &options).await? {
        gathering.limit_range(&range)?;
    }
    let mut skipped = Vec::new();
    let lists = bounded(LISTS, |(version, kind, plural)| {
        let path = path(version, scope.namespace(), plural);
        async move { (version, kind, plural, items(client, &path).await) }
    });
    for (version, kind, plural, list) in lists.await {
        match list {
            Ok(items) => {
                for mut item in items {
                    item["apiVersion"] = Value::from(*version);
                    item["kind"] = Value::from(*kind);
                    gathering.object(item)?;
                }
            }
            Err(error) if error.is_api(404) => {}
            Err(error) if error.is_api(403) => {
                skipped.push(Skipped::list(plural, scope.namespace().unwrap_or_default(), &error));
            }
            Err(error) => return Err(error),
        }
    }
    count_plain_objects(client, &wanted, &mut gathering).await?;
    let side = cluster_side(client, &[], now).await?;
    let mut all = gathering.finish(side.classes, skipped);
    all.namespaces.retain(|inventory| wanted.contains(&inventory.namespace));
    Ok(all)
}

/// Counts what may be secret or large without reading it: one object's metadata, and how many more there are. Where
/// it may not be listed, it is not limited either.
async fn count_plain_objects(
    client: &Client,
    namespaces: &[String],
    gathering: &mut Gathering,
) -> Result<()> {
    let wanted = namespaces.iter().flat_map(|namespace| [(namespace, "configmaps"), (namespace, "secrets")]);
    let counts = bounded(wanted.collect::<Vec<_>>(), |(namespace, plural)| async move {
        (namespace, plural, count(client, &path("v1", Some(namespace), plural)).await)
    });
    for (namespace, plural, count) in counts.await {
        match count {
            Ok(count) => drop(gathering.namespace(namespace).counted.insert(plural.to_owned(), count)),
            Err(error) if error.is_api(403) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn count(client: &Client, path: &str) -> Result<usize> {
    let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    let request = Request::get(format!("{path}?limit=1")).header(ACCEPT, accept).body(Vec::new());
    let request = request.map_err(|error| Error::new(format!("{path:?} is no path of an API: {error}")))?;
    let answer = client.request(request).await?;
    let list: Value = serde_json::from_slice(answer.body())
        .map_err(|error| Error::new(format!("the server's answer to {path} is no JSON: {error}")))?;
    let more = list["metadata"]["remainingItemCount"].as_u64().unwrap_or(0);
    Ok(list["items"].as_array().map_or(0, Vec::len) + usize::try_from(more).unwrap_or(usize::MAX))
}

/// The path of a list.
fn path(version: &str, namespace: Option<&str>, plural: &str) -> String {
    let root = if version.contains('/') { "/apis" } else { "/api" };
    match namespace {
        Some(namespace) => format!("{root}/{version}/namespaces/{namespace}/{plural}"),
        None => format!("{root}/{version}/{plural}"),
    }
}

/// All items of a list, page by page.
async fn items(client: &Client, path: &str) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    let mut query = "limit=500".to_owned();
    loop {
        let mut page = match client.get_json::<Value>(&format!("{path}?{query}")).await {
            // The server forgot the state the list began with: once more, as a whole.
            Err(error) if error.is_api(410) && query != "limit=0" => {
                all.clear();
                query = "limit=0".to_owned();
                continue;
            }
            outcome => outcome?,
        };
        if let Value::Array(items) = page["items"].take() {
            all.extend(items);
        }
        match page["metadata"]["continue"].as_str().filter(|token| !token.is_empty()) {
            // Tokens are base64 for URLs.
            Some(token) => query = format!("limit=500&continue={token}"),
            None => return Ok(all),
        }
    }
}
