//! Which changes of existing objects the API server forbids (`ValidatePodUpdate`, `ValidateStatefulSetUpdate`,
//! `ValidateJobUpdate` and their siblings).
//!
//! Where the server prints a whole spec, or a difference of two, `…` stands here.

use serde_json::{Map, Value};

use super::written;
use crate::{
    admission::version::Version,
    manifest::{
        Manifest,
        changed::{differs, says_nothing_new},
        json::text,
    },
    model::kind::PARTIAL_OBJECT,
};

/// The message about a pod, less the difference that the server prints after it.
pub const POD: &str = "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

const STATEFUL_SET: &str = "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/// Fields of a StatefulSet's spec that may change.
const OF_STATEFUL_SET: &[&str] = &[
    "minReadySeconds",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy",
    "replicas",
    "revisionHistoryLimit",
    "template",
    "updateStrategy",
];

/// Fields of a pod's spec that may change.
const OF_POD: &[&str] = &["activeDeadlineSeconds", "tolerations"];

/// Fields of a claim's spec that have rules of their own.
const OF_CLAIM: &[&str] = &["resources", "volumeAttributesClassName", "volumeName"];

/// The message about a claim, less the difference that the server prints after it.
const CLAIM: &str = "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

/// Returns the complaints about an update of `old` to the manifest, which is merged with it already. A resize of a pod is
/// not such an update.
pub fn update_complaints(manifest: &Manifest, old: &Value, version: Version) -> Vec<String> {
    let (new, kind) = (&manifest.value, &manifest.kind);
    let (spec, before) = (&new["spec"], &old["spec"]);
    let mut complaints = Vec::new();
    let mut complain = |complaint: Option<String>| complaints.extend(complaint);
    match (kind.group.as_str(), kind.kind.as_str()) {
        ("", "Pod") => {
            let (mut spec, before) = (fixed_part_of_pod(spec), fixed_part_of_pod(before));
            if version.keeps_pod_level() && spec["resources"].is_null() && !before["resources"].is_null() {
                spec["resources"] = before["resources"].clone();
            }
            let grace = "terminationGracePeriodSeconds";
            if before[grace].as_i64().is_some_and(|seconds| seconds < 0) && spec[grace] == 1 {
                spec[grace] = before[grace].clone();
            }
            complain(differs(&spec, &before).then(|| POD.to_owned()));
        }
        ("", "PersistentVolumeClaim") => {
            let mut fixed = without(spec, OF_CLAIM);
            // A claim gets the default class once there is one.
            if before["storageClassName"].is_null() {
                fixed = without(&fixed, &["storageClassName"]);
            }
            complain((!says_nothing_new(&fixed, before)).then(|| CLAIM.to_owned()));
        }
        ("apps", "StatefulSet") if version.names_fixed_fields_of_stateful_sets() => {
            complain(immutable("spec.selector", &spec["selector"], &before["selector"]));
            let (claims, claims_before) = (&spec["volumeClaimTemplates"], &before["volumeClaimTemplates"]);
            complain(
                (!says_nothing_new(claims, claims_before))
                    .then(|| "spec.volumeClaimTemplates: Invalid value: …: field is immutable".to_owned()),
            );
            for field in ["serviceName", "podManagementPolicy"] {
                complain(immutable(&format!("spec.{field}"), &spec[field], &before[field]));
            }
        }
        ("apps", "StatefulSet") => {
            let fixed = without(spec, OF_STATEFUL_SET);
            complain((!says_nothing_new(&fixed, before)).then(|| STATEFUL_SET.to_owned()));
        }
        ("apps", "Deployment" | "ReplicaSet" | "DaemonSet") => {
            complain(immutable("spec.selector", &spec["selector"], &before["selector"]));
        }
        ("batch", "Job") => {
            for field in ["completions", "completionMode", "selector"] {
                complain(immutable(&format!("spec.{field}"), &spec[field], &before[field]));
            }
            let suspended = before["suspend"] == true;
            let fixed = |spec: &Value| fixed_part_of_template(&spec["template"], suspended, version);
            let path = match suspended && version.resizes_suspended_jobs() {
                true => "spec.template.spec",
                false => "spec.template",
            };
            complain(
                differs(&fixed(spec), &fixed(before))
                    .then(|| format!("{path}: Invalid value: …: field is immutable")),
            );
        }
        // Of a Secret only the metadata may have been read.
        ("", "Secret") if old["kind"] == PARTIAL_OBJECT => {}
        ("", "ConfigMap" | "Secret") => {
            if old["immutable"] == true {
                for field in ["data", "binaryData"] {
                    complain(
                        (!says_nothing_new(&new[field], &old[field])).then(|| {
                            format!("{field}: Forbidden: field is immutable when `immutable` is set")
                        }),
                    );
                }
                complain(
                    (new["immutable"] != true).then(|| {
                        "immutable: Forbidden: field is immutable when `immutable` is set".to_owned()
                    }),
                );
            }
            complain(immutable("type", &new["type"], &old["type"]));
        }
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => {
            complain((!says_nothing_new(&new["roleRef"], &old["roleRef"])).then(|| {
                let why = match version.calls_role_references_immutable() {
                    true => "field is immutable",
                    false => "cannot change roleRef",
                };
                format!("roleRef: Invalid value: {}: {why}", role_reference(&new["roleRef"]))
            }));
        }
        _ => {}
    }
    complaints
}

/// Writes a reference to a role as the server prints it: with the names of Go's fields.
fn role_reference(reference: &Value) -> String {
    let field = |name: &str| written(&reference[name]);
    format!("{{\"APIGroup\":{},\"Kind\":{},\"Name\":{}}}", field("apiGroup"), field("kind"), field("name"))
}

fn immutable(path: &str, new: &Value, old: &Value) -> Option<String> {
    (!says_nothing_new(new, old))
        .then(|| format!("{path}: Invalid value: {}: field is immutable", written(new)))
}

fn without(fields: &Value, names: &[&str]) -> Value {
    let kept = fields.as_object().into_iter().flatten().filter(|(name, _)| !names.contains(&name.as_str()));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
}

fn fixed_part_of_pod(spec: &Value) -> Value {
    let mut fixed = without(spec, OF_POD);
    for list in ["containers", "initContainers"] {
        let containers = spec[list].as_array().into_iter().flatten();
        let containers: Vec<_> = containers.map(|container| without(container, &["image"])).collect();
        if !containers.is_empty() {
            fixed[list] = Value::Array(containers);
        }
    }
    fixed
}

/// The template of a Job, less what may change while the Job is suspended.
fn fixed_part_of_template(template: &Value, suspended: bool, version: Version) -> Value {
    if !suspended {
        return template.clone();
    }
    let mut fixed = template.clone();
    if let Some(template) = fixed.as_object_mut() {
        template.remove("metadata");
    }
    fixed["spec"] =
        without(&template["spec"], &["affinity", "nodeSelector", "schedulingGates", "tolerations"]);
    for list in ["containers", "initContainers"] {
        for container in fixed["spec"][list].as_array_mut().into_iter().flatten() {
            if text(&container["name"]).is_empty() || !version.resizes_suspended_jobs() {
                continue;
            }
            *container = without(container, &["resources"]);
        }
    }
    fixed
}
