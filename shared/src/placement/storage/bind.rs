//! Whether a node reaches a pod's volumes, and which it would get there (`plugins/volumebinding/binder.go`).

use std::collections::HashMap;

use super::{PodClaims, Storage, class_of_claim, class_of_volume};
use crate::model::{PersistentVolume, PersistentVolumeClaim};
use crate::placement::label_selector::{LabelSelector, Labels};
use crate::placement::node_affinity;
use crate::placement::refusal::{Reason, Refusal};
use crate::quantity::Quantity;

/// Volumes that simulated pods have been bound to, by name, with namespace and name of the claim.
pub(in crate::placement) type TakenVolumes = HashMap<String, Claim>;

/// Namespace and name of a claim.
type Claim = (String, String);

const SELECTED_NODE: &str = "volume.kubernetes.io/selected-node";
const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";

impl Storage {
    /// Returns the volumes that a pod's unbound claims would be bound to on a node, or why none can be
    /// (`FindPodVolumes`).
    pub(in crate::placement) fn bind(
        &self,
        claims: &PodClaims,
        node: &str,
        labels: &Labels,
        taken: &TakenVolumes,
    ) -> Result<Vec<(String, Claim)>, Refusal> {
        let mut reasons = Vec::new();
        for name in &claims.bound {
            match self.volume(name) {
                None => {
                    reasons.push(Reason::VolumeMissing);
                    break;
                }
                Some(volume) if !reaches(volume, labels) => {
                    reasons.push(Reason::VolumeNodeAffinity);
                    break;
                }
                Some(_) => {}
            }
        }
        let bindings = self.bind_delayed(&claims.delayed, node, labels, taken);
        if bindings.is_none() {
            reasons.push(Reason::NoVolumeToBind);
        }
        match bindings {
            Some(bindings) if reasons.is_empty() => Ok(bindings),
            _ => Err(Refusal { reasons, resolvable: false }),
        }
    }

    fn bind_delayed(
        &self,
        claims: &[PersistentVolumeClaim],
        node: &str,
        labels: &Labels,
        taken: &TakenVolumes,
    ) -> Option<Vec<(String, Claim)>> {
        let mut to_provision = Vec::new();
        let mut to_match = Vec::new();
        for claim in claims {
            match claim.metadata.annotation(SELECTED_NODE) {
                Some(selected) if selected != node => return None,
                Some(_) => to_provision.push(claim),
                None => to_match.push(claim),
            }
        }
        // The smallest claims come first, so that each gets the smallest volume that holds it.
        to_match.sort_by_key(|claim| storage(&claim.spec.resources.requests));
        let mut chosen = Vec::<(String, Claim)>::new();
        for claim in to_match {
            let volumes = self.volumes_of_class.get(class_of_claim(claim)).into_iter().flatten();
            let free = volumes
                .filter(|name| !taken.contains_key(*name) && !chosen.iter().any(|(other, _)| other == *name));
            match find_matching(claim, free.filter_map(|name| self.volume(name)), labels) {
                Some(volume) => chosen.push((volume.metadata.name.clone(), super::key(claim))),
                None => to_provision.push(claim),
            }
        }
        to_provision.into_iter().all(|claim| self.can_provision(claim, labels)).then_some(chosen)
    }

    /// Returns whether a volume can be made on a node (`checkVolumeProvisions`).
    fn can_provision(&self, claim: &PersistentVolumeClaim, labels: &Labels) -> bool {
        let Some(class) = self.class(class_of_claim(claim)) else { return false };
        let terms = &class.allowed_topologies;
        !class.provisioner.is_empty()
            && class.provisioner != NO_PROVISIONER
            && (terms.is_empty()
                || terms.iter().any(|term| {
                    !term.match_label_expressions.is_empty()
                        && term.match_label_expressions.iter().all(|expression| {
                            labels.get(&expression.key).is_some_and(|value| expression.values.contains(value))
                        })
                }))
    }
}

/// Returns the smallest volume that a claim can be bound to (`FindMatchingVolume` in
/// `k8s.io/component-helpers/storage/volume/pv_helpers.go`).
fn find_matching<'a>(
    claim: &PersistentVolumeClaim,
    volumes: impl Iterator<Item = &'a PersistentVolume>,
    labels: &Labels,
) -> Option<&'a PersistentVolume> {
    let (spec, wanted) = (&claim.spec, storage(&claim.spec.resources.requests));
    let selector = spec.selector.as_ref().map(|selector| LabelSelector::new(Some(selector)));
    let mut smallest: Option<(&PersistentVolume, Quantity)> = None;
    for volume in volumes {
        let own = volume.spec.claim_ref.as_ref().map(|reference| {
            (&reference.name, &reference.namespace) == (&claim.metadata.name, &claim.metadata.namespace)
                && (reference.uid.is_empty() || reference.uid == claim.metadata.uid)
        });
        let mode = |mode: &Option<String>| mode.clone().unwrap_or_else(|| "Filesystem".to_owned());
        let attributes = |class: &Option<String>| class.clone().unwrap_or_default();
        let size = storage(&volume.spec.capacity);
        if own == Some(false)
            || size < wanted
            || mode(&spec.volume_mode) != mode(&volume.spec.volume_mode)
            || attributes(&spec.volume_attributes_class_name)
                != attributes(&volume.spec.volume_attributes_class_name)
            || volume.metadata.deletion_timestamp.is_some()
        {
            continue;
        }
        if own == Some(true) {
            return reaches(volume, labels).then_some(volume);
        }
        let matches = volume.status.phase == "Available"
            && selector.as_ref().is_none_or(|selector| selector.matches(&volume.metadata.labels))
            && class_of_volume(volume) == class_of_claim(claim)
            && reaches(volume, labels)
            && spec.access_modes.iter().all(|mode| volume.spec.access_modes.contains(mode));
        if matches && smallest.as_ref().is_none_or(|(_, other)| size < *other) {
            smallest = Some((volume, size));
        }
    }
    smallest.map(|(volume, _)| volume)
}

/// Returns whether a node reaches a volume (`CheckNodeAffinity`).
fn reaches(volume: &PersistentVolume, labels: &Labels) -> bool {
    let required = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref());
    required.is_none_or(|selector| node_affinity::matches(selector, None, labels))
}

fn storage(amounts: &crate::model::Quantities) -> Quantity {
    let text = amounts.get("storage").map(|text| text.as_str().trim());
    text.and_then(|text| Quantity::parse(text).ok()).unwrap_or(Quantity::ZERO)
}
