//! Which fields of specs the API server misses or calls invalid, beside quotas and LimitRanges: what is left out or mistyped
//! most often, in the order of its complaints.

use serde_json::Value;

use super::{
    autoscaler::autoscaler_complaints,
    claim::{changed_claim_complaints, claim_spec_complaints},
    controllers::controller_complaints,
    ingress::{ingress_complaints, service_name_error},
    job,
    metadata::{label_value_complaint, labels_complaints, metadata_complaints},
    other_kinds::other_complaints,
    plain,
    pod_spec::PodSpec,
    rbac,
    service::{family_complaints, service_complaints},
    stored_data,
};
use crate::{
    admission::version::Version,
    manifest::json::text,
    model::kind::{Kind, PARTIAL_OBJECT},
    resources::PodResources,
};

/// Returns the complaints about an object's metadata and spec. `resources` are those of its pods; `old` is the object that it
/// replaces, if there is one.
pub fn field_complaints(
    kind: &Kind,
    value: &Value,
    resources: Option<&PodResources>,
    version: Version,
    old: Option<&Value>,
) -> Vec<String> {
    let (spec, is_new) = (&value["spec"], old.is_none());
    if kind.is("", "Service") {
        let complaints = family_complaints(spec);
        if !complaints.is_empty() {
            return complaints;
        }
    }
    let mut complaints = metadata_complaints(kind, &value["metadata"]);
    let name = text(&value["metadata"]["name"]);
    if kind.is("", "Service") && is_new && !name.is_empty() {
        let why = service_name_error(name, version);
        complaints.extend(why.map(|why| format!("metadata.name: Invalid value: {}: {why}", plain(name))));
    }
    if kind.is("", "Namespace") {
        // Its name becomes one of its labels.
        complaints.extend(label_value_complaint(name, "metadata.labels"));
    }
    complaints.extend(match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Pod") => pod_complaints(value, resources, version),
        ("", "Service") => service_complaints(spec, is_new),
        ("", "PersistentVolumeClaim") if is_new => claim_spec_complaints(spec, "spec"),
        ("", "PersistentVolumeClaim") => changed_claim_complaints(spec),
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        | ("", "ReplicationController") => controller_complaints(kind, spec, resources, version, is_new),
        ("batch", "Job") => {
            // A Job without labels gets those of its template (`SetDefaults_Job`).
            let labels = &spec["template"]["metadata"]["labels"];
            let has_own = value["metadata"]["labels"].as_object().is_some_and(|own| !own.is_empty());
            let inherited = if is_new && !has_own { labels } else { &Value::Null };
            let mut complaints = labels_complaints(inherited, "metadata.labels");
            complaints.extend(job::job_complaints(spec, "spec", resources, version));
            complaints
        }
        ("batch", "CronJob") => {
            job::cron_job_complaints(spec, old.map(|old| &old["spec"]), resources, version)
        }
        ("", "ConfigMap") => stored_data::config_map_complaints(value),
        ("", "Secret") => {
            // Of one that exists only the metadata may have been read.
            let keeps_data = old.is_some_and(|old| old["kind"] == PARTIAL_OBJECT);
            stored_data::secret_complaints(value, keeps_data)
        }
        ("apps", "ControllerRevision") if is_new => stored_data::revision_complaints(value),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let mut complaints = autoscaler_complaints(spec, old.map(|old| &old["spec"]), version);
            // Of version 1 this is the only metric.
            let percent = spec["targetCPUUtilizationPercentage"].as_i64();
            complaints.extend(percent.filter(|percent| *percent < 1).map(|percent| {
                format!(
                    "spec.metrics[0].resource.target.averageUtilization: Invalid value: {percent}: must be greater than 0"
                )
            }));
            complaints
        }
        ("networking.k8s.io", "Ingress") => ingress_complaints(value, version, is_new),
        ("rbac.authorization.k8s.io", kind @ ("Role" | "ClusterRole")) => {
            rbac::role_complaints(value, kind == "ClusterRole", version)
        }
        ("rbac.authorization.k8s.io", kind @ ("RoleBinding" | "ClusterRoleBinding")) => {
            rbac::binding_complaints(value, kind == "ClusterRoleBinding")
        }
        _ => other_complaints(kind, value, version),
    });
    if is_new && kind.group == "batch" {
        complaints.extend(job::name_complaints(&kind.kind, value));
    }
    complaints
}

/// Returns the complaints about the spec of a pod.
fn pod_complaints(pod: &Value, resources: Option<&PodResources>, version: Version) -> Vec<String> {
    let (spec, labels) = (&pod["spec"], &pod["metadata"]["labels"]);
    PodSpec {
        spec,
        name: text(&pod["metadata"]["name"]),
        labels,
        path: "spec",
        resources,
        claim_templates: &Value::Null,
        version,
    }
    .complaints()
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
