//! Who holds what, out of a cluster.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::{
    Result,
    client::{Client, ListOptions, Page, Scope},
    model::{ObjectMeta, Pod, Resource},
};

use super::{
    collect::{allowed, path},
    explanation::Owner,
    held::{Held, Owners, Source, top},
    read_held::{counted, of_metadata, pod, value},
};
use crate::{check::read_object::kind_of, facts::Kind, skipped::Skipped};

/// Reads what holds these kinds of resources. What may not be listed is noted.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn held(
    client: &Client,
    sources: &BTreeSet<Source>,
    now: i64,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<Held>> {
    let namespace = client.namespace();
    let mut all: Vec<Held> = Vec::new();
    for source in sources {
        match source {
            Source::Pods => all.extend(pods(client, now, skipped).await?),
            Source::Claims => {
                let kind = kind_of("", "PersistentVolumeClaim", "persistentvolumeclaims");
                all.extend(values(client, &kind, now, skipped).await?);
            }
            Source::Services => {
                all.extend(values(client, &kind_of("", "Service", "services"), now, skipped).await?)
            }
            Source::Objects(resource) => {
                let (plural, group) = resource.split_once('.').unwrap_or((resource, ""));
                let Some(version) = version(client, group).await? else { continue };
                let kind = Kind { version, ..counted(group, plural) };
                if matches!(
                    resource.as_str(),
                    "replicasets.apps" | "jobs.batch" | "resourceclaims.resource.k8s.io"
                ) {
                    all.extend(values(client, &kind, now, skipped).await?);
                    continue;
                }
                let path = path(group, &kind.version, namespace, plural);
                let found = client.list_metadata(&path, &ListOptions::default()).await;
                let found = allowed(found, skipped, resource, namespace)?.unwrap_or_default();
                all.extend(found.iter().map(|metadata| of_metadata(metadata, &kind)));
            }
        }
    }
    let owners = owners(client, &all, skipped).await?;
    for one in &mut all {
        one.owner = top(one.owner.clone(), &owners);
    }
    Ok(all)
}

/// Folds the pods page by page: only what they charge is kept.
async fn pods(client: &Client, now: i64, skipped: &mut Vec<Skipped>) -> Result<Vec<Held>> {
    let scope = Scope::Namespace(client.namespace().to_owned());
    let mut found = Vec::new();
    let listed = client
        .list::<Pod>(&scope, &ListOptions::default(), |page| match page {
            Page::Items(pods) => found.extend(pods.iter().filter_map(|one| pod(one, now))),
            Page::Restart => found.clear(),
        })
        .await;
    let listed = listed.map(|_| std::mem::take(&mut found));
    Ok(allowed(listed, skipped, Pod::PLURAL, client.namespace())?.unwrap_or_default())
}

async fn values(client: &Client, kind: &Kind, now: i64, skipped: &mut Vec<Skipped>) -> Result<Vec<Held>> {
    let path = path(&kind.group, &kind.version, client.namespace(), &kind.plural);
    let found = client.list_values(&path, &ListOptions::default()).await;
    let found = allowed(found, skipped, &kind.resource(), client.namespace())?.unwrap_or_default();
    Ok(found.iter().filter_map(|object| value(object, kind, now)).collect())
}

/// The version in which a group is served; `None` for a group that is not.
async fn version(client: &Client, group: &str) -> Result<Option<String>> {
    if group.is_empty() {
        return Ok(Some("v1".to_owned()));
    }
    match client.get_json::<Value>(&format!("/apis/{group}")).await {
        Ok(found) => Ok(found["preferredVersion"]["version"].as_str().map(str::to_owned)),
        Err(error) if error.is_api(404) || error.is_api(403) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who controls the ReplicaSets and Jobs among the owners.
async fn owners(client: &Client, held: &[Held], skipped: &mut Vec<Skipped>) -> Result<Owners> {
    let mut owners = Owners::new();
    for (group, plural, kind) in [("apps", "replicasets", "ReplicaSet"), ("batch", "jobs", "Job")] {
        if !held.iter().any(|one| one.owner.kind == kind) {
            continue;
        }
        let found = client
            .list_metadata(&path(group, "v1", client.namespace(), plural), &ListOptions::default())
            .await;
        let resource = format!("{plural}.{group}");
        for metadata in allowed(found, skipped, &resource, client.namespace())?.unwrap_or_default() {
            owners.extend(owner(&metadata, kind));
        }
    }
    Ok(owners)
}

fn owner(metadata: &ObjectMeta, kind: &str) -> Option<(Owner, Owner)> {
    let controller = metadata.controller()?;
    Some((Owner::new(kind, &metadata.name), Owner::new(&controller.kind, &controller.name)))
}
