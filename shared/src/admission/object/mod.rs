//! Objects as admission looks at them: plain values.

mod claim;
mod device_claim;
mod pod;
pub mod qos;
mod service;

pub use claim::ClaimFacts;
pub use device_claim::DeviceClaimFacts;
pub use pod::PodFacts;
pub use service::ServiceFacts;

use crate::model::kind::{Kind, kind_of};

/// An object that is to be created, or that exists.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for kinds without one.
    pub namespace: String,
    /// Its name; `web-*` where the server will make one up.
    pub name: String,
    /// What quotas look at.
    pub body: ObjectKind,
}

/// What quotas look at, by kind.
#[derive(Clone, Debug)]
pub enum ObjectKind {
    /// A pod.
    Pod(Box<PodFacts>),
    /// A service.
    Service(ServiceFacts),
    /// A claim of a volume.
    Claim(Box<ClaimFacts>),
    /// A claim of devices.
    DeviceClaim(DeviceClaimFacts),
    /// Anything else: it counts as one.
    Counted,
}

impl Object {
    /// A pod.
    pub fn pod(namespace: &str, name: &str, facts: PodFacts) -> Self {
        Self {
            kind: kind_of("", "Pod", "pods"),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            body: ObjectKind::Pod(Box::new(facts)),
        }
    }

    /// The server's way to say that this may not be (`admission.NewForbidden`).
    pub fn forbidden(&self, why: &str) -> String {
        format!("{} \"{}\" is forbidden: {why}", self.kind.resource(), self.name)
    }

    /// The server's way to say that this is wrong (`apierrors.NewInvalid`).
    pub fn invalid(&self, why: &str) -> String {
        format!("{} \"{}\" is invalid: {why}", self.kind.full_name(), self.name)
    }
}
