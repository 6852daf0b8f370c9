//! HorizontalPodAutoscalers of a cluster: where they can't be read, there may be some.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ClusterSnapshot;
use crate::{
    Result,
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::Manifest,
    workload::autoscaler::{autoscaler_kind, is_scalable},
};

/// Reads the HorizontalPodAutoscalers of a namespace, of all where it is empty; `None` where they can't be read, with the
/// reason. Every server has them: one that does not serve `autoscaling/v2` (404) serves them in another version.
///
/// # Errors
/// Any failure that is not about this kind alone.
pub async fn read_autoscalers(
    client: &Client,
    namespace: &str,
) -> Result<(Option<Vec<Value>>, Option<Skipped>)> {
    let (kind, options) = (autoscaler_kind(), ListOptions::default());
    let found = dynamic_list::served_objects(client, &kind, namespace, &options).await;
    match found {
        Err(error) if error.is_api(404) => {
            Ok((None, Some(Skipped::list(&kind.resource(), namespace, &error))))
        }
        found => {
            let mut skipped = Vec::new();
            let found = unless_forbidden(found, &mut skipped, "list", &kind.resource(), namespace)?;
            Ok((found, skipped.pop()))
        }
    }
}

impl ClusterSnapshot {
    /// Reads the HorizontalPodAutoscalers that may scale one of these manifests.
    pub(super) async fn read_autoscalers_of(
        &mut self,
        client: &Client,
        manifests: &[Manifest],
    ) -> Result<()> {
        let scalable = manifests.iter().filter(|manifest| is_scalable(&manifest.kind));
        let namespaces: BTreeSet<&str> = scalable.map(|manifest| manifest.namespace.as_str()).collect();
        let lists = client.bounded(namespaces, |namespace| read_autoscalers(client, namespace));
        for read in lists.await {
            let (found, skipped) = read?;
            self.add_existing(&autoscaler_kind(), found.into_iter().flatten());
            self.skipped.extend(skipped);
        }
        Ok(())
    }
}
