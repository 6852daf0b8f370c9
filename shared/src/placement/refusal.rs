//! Why a node is refused, in the scheduler's words.
//!
//! The texts are those of `k8s.io/kubernetes/pkg/scheduler/framework/plugins`; they are the same in 1.34 to 1.37.

use super::resource_names::ResourceNames;

/// One reason of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Unschedulable,
    Taint,
    NodeAffinity,
    /// The node is not among those that a required `metadata.name` leaves.
    NotNamed,
    Ports,
    TooManyPods,
    /// By index in the cluster's resource names.
    Insufficient(usize),
    ReadWriteOncePod,
    VolumeCount,
    VolumeNodeAffinity,
    NoVolumeToBind,
    VolumeMissing,
    VolumeZone,
    SpreadLabel,
    Spread,
    Affinity,
    AntiAffinity,
    ExistingAntiAffinity,
}

impl Reason {
    pub(super) fn text(&self, resources: &ResourceNames) -> String {
        let text = match self {
            Self::Unschedulable => "node(s) were unschedulable",
            Self::Taint => "node(s) had untolerated taint(s)",
            Self::NodeAffinity => "node(s) didn't match Pod's node affinity/selector",
            Self::NotNamed => "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            Self::Ports => "node(s) didn't have free ports for the requested pod ports",
            Self::TooManyPods => "Too many pods",
            Self::Insufficient(resource) => return format!("Insufficient {}", resources.name(*resource)),
            Self::ReadWriteOncePod => {
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"
            }
            Self::VolumeCount => "node(s) exceed max volume count",
            Self::VolumeNodeAffinity => "node(s) didn't match PersistentVolume's node affinity",
            Self::NoVolumeToBind => "node(s) didn't find available persistent volumes to bind",
            Self::VolumeMissing => {
                "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"
            }
            Self::VolumeZone => "node(s) had no available volume zone",
            Self::SpreadLabel => {
                "node(s) didn't match pod topology spread constraints (missing required label)"
            }
            Self::Spread => "node(s) didn't match pod topology spread constraints",
            Self::Affinity => "node(s) didn't match pod affinity rules",
            Self::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Self::ExistingAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules",
        };
        text.to_owned()
    }
}

/// What the first filter that refuses a node says; only `NodeResourcesFit` and `VolumeBinding` have several reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) reasons: Vec<Reason>,
    /// Whether the node could take the pod if pods of lower priority left it (`Unschedulable`, not
    /// `UnschedulableAndUnresolvable`).
    pub(super) resolvable: bool,
}

impl Refusal {
    pub(super) fn final_for(reason: Reason) -> Self {
        Self { reasons: vec![reason], resolvable: false }
    }

    pub(super) fn resolvable(reason: Reason) -> Self {
        Self { reasons: vec![reason], resolvable: true }
    }
}
