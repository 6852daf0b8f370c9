//! What goes with a pod: emptyDir volumes, files of the node, volumes of the node.

use shared::model::{PersistentVolume, PersistentVolumeClaim, WidePod, wide_pod::Volume};

use super::Found;
use crate::{
    facts::Facts,
    flags::DecisionFlags,
    verdict::{ReasonCode, Verdict},
};

/// The annotation that lets cluster-autoscaler evict a pod in spite of these volumes. It does not speak for everybody who drains.
const SAFE_VOLUMES: &str = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";

/// Finds what an eviction of a pod would delete or leave behind.
pub fn local_data(pod: &WidePod, flags: &DecisionFlags, facts: &Facts) -> Vec<Found> {
    let mut found = Vec::new();
    let volumes = &pod.spec.volumes;
    let described = |describe: fn(&Volume) -> Option<String>| {
        volumes.iter().filter_map(describe).collect::<Vec<_>>().join(", ")
    };
    let empty = described(empty_dir);
    if !empty.is_empty() {
        let mut message = format!("emptyDir volumes are deleted with it: {empty}");
        if let Some(names) = pod.metadata.annotation(SAFE_VOLUMES) {
            message.push_str(&format!("; its annotation {SAFE_VOLUMES} gives up {names}"));
        }
        found.push(match flags.delete_emptydir_data {
            true => Found::noted(ReasonCode::EmptyDir, message),
            false => Found::deciding(ReasonCode::EmptyDir, Verdict::Blocked, message)
                .with_fix("--delete-emptydir-data"),
        });
    }
    let paths = described(host_path);
    if !paths.is_empty() {
        found.push(Found::noted(ReasonCode::HostPath, format!("it uses files of the node: {paths}")));
    }
    let local = local_volumes(pod, facts);
    if !local.is_empty() {
        let message = format!("it uses volumes that only this node has: {}", local.join(", "));
        found.push(Found::noted(ReasonCode::LocalVolume, message));
    }
    found
}

/// Returns what of a pod's data can't leave its node, if anything: files of the node, or a volume that only it has.
pub fn bound_data(pod: &WidePod, facts: &Facts) -> Option<String> {
    let path = pod.spec.volumes.iter().find_map(|volume| volume.source.host_path.as_ref());
    let path = path.map(|path| format!("hostPath {}", path.path));
    path.or_else(|| local_volumes(pod, facts).first().map(|volume| format!("volume {volume}")))
}

/// Returns the volumes of a pod that only its node has: `pv-1 (claim data, /mnt/disk)`.
fn local_volumes(pod: &WidePod, facts: &Facts) -> Vec<String> {
    let local = claims_of(pod, facts).filter_map(|(claim, volume)| {
        let source = &volume.spec.source;
        let path = match (&source.local, &source.host_path) {
            (Some(local), _) => &local.path,
            (None, Some(path)) => &path.path,
            (None, None) => return None,
        };
        Some(format!("{} (claim {}, {path})", volume.metadata.name, claim.metadata.name))
    });
    local.collect()
}

fn empty_dir(volume: &Volume) -> Option<String> {
    let empty = volume.source.empty_dir.as_ref()?;
    let medium = (!empty.medium.is_empty()).then(|| empty.medium.clone());
    let size = empty.size_limit.as_ref().map(|size| format!("up to {}", size.as_str()));
    let details: Vec<_> = medium.into_iter().chain(size).collect();
    Some(match details.is_empty() {
        true => volume.name.clone(),
        false => format!("{} ({})", volume.name, details.join(", ")),
    })
}

fn host_path(volume: &Volume) -> Option<String> {
    let path = volume.source.host_path.as_ref()?;
    Some(format!("{} ({})", path.path, volume.name))
}

/// Returns the claims of a pod that are bound, with their volumes.
pub fn claims_of<'a>(
    pod: &'a WidePod,
    facts: &'a Facts,
) -> impl Iterator<Item = (&'a PersistentVolumeClaim, &'a PersistentVolume)> {
    let names = pod.spec.volumes.iter().filter_map(|volume| match &volume.source {
        source if source.ephemeral.is_some() => Some(format!("{}-{}", pod.metadata.name, volume.name)),
        source => source.persistent_volume_claim.as_ref().map(|claim| claim.claim_name.clone()),
    });
    names.filter_map(move |name| {
        let claims = facts.storage.claims.as_deref().unwrap_or_default();
        let namespace = &pod.metadata.namespace;
        let claim =
            claims.iter().find(|one| one.metadata.name == name && one.metadata.namespace == *namespace)?;
        let volumes = facts.storage.volumes.as_deref().unwrap_or_default();
        let volume = volumes.iter().find(|one| one.metadata.name == claim.spec.volume_name)?;
        Some((claim, volume))
    })
}
