//! Which specs of pods the API server calls invalid, in the order of its complaints (`ValidatePodSpec` in
//! `pkg/apis/core/validation`): what is left out or mistyped most often, enumerations, and resources.

mod container;
mod environment;
mod handler;
mod label_keys;
mod scheduling;
mod spread;
mod toleration;
mod volume;
mod volume_source;

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    metadata::labels_complaints,
    resources::pod_level_complaints,
    shape::{Rule, Shape, shape_complaints},
};
use crate::{admission::version::Version, manifest::json::text, resources::PodResources};
pub use container::allow_what_was_there;
use volume::Volumes;

const SYSTEMS: &[&str] = &["linux", "windows"];

const POLICIES: &[Enumeration] = &[
    Enumeration::with_default("restartPolicy", &["Always", "OnFailure", "Never"]),
    Enumeration::with_default("dnsPolicy", &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
];

const SECURITY: &[Enumeration] = &[
    Enumeration::optional("securityContext.fsGroupChangePolicy", &["Always", "OnRootMismatch"]),
    container::SECCOMP_PROFILE,
    container::APP_ARMOR_PROFILE,
    Enumeration::optional("securityContext.supplementalGroupsPolicy", &["Merge", "Strict"]),
];

const LABELING: &[Enumeration] =
    &[Enumeration::optional("securityContext.seLinuxChangePolicy", &["MountOption", "Recursive"])];

/// The same before volumes were labeled as they are mounted.
const RECURSIVE_LABELING: &[Enumeration] =
    &[Enumeration::optional("securityContext.seLinuxChangePolicy", &["Recursive"])];

/// The bounds of users and groups (`IsValidUserID` in apimachinery).
const USER: Rule = Rule::Between(0, i32::MAX as i64);

const SHAPES: &[Shape] = &[
    Shape("activeDeadlineSeconds", &[Rule::Between(1, i32::MAX as i64)]),
    Shape("hostname", &[Rule::Label]),
    Shape("subdomain", &[Rule::Label]),
    Shape("serviceAccountName", &[Rule::Subdomain]),
    Shape("nodeName", &[Rule::Subdomain]),
    Shape("hostAliases[].ip", &[Rule::Address]),
    Shape("hostAliases[].hostnames[]", &[Rule::AnySubdomain]),
    Shape("securityContext.runAsUser", &[USER]),
    Shape("securityContext.runAsGroup", &[USER]),
    Shape("securityContext.fsGroup", &[USER]),
    Shape("securityContext.supplementalGroups[]", &[USER]),
];

/// The spec of a pod or of a template.
pub(super) struct PodSpec<'a> {
    pub(super) spec: &'a Value,
    /// The name of a pod; empty for a template.
    pub(super) name: &'a str,
    /// The labels of a pod; null for a template, whose labels admission does not look at.
    pub(super) labels: &'a Value,
    /// The way to it.
    pub(super) path: &'a str,
    /// Its resources, as far as admission has changed them already; without them they are not judged.
    pub(super) resources: Option<&'a PodResources>,
    /// The claim templates of a StatefulSet: its controller adds a volume for each.
    pub(super) claim_templates: &'a Value,
    pub(super) version: Version,
}

impl PodSpec<'_> {
    /// Returns the complaints about it.
    pub(super) fn complaints(&self) -> Vec<String> {
        let (spec, path) = (self.spec, self.path);
        let (volumes, mut complaints) = Volumes::new(self);
        complaints.extend(container::complaints(self, &volumes));
        if let Some(resources) = self.resources {
            complaints.extend(pod_level_complaints(resources, path));
        }
        complaints.extend(enumeration_complaints(spec, POLICIES, path));
        complaints.extend(shape_complaints(spec, SHAPES, path));
        complaints.extend(labels_complaints(&spec["nodeSelector"], &format!("{path}.nodeSelector")));
        complaints.extend(enumeration_complaints(spec, SECURITY, path));
        let labeling = if self.version.labels_mounts() { LABELING } else { RECURSIVE_LABELING };
        complaints.extend(enumeration_complaints(spec, labeling, path));
        complaints.extend(scheduling::complaints(self));
        let system = &spec["os"]["name"];
        match text(system) {
            _ if spec["os"].is_null() => {}
            "" => complaints.push(format!("{path}.os.name: Required value")),
            name if SYSTEMS.contains(&name) => {}
            name => complaints.push(unsupported(name, SYSTEMS, &format!("{path}.os"))),
        }
        complaints
    }
}
