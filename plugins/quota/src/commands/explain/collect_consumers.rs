//! Who holds what, out of a cluster.

use std::collections::BTreeSet;

use shared::{
    Result,
    client::{
        Client, ListOptions, Page, Scope, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{
        Pod, Resource,
        kind::{kind_of, replica_set_kind},
    },
    workload::owner::{Owner, Owners},
};

use super::{
    consumers::QuotaConsumer,
    read_consumers::{is_read_whole, of_metadata, pod, value},
};

/// Reads what holds these resources, `pods` or `jobs.batch`. What may not be listed is noted.
///
/// # Errors
/// Trouble other than a refusal.
pub async fn consumers(
    client: &Client,
    resources: &BTreeSet<String>,
    now: i64,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<QuotaConsumer>> {
    let namespace = client.namespace();
    let mut all: Vec<QuotaConsumer> = Vec::new();
    for resource in resources {
        if resource == "pods" {
            all.extend(pods(client, now, skipped).await?);
            continue;
        }
        let kind = dynamic_list::kind_served(client, resource).await;
        let Some(kind) = unless_forbidden(kind, skipped, "get", resource, namespace)?.flatten() else {
            continue;
        };
        if is_read_whole(resource) {
            let found = dynamic_list::objects(client, &kind, namespace, &ListOptions::default()).await;
            let found = unless_forbidden(found, skipped, "list", resource, namespace)?.unwrap_or_default();
            all.extend(found.iter().filter_map(|object| value(object, &kind, now)));
        } else {
            let found = dynamic_list::metadata(client, &kind, namespace).await;
            let found = unless_forbidden(found, skipped, "list", resource, namespace)?.unwrap_or_default();
            all.extend(found.iter().map(|metadata| of_metadata(metadata, &kind)));
        }
    }
    let owners = owners(client, &all, skipped).await?;
    for one in &mut all {
        one.owner = std::mem::take(&mut one.owner).top(&owners);
    }
    Ok(all)
}

/// Folds the pods page by page: only what they charge is kept.
async fn pods(client: &Client, now: i64, skipped: &mut Vec<Skipped>) -> Result<Vec<QuotaConsumer>> {
    let scope = Scope::Namespace(client.namespace().to_owned());
    let mut found = Vec::new();
    let listed = client
        .list::<Pod>(&scope, &ListOptions::default(), |page| match page {
            Page::Items(pods) => found.extend(pods.iter().filter_map(|one| pod(one, now))),
            Page::Restart => found.clear(),
        })
        .await;
    let listed = listed.map(|_| std::mem::take(&mut found));
    Ok(unless_forbidden(listed, skipped, "list", Pod::PLURAL, client.namespace())?.unwrap_or_default())
}

/// Who controls the ReplicaSets and Jobs among the owners.
async fn owners(client: &Client, consumers: &[QuotaConsumer], skipped: &mut Vec<Skipped>) -> Result<Owners> {
    let mut owners = Owners::new();
    for kind in [replica_set_kind(), kind_of("batch", "Job", "jobs")] {
        if !consumers.iter().any(|one| one.owner.kind == kind.kind) {
            continue;
        }
        let found = dynamic_list::metadata(client, &kind, client.namespace()).await;
        let found = unless_forbidden(found, skipped, "list", &kind.resource(), client.namespace())?;
        owners.extend(found.into_iter().flatten().filter_map(|metadata| {
            Some((Owner::new(&kind.kind, &metadata.name), Owner::controlling(&metadata)?))
        }));
    }
    Ok(owners)
}
