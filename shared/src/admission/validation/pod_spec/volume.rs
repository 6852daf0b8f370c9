//! Which volumes of pods the API server calls invalid (`ValidateVolumes`).

use serde_json::Value;

use super::{
    super::{
        claim::claim_spec_complaints,
        enumeration::{Enumeration, enumeration_complaints},
        metadata::dns_label_error,
        plain,
    },
    PodSpec,
    volume_source::source_complaints,
};
use crate::manifest::json::text;

const SOURCES: &[Enumeration] = &[
    Enumeration::with_default(
        "hostPath.type",
        &[
            "",
            "BlockDevice",
            "CharDevice",
            "Directory",
            "DirectoryOrCreate",
            "File",
            "FileOrCreate",
            "Socket",
        ],
    ),
    Enumeration::with_default("image.pullPolicy", &["Always", "IfNotPresent", "Never"]),
];

const AZURE_DISK: &[Enumeration] = &[
    Enumeration::optional("cachingMode", &["None", "ReadOnly", "ReadWrite"]),
    Enumeration::optional("kind", &["Dedicated", "Managed", "Shared"]),
];

/// Validates a disk of Azure (`validateAzureDisk`): the form of its address depends on its kind.
fn azure_disk_complaints(disk: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for field in ["diskName", "diskURI"] {
        if text(&disk[field]).is_empty() {
            complaints.push(format!("{path}.{field}: Required value"));
        }
    }
    complaints.extend(enumeration_complaints(disk, AZURE_DISK, path));
    let (kind, address) = (text(&disk["kind"]), text(&disk["diskURI"]));
    let (start, form) = match kind {
        "Managed" => (
            "/subscriptions/",
            "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
        ),
        _ => ("https://", "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"),
    };
    // Without a kind it is a shared one.
    if !address.starts_with(start) {
        let address = plain(address);
        complaints
            .push(format!("{path}.diskURI: Unsupported value: {address}: supported values: \"{form}\""));
    }
    complaints
}

/// Validates the name of a volume.
fn name_complaint(name: &str, path: &str) -> Option<String> {
    if name.is_empty() {
        return Some(format!("{path}.name: Required value"));
    }
    dns_label_error(name).map(|why| format!("{path}.name: Invalid value: {}: {why}", plain(name)))
}

/// The volumes that containers can mount.
pub(super) struct Volumes<'a>(Vec<&'a str>);

impl<'a> Volumes<'a> {
    /// Reads the volumes of a pod's spec, and returns the complaints about them. What is invalid can't be mounted.
    pub(super) fn new(pod: &PodSpec<'a>) -> (Self, Vec<String>) {
        let (spec, path) = (pod.spec, pod.path);
        let mut complaints = Vec::new();
        let templates = pod.claim_templates.as_array().into_iter().flatten();
        let mut names: Vec<&str> = templates.map(|template| text(&template["metadata"]["name"])).collect();
        for (index, name) in names.iter().enumerate() {
            let path = format!("{path}.volumes[{index}]");
            if name.is_empty() {
                complaints.push(format!("{path}.persistentVolumeClaim.claimName: Required value"));
            }
            complaints.extend(name_complaint(name, &path));
        }
        names.retain(|name| name_complaint(name, "").is_none());
        let volumes = spec["volumes"].as_array().into_iter().flatten();
        // The controller of a StatefulSet replaces volumes of the same name.
        let volumes: Vec<_> = volumes.filter(|volume| !names.contains(&text(&volume["name"]))).collect();
        let start = pod.claim_templates.as_array().map_or(0, Vec::len);
        for (index, volume) in volumes.into_iter().enumerate() {
            let path = format!("{path}.volumes[{}]", start + index);
            let name = text(&volume["name"]);
            let mut errors = enumeration_complaints(volume, SOURCES, &path);
            if !volume["azureDisk"].is_null() {
                errors.extend(azure_disk_complaints(&volume["azureDisk"], &format!("{path}.azureDisk")));
            }
            let template = &volume["ephemeral"]["volumeClaimTemplate"];
            if !template.is_null() {
                let path = format!("{path}.ephemeral.volumeClaimTemplate.spec");
                errors.extend(claim_spec_complaints(&template["spec"], &path));
            }
            errors.extend(source_complaints(volume, pod.name, pod.version, &path));
            errors.extend(name_complaint(name, &path));
            if names.contains(&name) {
                errors.push(format!("{path}.name: Duplicate value: {}", plain(name)));
            }
            if errors.is_empty() {
                names.push(name);
            }
            complaints.extend(errors);
        }
        (Self(names), complaints)
    }

    /// Returns whether there is a volume of this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(&name)
    }
}
