//! The claims of a pod, and whether they let it be scheduled at all.

use super::{Storage, ephemeral_claim};
use crate::model::wide_pod::{EphemeralVolumeSource, Volume, WidePodSpec};
use crate::model::{PersistentVolumeClaim, WidePod};
use crate::placement::NotModeled;

/// Returns the claims that a pod mounts by name; those of ephemeral volumes are its own.
pub(in crate::placement) fn claim_names(spec: &WidePodSpec) -> Vec<String> {
    let claims = spec.volumes.iter().filter_map(|volume| volume.source.persistent_volume_claim.as_ref());
    claims.map(|claim| claim.claim_name.clone()).collect()
}

/// The claims of a pod that is to be scheduled.
#[derive(Clone, Debug, Default)]
pub(in crate::placement) struct PodClaims {
    /// The names of their volumes.
    pub(super) bound: Vec<String>,
    /// What the scheduler binds once it has chosen a node.
    pub(super) delayed: Vec<PersistentVolumeClaim>,
    /// Those of one pod at a time (`ReadWriteOncePod`).
    pub(in crate::placement) exclusive: Vec<String>,
    /// Why the pod is refused before any node is looked at.
    pub(in crate::placement) rejection: Option<String>,
    pub(in crate::placement) not_modeled: Vec<NotModeled>,
}

impl PodClaims {
    /// Returns whether the pod has no claims.
    pub(in crate::placement) fn is_empty(&self) -> bool {
        self.bound.is_empty() && self.delayed.is_empty()
    }

    /// Returns whether a volume is chosen as the pod is placed.
    pub(in crate::placement) fn is_delayed(&self) -> bool {
        !self.delayed.is_empty()
    }
}

impl Storage {
    /// Sorts a pod's claims as `PreFilter` of VolumeRestrictions, VolumeBinding and VolumeZone do, in this order.
    pub(in crate::placement) fn claims_of(&self, pod: &WidePod) -> PodClaims {
        let mut claims = PodClaims::default();
        let volumes = || pod.spec.volumes.iter().filter(|volume| is_claim(volume));
        if volumes().next().is_none() {
            return claims;
        }
        for (read, plural) in [
            (self.claims.is_some(), "persistentvolumeclaims"),
            (self.volumes.is_some(), "persistentvolumes"),
            (self.classes.is_some(), "storageclasses"),
            (self.limits_read, "csinodes and volumeattachments"),
        ] {
            if !read {
                claims.not_modeled.push(NotModeled::Unread(plural));
            }
        }
        if claims.not_modeled.is_empty() {
            claims.rejection = self.sort_claims(pod, volumes().collect(), &mut claims).err();
        }
        claims
    }

    fn sort_claims(
        &self,
        pod: &WidePod,
        volumes: Vec<&Volume>,
        claims: &mut PodClaims,
    ) -> Result<(), String> {
        let namespace = &pod.metadata.namespace;
        for name in claim_names(&pod.spec) {
            let claim = self.claim(namespace, &name).ok_or_else(|| missing(&name))?;
            if claim.spec.access_modes.iter().any(|mode| mode == "ReadWriteOncePod") {
                claims.exclusive.push(name);
            }
        }
        let mut all = Vec::new();
        for volume in volumes {
            all.push(self.claim_of_volume(pod, volume, claims)?);
        }
        let mut immediate = false;
        for claim in all.into_iter().flatten() {
            let is_bound = !claim.spec.volume_name.is_empty()
                && claim.metadata.annotation("pv.kubernetes.io/bind-completed").is_some();
            if is_bound {
                claims.bound.push(claim.spec.volume_name.clone());
            } else if claim.spec.volume_name.is_empty() && self.is_delayed(&claim) {
                self.note_capacity(&claim, claims);
                claims.delayed.push(claim);
            } else {
                immediate = true;
            }
        }
        if immediate {
            return Err("pod has unbound immediate PersistentVolumeClaims".to_owned());
        }
        match claims.bound.iter().find(|name| self.volume(name).is_none()) {
            Some(name) => Err(format!("persistentvolume \"{name}\" not found")),
            None => Ok(()),
        }
    }

