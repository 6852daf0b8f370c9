//! Claims, volumes, classes and drivers: the facts, and the filters that ask for them.

mod attach_limits;
mod bind;
mod claims;
mod zone;

use std::collections::HashMap;

pub(super) use bind::TakenVolumes;
pub(super) use claims::{PodClaims, claim_names};

use super::facts::StorageFacts;
use crate::model::wide_pod::WidePodSpec;
use crate::model::{
    CsiDriver, CsiNode, Node, PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment,
    WidePod,
};

/// A volume that a node attaches, as its driver names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attachable {
    pub(super) driver: String,
    pub(super) handle: String,
}

/// The storage of a cluster. A list that could not be read is `None`.
#[derive(Debug, Default)]
pub(super) struct Storage {
    claims: Option<HashMap<(String, String), PersistentVolumeClaim>>,
    volumes: Option<HashMap<String, PersistentVolume>>,
    /// The volumes of each class, in order of their names.
    volumes_of_class: HashMap<String, Vec<String>>,
    classes: Option<HashMap<String, StorageClass>>,
    drivers: Option<HashMap<String, CsiDriver>>,
    /// For every node the drivers with a limit.
    limits: Vec<HashMap<String, i64>>,
    /// For every node the volumes that are attached to it.
    attached: Vec<Vec<Attachable>>,
    /// Whether limits could be read at all.
    limits_read: bool,
}

const CLASS_ANNOTATION: &str = "volume.beta.kubernetes.io/storage-class";

/// Returns a claim's class; empty for none (`GetPersistentVolumeClaimClass`).
fn class_of_claim(claim: &PersistentVolumeClaim) -> &str {
    let annotated = claim.metadata.annotation(CLASS_ANNOTATION);
    annotated.or(claim.spec.storage_class_name.as_deref()).unwrap_or_default()
}

/// Returns a volume's class; empty for none (`GetPersistentVolumeClass`).
fn class_of_volume(volume: &PersistentVolume) -> &str {
    volume.metadata.annotation(CLASS_ANNOTATION).unwrap_or(&volume.spec.storage_class_name)
}

impl Storage {
    pub(super) fn new(facts: StorageFacts, nodes: &[Node]) -> Self {
        let by_name = |volume: PersistentVolume| (volume.metadata.name.clone(), volume);
        let volumes = facts.volumes.map(|list| list.into_iter().map(by_name).collect::<HashMap<_, _>>());
        let mut volumes_of_class = HashMap::<_, Vec<_>>::new();
        for (name, volume) in volumes.iter().flatten() {
            volumes_of_class.entry(class_of_volume(volume).to_owned()).or_default().push(name.clone());
        }
        volumes_of_class.values_mut().for_each(|names| names.sort());
        let limits_read = facts.csi_nodes.is_some() && facts.attachments.is_some();
        let (limits, attached) = per_node(nodes, facts.csi_nodes, facts.attachments, volumes.as_ref());
        Self {
            claims: facts.claims.map(|claims| claims.into_iter().map(|claim| (key(&claim), claim)).collect()),
            volumes,
            volumes_of_class,
            classes: facts.classes.map(|classes| {
                classes.into_iter().map(|class| (class.metadata.name.clone(), class)).collect()
            }),
            drivers: facts.drivers.map(|drivers| {
                drivers.into_iter().map(|driver| (driver.metadata.name.clone(), driver)).collect()
            }),
            limits,
            attached,
            limits_read,
        }
    }

    pub(super) fn claim(&self, namespace: &str, name: &str) -> Option<&PersistentVolumeClaim> {
        self.claims.as_ref()?.get(&(namespace.to_owned(), name.to_owned()))
    }

    fn volume(&self, name: &str) -> Option<&PersistentVolume> {
        self.volumes.as_ref()?.get(name)
    }

    fn class(&self, name: &str) -> Option<&StorageClass> {
        self.classes.as_ref()?.get(name)
    }
}

fn key(claim: &PersistentVolumeClaim) -> (String, String) {
    (claim.metadata.namespace.clone(), claim.metadata.name.clone())
}

type PerNode = (Vec<HashMap<String, i64>>, Vec<Vec<Attachable>>);

/// Sorts limits and attachments by node (`getVolumeLimits`, `getNodeVolumeAttachmentInfo` in `plugins/nodevolumelimits`).
fn per_node(
    nodes: &[Node],
    csi_nodes: Option<Vec<CsiNode>>,
    attachments: Option<Vec<VolumeAttachment>>,
    volumes: Option<&HashMap<String, PersistentVolume>>,
) -> PerNode {
    let position: HashMap<_, _> =
        nodes.iter().enumerate().map(|(number, node)| (node.metadata.name.as_str(), number)).collect();
    let (mut limits, mut attached) = (vec![HashMap::new(); nodes.len()], vec![Vec::new(); nodes.len()]);
    for csi_node in csi_nodes.into_iter().flatten() {
        let Some(node) = position.get(csi_node.metadata.name.as_str()) else { continue };
        for driver in csi_node.spec.drivers {
            if let Some(count) = driver.allocatable.and_then(|allocatable| allocatable.count) {
                limits[*node].insert(driver.name, i64::from(count));
            }
        }
    }
    for attachment in attachments.into_iter().flatten() {
        let Some(node) = position.get(attachment.spec.node_name.as_str()) else { continue };
        let name = attachment.spec.source.persistent_volume_name.as_deref();
        let volume = name.and_then(|name| volumes?.get(name));
        if let Some(csi) = volume.and_then(|volume| volume.spec.source.csi.as_ref())
            && !attachment.spec.attacher.is_empty()
        {
            let handle = csi.volume_handle.clone();
            attached[*node].push(Attachable { driver: attachment.spec.attacher, handle });
        }
    }
    (limits, attached)
}

/// Returns the name of an ephemeral volume's claim (`ephemeral.VolumeClaimName`).
fn ephemeral_claim(pod: &WidePod, volume: &str) -> String {
    format!("{}-{volume}", pod.metadata.name)
}

/// Returns the driver inside Kubernetes whose volume a pod mounts without a claim, and which keeps others from the disk.
pub(super) fn exclusive_volume(spec: &WidePodSpec) -> Option<&'static str> {
    spec.volumes.iter().find_map(|volume| {
        let source = &volume.source;
        let kinds = [
            (&source.gce_persistent_disk, "gcePersistentDisk"),
            (&source.aws_elastic_block_store, "awsElasticBlockStore"),
            (&source.iscsi, "iscsi"),
            (&source.rbd, "rbd"),
            (&source.cinder, "cinder"),
            (&source.azure_disk, "azureDisk"),
        ];
        kinds.into_iter().find_map(|(source, kind)| source.as_ref().map(|_| kind))
    })
}
