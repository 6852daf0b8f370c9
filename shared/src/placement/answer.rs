//! What a simulation can say for certain.

use std::fmt;

/// Whether a pod gets a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// It does, whatever order and tie-breaks the scheduler chooses.
    Yes,
    /// It does not, whatever order and tie-breaks the scheduler chooses.
    No,
    /// It depends, or something decides that is not modeled.
    Unknown,
}

/// What decides about a pod's place and is not simulated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NotModeled {
    /// Devices of `spec.resourceClaims`.
    ResourceClaims,
    /// Devices behind an extended resource, which a DeviceClass serves.
    DeviceClass(String),
    /// Another scheduler.
    OtherScheduler(String),
    /// Gates that somebody must lift.
    SchedulingGates(Vec<String>),
    /// A group that is scheduled as one.
    SchedulingGroup,
    /// Features that nodes declare.
    NodeFeatures,
    /// A volume driver inside Kubernetes, whose disks exclude each other.
    InTreeVolume(String),
    /// A claim that is bound before its pod is scheduled, and will be new.
    ImmediateClaim(String),
    /// A driver that tells the scheduler about free capacity.
    StorageCapacity(String),
    /// A list that could not be read, by plural.
    Unread(&'static str),
    /// A quantity that cannot be read.
    Quantity(String),
    /// A pod that lower priorities would make room for.
    Preemption {
        /// How many pods of lower priority stand on the node that needs the fewest to go.
        victims: usize,
        /// That node.
        node: String,
    },
    /// More pods compete for the same places than can be followed.
    Contention,
}

impl fmt::Display for NotModeled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ResourceClaims => f.write_str("it claims devices (resourceClaims)"),
            Self::DeviceClass(resource) => write!(f, "a DeviceClass serves its request of {resource}"),
            Self::OtherScheduler(name) => write!(f, "the scheduler {name} places it"),
            Self::SchedulingGates(gates) => write!(f, "scheduling gates hold it: {}", gates.join(", ")),
            Self::SchedulingGroup => f.write_str("it is scheduled with its PodGroup"),
            Self::NodeFeatures => f.write_str("it needs features that nodes declare"),
            Self::InTreeVolume(kind) => write!(f, "it mounts a {kind} volume directly"),
            Self::ImmediateClaim(name) => {
                write!(f, "its new claim {name} is bound before the scheduler chooses a node")
            }
            Self::StorageCapacity(driver) => write!(f, "the driver {driver} reports free capacity per node"),
            Self::Unread(plural) => write!(f, "{plural} could not be listed"),
            Self::Quantity(text) => write!(f, "a quantity cannot be read: {text}"),
            Self::Preemption { victims: 1, node } => {
                write!(f, "it fits only if a pod of lower priority is preempted, on {node} for instance")
            }
            Self::Preemption { victims, node } => {
                write!(f, "it fits only if pods of lower priority are preempted, {victims} of them on {node}")
            }
            Self::Contention => f.write_str("other pods compete for the same places"),
        }
    }
}