    /// Returns the claim behind a volume (`podHasPVCs` in `plugins/volumebinding/volume_binding.go`); `None` for one that
    /// is still to be made and whose place nobody can foretell.
    fn claim_of_volume(
        &self,
        pod: &WidePod,
        volume: &Volume,
        claims: &mut PodClaims,
    ) -> Result<Option<PersistentVolumeClaim>, String> {
        let namespace = &pod.metadata.namespace;
        let (name, ephemeral) = match (&volume.source.persistent_volume_claim, &volume.source.ephemeral) {
            (Some(claim), _) => (claim.claim_name.clone(), None),
            (None, ephemeral) => (ephemeral_claim(pod, &volume.name), ephemeral.as_ref()),
        };
        if let Some(ephemeral) = ephemeral.filter(|_| pod.metadata.uid.is_empty()) {
            let claim = new_claim(namespace, name, ephemeral);
            if self.is_delayed(&claim) {
                return Ok(Some(claim));
            }
            claims.not_modeled.push(NotModeled::ImmediateClaim(claim.metadata.slim.name));
            return Ok(None);
        }
        let Some(claim) = self.claim(namespace, &name) else {
            return Err(match ephemeral {
                Some(_) => format!(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                ),
                None => missing(&name),
            });
        };
        if claim.status.phase == "Lost" {
            let volume = &claim.spec.volume_name;
            return Err(format!(
                "persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{volume}\""
            ));
        }
        if claim.metadata.deletion_timestamp.is_some() {
            return Err(format!("persistentvolumeclaim \"{name}\" is being deleted"));
        }
        let owner = claim.metadata.controller();
        if ephemeral.is_some() && owner.is_none_or(|owner| owner.uid != pod.metadata.uid) {
            let owner = format!("{namespace}/{}", pod.metadata.name);
            return Err(format!("PVC {namespace}/{name} was not created for pod {owner} (pod is not owner)"));
        }
        Ok(Some(claim.clone()))
    }

    /// Returns whether a claim waits for a node (`IsDelayBindingMode`).
    fn is_delayed(&self, claim: &PersistentVolumeClaim) -> bool {
        let class = self.class(super::class_of_claim(claim));
        class.is_some_and(|class| class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"))
    }

    /// Notes a driver whose free capacity decides where a volume can be made (`hasEnoughCapacity`).
    fn note_capacity(&self, claim: &PersistentVolumeClaim, claims: &mut PodClaims) {
        let Some(class) = self.class(super::class_of_claim(claim)) else { return };
        let Some(drivers) = &self.drivers else {
            claims.not_modeled.push(NotModeled::Unread("csidrivers"));
            return;
        };
        let driver = drivers.get(&class.provisioner);
        if driver.is_some_and(|driver| driver.spec.storage_capacity == Some(true)) {
            claims.not_modeled.push(NotModeled::StorageCapacity(class.provisioner.clone()));
        }
    }
}

fn is_claim(volume: &Volume) -> bool {
    volume.source.persistent_volume_claim.is_some() || volume.source.ephemeral.is_some()
}

fn missing(name: &str) -> String {
    format!("persistentvolumeclaim \"{name}\" not found")
}

/// Returns the claim that the ephemeral volume controller will make for a pod that is to come.
pub(super) fn new_claim(
    namespace: &str,
    name: String,
    source: &EphemeralVolumeSource,
) -> PersistentVolumeClaim {
    let template = source.volume_claim_template.clone().unwrap_or_default();
    let mut claim =
        PersistentVolumeClaim { metadata: template.metadata, spec: template.spec, ..Default::default() };
    claim.metadata.slim.name = name;
    claim.metadata.slim.namespace = namespace.to_owned();
    claim
}
