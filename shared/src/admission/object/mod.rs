//! Objects as admission evaluates them: plain values.

mod claim;
mod device_claim;
mod pod;
pub mod qos;
mod service;

pub use claim::ClaimFacts;
pub use device_claim::DeviceClaimFacts;
pub use pod::PodFacts;
pub use service::ServiceFacts;

use super::{facts::ClusterFacts, version::Version};
use crate::model::kind::{Kind, kind_of};

/// An object of a request, new or existing.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for kinds without one.
    pub namespace: String,
    /// Its name; `web-*` where the server generates it.
    pub name: String,
    /// What admission evaluates.
    pub body: ObjectKind,
}

/// What admission evaluates, by kind.
#[derive(Clone, Debug)]
pub enum ObjectKind {
    /// Returns a pod.
    Pod(Box<PodFacts>),
    /// A service.
    Service(ServiceFacts),
    /// A claim of a volume.
    Claim(Box<ClaimFacts>),
    /// A claim of devices.
    DeviceClaim(DeviceClaimFacts),
    /// Anything else, of which only the number counts.
    Counted,
}

impl Object {
    /// Returns a pod.
    pub fn pod(namespace: &str, name: &str, facts: PodFacts) -> Self {
        Self {
            kind: kind_of("", "Pod", "pods"),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            body: ObjectKind::Pod(Box::new(facts)),
        }
    }

    /// Returns the object as servers of this version count it.
    pub fn of_version(mut self, version: Version) -> Self {
        self.body = match self.body {
            ObjectKind::Pod(pod) => ObjectKind::Pod(Box::new(pod.of_version(version))),
            ObjectKind::DeviceClaim(claim) => ObjectKind::DeviceClaim(DeviceClaimFacts { version, ..claim }),
            other => other,
        };
        self
    }

    /// Returns the object as a cluster of these facts counts it.
    pub fn of_cluster(mut self, facts: &ClusterFacts) -> Self {
        self = self.of_version(facts.version);
        if let (ObjectKind::DeviceClaim(claim), Some(classes)) = (&mut self.body, &facts.device_classes) {
            *claim = std::mem::take(claim).of_classes(classes);
        }
        self
    }

    /// Returns the server's message for a forbidden request (`admission.NewForbidden`).
    pub fn forbidden(&self, why: &str) -> String {
        format!("{} \"{}\" is forbidden: {why}", self.kind.resource(), self.name)
    }

    /// Returns the server's message for an invalid object (`apierrors.NewInvalid`).
    pub fn invalid(&self, why: &str) -> String {
        format!("{} \"{}\" is invalid: {why}", self.kind.full_name(), self.name)
    }
}
