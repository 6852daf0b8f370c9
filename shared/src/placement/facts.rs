//! What a simulation starts from.

use crate::model::{
    CsiDriver, CsiNode, Namespace, Node, PersistentVolume, PersistentVolumeClaim, StorageClass,
    VolumeAttachment,
};

/// The objects beside pods that decide where pods run. A list that could not be read is `None`: pods for which it
/// matters are then not modeled.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// All nodes, drained ones too.
    pub nodes: Vec<Node>,
    /// All namespaces, for their labels.
    pub namespaces: Option<Vec<Namespace>>,
    /// Storage.
    pub storage: StorageFacts,
    /// The extended resources that DeviceClasses serve (`spec.extendedResourceName`, or
    /// `deviceclass.resource.kubernetes.io/NAME`).
    pub device_class_resources: Vec<String>,
}

/// Storage objects.
#[derive(Clone, Debug, Default)]
pub struct StorageFacts {
    /// Claims of all namespaces.
    pub claims: Option<Vec<PersistentVolumeClaim>>,
    /// Volumes.
    pub volumes: Option<Vec<PersistentVolume>>,
    /// Classes.
    pub classes: Option<Vec<StorageClass>>,
    /// The drivers of nodes, for their limits.
    pub csi_nodes: Option<Vec<CsiNode>>,
    /// Attached volumes, which count for the limits.
    pub attachments: Option<Vec<VolumeAttachment>>,
    /// Drivers; those that report free capacity are not modeled.
    pub drivers: Option<Vec<CsiDriver>>,
}
