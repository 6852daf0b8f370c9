//! Quotas among the manifests: what they would count from the start.
//!
//! The server enforces a quota once its controller has counted what is there, some tens of milliseconds after the
//! quota was created. Here it holds for all objects after it, as if one had waited for that.

use serde_json::Value;

use super::ClusterSnapshot;
use crate::{
    admission::{quota_facts::QuotaFacts, simulator::Simulator},
    manifest::{
        Manifest,
        apply::{Lists, applied},
        changed::says_nothing_new,
    },
};

/// The quotas that the manifests make or change. One that can't be read is refused later.
pub fn among<'a>(
    manifests: &'a [Manifest],
    existing: impl Fn(&Manifest) -> Option<&'a Value> + 'a,
) -> impl Iterator<Item = QuotaFacts> + 'a {
    let quotas = manifests.iter().filter(|manifest| manifest.kind.is("", "ResourceQuota"));
    quotas.filter_map(move |manifest| {
        let value = match existing(manifest) {
            Some(live) if says_nothing_new(&manifest.value["spec"], &live["spec"]) => return None,
            Some(live) => applied(live, &manifest.value, Lists::ByKey),
            None => manifest.value.clone(),
        };
        QuotaFacts::of_manifest(&value, &manifest.namespace).ok()
    })
}

/// Lets the quotas among the manifests count from the start, each from what is there.
pub fn add_pending(manifests: &[Manifest], snapshot: &ClusterSnapshot, simulator: &mut Simulator) {
    let existing = |manifest: &Manifest| snapshot.existing.get(&manifest.key()?);
    for quota in among(manifests, existing) {
        let counts_of_namespace = snapshot.object_counts.get(&quota.namespace).cloned().unwrap_or_default();
        simulator.add_pending(counts_of_namespace.enforced(quota));
    }
}
