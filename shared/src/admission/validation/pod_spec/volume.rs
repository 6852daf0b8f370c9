//! Which volumes of pods the API server calls invalid (`ValidateVolumes`).

use serde_json::Value;

use super::super::{
    claim::claim_spec_complaints,
    enumeration::{Enumeration, enumeration_complaints},
    metadata::dns_label_error,
    plain,
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

/// The volumes that containers can mount.
pub(super) struct Volumes<'a>(Vec<&'a str>);

impl<'a> Volumes<'a> {
    /// Reads the volumes of a pod's spec, and returns the complaints about them. What is invalid can't be mounted.
    pub(super) fn new(spec: &'a Value, claim_templates: &'a Value, path: &str) -> (Self, Vec<String>) {
        let templates = claim_templates.as_array().into_iter().flatten();
        let mut names: Vec<&str> = templates.map(|template| text(&template["metadata"]["name"])).collect();
        let volumes = spec["volumes"].as_array().into_iter().flatten();
        // The controller of a StatefulSet replaces volumes of the same name.
        let volumes: Vec<_> = volumes.filter(|volume| !names.contains(&text(&volume["name"]))).collect();
        let start = names.len();
        let mut complaints = Vec::new();
        for (index, volume) in volumes.into_iter().enumerate() {
            let path = format!("{path}.volumes[{}]", start + index);
            let name = text(&volume["name"]);
            let mut errors = enumeration_complaints(volume, SOURCES, &path);
            let template = &volume["ephemeral"]["volumeClaimTemplate"];
            if !template.is_null() {
                let path = format!("{path}.ephemeral.volumeClaimTemplate.spec");
                errors.extend(claim_spec_complaints(&template["spec"], &path));
            }
            if name.is_empty() {
                errors.push(format!("{path}.name: Required value"));
            } else if let Some(why) = dns_label_error(name) {
                errors.push(format!("{path}.name: Invalid value: {}: {why}", plain(name)));
            }
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
