//! Pending quotas: those that the manifests create or change.
//!
//! The server enforces a quota once its controller has counted the existing objects, some tens of milliseconds
//! after the quota was created. The simulation enforces it for all objects after it, as if one had waited for that.

use super::ClusterSnapshot;
use crate::{
    admission::{quota_facts::QuotaFacts, simulator::Simulator},
    manifest::{
        Manifest,
        apply::{Lists, applied},
        changed::says_nothing_new,
    },
};

impl ClusterSnapshot {
    /// Returns the quotas that the manifests create or change. One that can't be read is refused later.
    pub fn pending_quotas(&self, manifests: &[Manifest]) -> Vec<QuotaFacts> {
        let quotas = manifests.iter().filter(|manifest| manifest.kind.is("", "ResourceQuota"));
        let pending = quotas.filter_map(|manifest| {
            let value = match self.existing_of(manifest) {
                Some(live) if says_nothing_new(&manifest.value["spec"], &live["spec"]) => return None,
                Some(live) => applied(live, &manifest.value, Lists::ByKey),
                None => manifest.value.clone(),
            };
            QuotaFacts::from_manifest(&value, &manifest.namespace).ok()
        });
        pending.collect()
    }

    /// Adds the quotas that the manifests create or change to a simulator, each with the usage it will start from.
    pub fn add_pending_quotas(&self, manifests: &[Manifest], simulator: &mut Simulator) {
        for quota in self.pending_quotas(manifests) {
            let counts = self.object_counts.get(&quota.namespace).cloned().unwrap_or_default();
            simulator.add_pending(counts.enforced(quota));
        }
    }
}
