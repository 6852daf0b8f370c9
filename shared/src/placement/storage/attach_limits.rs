//! How many volumes a node attaches (`plugins/nodevolumelimits/csi.go`).

use std::collections::HashMap;

use super::{Attachable, Storage, class_of_claim, ephemeral_claim};
use crate::model::{PersistentVolumeClaim, WidePod};
use crate::placement::node_state::{NodeId, NodeState};
use crate::placement::refusal::{Reason, Refusal};

impl Storage {
    /// Returns the volumes that a node attaches for a pod. Without any limit in the cluster nobody asks.
    pub(in crate::placement) fn attachable_volumes(&self, pod: &WidePod) -> Vec<Attachable> {
        if self.limits.iter().all(HashMap::is_empty) {
            return Vec::new();
        }
        let mut volumes = Vec::new();
        for volume in &pod.spec.volumes {
            let name = match (&volume.source.persistent_volume_claim, &volume.source.ephemeral) {
                (Some(claim), _) => claim.claim_name.clone(),
                (None, Some(_)) => ephemeral_claim(pod, &volume.name),
                (None, None) => continue,
            };
            let attachable = match (self.claim(&pod.metadata.namespace, &name), &volume.source.ephemeral) {
                (Some(claim), _) => self.attachable(claim),
                (None, Some(source)) => {
                    self.attachable(&super::claims::new_claim(&pod.metadata.namespace, name, source))
                }
                (None, None) => None,
            };
            // Volumes are a set: one mounted twice is attached once.
            volumes.extend(attachable.filter(|volume| !volumes.contains(volume)));
        }
        volumes
    }

    /// Returns driver and handle behind a claim; one that is not bound yet has a handle of its own
    /// (`getCSIDriverInfo`).
    fn attachable(&self, claim: &PersistentVolumeClaim) -> Option<Attachable> {
        if let Some(volume) = self.volume(&claim.spec.volume_name) {
            let csi = volume.spec.source.csi.as_ref()?;
            return Some(Attachable { driver: csi.driver.clone(), handle: csi.volume_handle.clone() })
                .filter(|volume| !volume.driver.is_empty() && !volume.handle.is_empty());
        }
        let class = self.class(class_of_claim(claim))?;
        let handle = format!("{}/{}", claim.metadata.namespace, claim.metadata.name);
        Some(Attachable { driver: class.provisioner.clone(), handle })
    }

    /// Checks whether a node attaches more volumes.
    pub(in crate::placement) fn check_limits(
        &self,
        wanted: &[Attachable],
        id: NodeId,
        node: &NodeState,
    ) -> Result<(), Refusal> {
        let limits = &self.limits[id];
        if wanted.is_empty() || limits.is_empty() {
            return Ok(());
        }
        let mut attached = HashMap::<&str, i64>::new();
        let outside = self.attached[id].iter().filter(|volume| !node.volumes.contains_key(*volume));
        let mut counted = Vec::new();
        for volume in node.volumes.keys().chain(outside) {
            if !counted.contains(&volume) {
                counted.push(volume);
                *attached.entry(&volume.driver).or_default() += 1;
            }
        }
        let mut new = HashMap::<&str, i64>::new();
        for volume in wanted.iter().filter(|volume| !node.volumes.contains_key(*volume)) {
            *new.entry(&volume.driver).or_default() += 1;
        }
        let exceeds = |(driver, count): (&&str, &i64)| {
            let limit = limits.get(*driver);
            limit.is_some_and(|limit| attached.get(driver).unwrap_or(&0) + count > *limit)
        };
        if new.iter().any(exceeds) { Err(Refusal::resolvable(Reason::VolumeCount)) } else { Ok(()) }
    }
}
