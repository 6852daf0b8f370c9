//! Zone labels of volumes (`plugins/volumezone/volume_zone.go`).

use super::{PodClaims, Storage};
use crate::model::PersistentVolume;
use crate::placement::label_selector::Labels;
use crate::placement::refusal::{Reason, Refusal};

/// Labels of places, beta ones first, each with its name of now.
const TOPOLOGY_LABELS: [(&str, &str); 4] = [
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("topology.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("topology.kubernetes.io/region", "topology.kubernetes.io/region"),
];

impl Storage {
    /// Checks that a node is in the zones of a pod's bound volumes; a node without any such label is everywhere.
    pub(in crate::placement) fn check_zones(
        &self,
        claims: &PodClaims,
        labels: &Labels,
    ) -> Result<(), Refusal> {
        if !TOPOLOGY_LABELS.iter().any(|(label, _)| labels.contains_key(*label)) {
            return Ok(());
        }
        let mut volumes = claims.bound.iter().filter_map(|name| self.volume(name));
        match volumes.all(|volume| is_in_zone(volume, labels)) {
            true => Ok(()),
            false => Err(Refusal::final_for(Reason::VolumeZone)),
        }
    }
}

fn is_in_zone(volume: &PersistentVolume, labels: &Labels) -> bool {
    TOPOLOGY_LABELS.iter().all(|(label, now)| {
        let Some(zones) = volume.metadata.labels.get(*label) else { return true };
        let mut zones = zones.split("__").map(str::trim);
        // A label with an empty zone is passed over.
        if zones.clone().any(str::is_empty) {
            return true;
        }
        labels.get(*label).or_else(|| labels.get(*now)).is_some_and(|own| zones.any(|zone| zone == own))
    })
}
