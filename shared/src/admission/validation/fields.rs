//! Which fields of specs the API server misses or calls invalid, beside quotas and LimitRanges: what is left out or mistyped
//! most often, in the order of its complaints.

use serde_json::Value;

use super::{
    claim::{changed_claim_complaints, claim_spec_complaints},
    controllers::controller_complaints,
    job,
    metadata::metadata_complaints,
    other_kinds::other_complaints,
    pod_spec::PodSpec,
    service::{family_complaints, service_complaints},
};
use crate::{admission::version::Version, model::kind::Kind, resources::PodResources};

/// Returns the complaints about an object's metadata and spec. `resources` are those of its pods; `is_new` tells whether it
/// is to be created.
pub fn field_complaints(
    kind: &Kind,
    value: &Value,
    resources: Option<&PodResources>,
    version: Version,
    is_new: bool,
) -> Vec<String> {
    let spec = &value["spec"];
    if kind.is("", "Service") {
        let complaints = family_complaints(spec);
        if !complaints.is_empty() {
            return complaints;
        }
    }
    let mut complaints = metadata_complaints(kind, &value["metadata"]);
    complaints.extend(match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Pod") => pod_complaints(value, resources, version),
        ("", "Service") => service_complaints(spec, is_new),
        ("", "PersistentVolumeClaim") if is_new => claim_spec_complaints(spec, "spec"),
        ("", "PersistentVolumeClaim") => changed_claim_complaints(spec),
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        | ("", "ReplicationController") => controller_complaints(kind, spec, resources, version, is_new),
        ("batch", "Job") => job::job_complaints(spec, "spec", resources, version),
        ("batch", "CronJob") => job::cron_job_complaints(spec, resources, version),
        _ => other_complaints(kind, value),
    });
    if is_new && kind.group == "batch" {
        complaints.extend(job::name_complaints(&kind.kind, value));
    }
    complaints
}

/// Returns the complaints about the spec of a pod.
fn pod_complaints(pod: &Value, resources: Option<&PodResources>, version: Version) -> Vec<String> {
    let (spec, labels) = (&pod["spec"], &pod["metadata"]["labels"]);
    PodSpec { spec, labels, path: "spec", resources, claim_templates: &Value::Null, version }.complaints()
}

/// Returns the complaints about numbers below zero.
pub(super) fn negative(spec: &Value, path: &str, fields: &[&str]) -> Vec<String> {
    let numbers = fields.iter().filter_map(|field| Some((field, spec[*field].as_i64()?)));
    let below = numbers.filter(|(_, number)| *number < 0);
    below
        .map(|(field, number)| {
            format!("{path}.{field}: Invalid value: {number}: must be greater than or equal to 0")
        })
        .collect()
}
