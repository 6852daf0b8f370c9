//! What the controllers of new workloads adopt.

use super::{ClusterSnapshot, SnapshotRequest, terminating};
use crate::{
    Result,
    client::{Client, ListOptions, dynamic_list},
    manifest::Manifest,
    model::misfit_of_path,
    workload::adoption::{adopted_kind, is_adopted},
};

/// Reads what the workloads of manifests that do not exist yet would adopt, where it is wanted. Whoever may not list it gets
/// a stricter answer, which says so: what is adopted needs no room.
///
/// # Errors
/// Errors other than a refusal.
pub(super) async fn read(
    client: &Client,
    request: &SnapshotRequest<'_>,
    snapshot: &ClusterSnapshot,
) -> Result<ClusterSnapshot> {
    let mut part = ClusterSnapshot::default();
    let is_new = |manifest: &&Manifest| {
        misfit_of_path(&manifest.namespace).is_none() && snapshot.existing_of(manifest).is_none()
    };
    let manifests = if request.orphans { request.manifests } else { &[] };
    let new = manifests.iter().filter(is_new);
    let new = new.filter_map(|manifest| Some((manifest, adopted_kind(&manifest.kind)?)));
    let lists = client.bounded(new.collect::<Vec<_>>(), |(manifest, kind)| {
        let options =
            ListOptions { label_selector: terminating::selector(&manifest.value), field_selector: None };
        async move {
            let found = dynamic_list::objects(client, &kind, &manifest.namespace, &options).await;
            (manifest, kind, found)
        }
    });
    for (manifest, kind, found) in lists.await {
        match found {
            Ok(found) => part.add_existing(&kind, found.into_iter().filter(|one| is_adopted(manifest, one))),
            // The labels of a manifest need not be a selector that the server understands.
            Err(error) if error.is_api(400) => {}
            Err(error) if error.is_api(403) || error.is_api(405) => {
                part.without_orphans.insert((manifest.namespace.clone(), kind.plural));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(part)
}
