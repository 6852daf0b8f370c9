//! Fields that a server drops because their feature is not on, before anything else evaluates the object
//! (`dropDisabledFields` in `pkg/api/pod` and `pkg/api/persistentvolumeclaim`).
//!
//! Before 1.29 sidecars were plain init containers (<https://kep.k8s.io/753>), whose pods are summed in another way:
//! no version that old is supported.

use serde_json::Value;

use super::version::Version;
use crate::model::kind::Kind;

/// Removes the fields of a manifest that a server of this version drops, and returns their names.
pub fn drop_disabled(kind: &Kind, manifest: &mut Value, version: Version) -> Vec<&'static str> {
    let mut dropped = Vec::new();
    let pod = match (kind.is("", "Pod"), kind.pod_spec_path()) {
        (true, _) => Some("/spec"),
        (_, Some("spec.template.spec")) => Some("/spec/template/spec"),
        (_, Some(_)) => Some("/spec/jobTemplate/spec/template/spec"),
        _ => None,
    };
    let mut drop = |place: Option<&mut Value>, field: &'static str| {
        let removed = place.and_then(Value::as_object_mut).and_then(|fields| fields.remove(field));
        if removed.is_some() && !dropped.contains(&field) {
            dropped.push(field);
        }
    };
    if !version.knows_pod_level()
        && let Some(path) = pod
    {
        drop(manifest.pointer_mut(path), "resources");
    }
    if version.drops_restart_rules()
        && let Some(path) = pod
    {
        for list in ["containers", "initContainers"] {
            let containers = manifest.pointer_mut(&format!("{path}/{list}")).and_then(Value::as_array_mut);
            for container in containers.into_iter().flatten() {
                // The server drops what it has decoded: values of another type are errors before that.
                let is_dropped = list == "containers" || container["restartPolicy"] != "Always";
                if is_dropped && container["restartPolicy"].is_string() {
                    drop(Some(&mut *container), "restartPolicy");
                }
                if container["restartPolicyRules"].is_array() {
                    drop(Some(container), "restartPolicyRules");
                }
            }
        }
    }
    if !version.knows_attribute_classes() {
        if kind.is("", "PersistentVolumeClaim") {
            drop(manifest.pointer_mut("/spec"), "volumeAttributesClassName");
        }
        let templates = manifest.pointer_mut("/spec/volumeClaimTemplates").and_then(Value::as_array_mut);
        for template in templates.into_iter().flatten().filter(|_| kind.is("apps", "StatefulSet")) {
            drop(template.pointer_mut("/spec"), "volumeAttributesClassName");
        }
    }
    if !version.knows_max_unavailable_of_stateful_sets() && kind.is("apps", "StatefulSet") {
        drop(manifest.pointer_mut("/spec/updateStrategy/rollingUpdate"), "maxUnavailable");
    }
    if !version.knows_managers_of_jobs() && kind.group == "batch" {
        for job in ["/spec", "/spec/jobTemplate/spec"] {
            drop(manifest.pointer_mut(job), "managedBy");
        }
    }
    dropped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::version::Version, drop_disabled};
    use crate::model::kind::built_in_kind;

    #[test]
    fn what_an_older_server_does_not_know_it_drops() {
        let kind = built_in_kind("apps/v1", "StatefulSet").unwrap();
        let set = json!({"spec": {
            "updateStrategy": {"rollingUpdate": {"maxUnavailable": 2}},
            "template": {"spec": {"resources": {"limits": {"cpu": 1}}, "containers": []}},
            "volumeClaimTemplates": [{"spec": {"volumeAttributesClassName": "quick"}}],
        }});
        let mut older = set.clone();
        let dropped = drop_disabled(&kind, &mut older, Version::parse("1.33").unwrap());
        assert_eq!(dropped, ["resources", "volumeAttributesClassName", "maxUnavailable"]);
        assert_eq!(
            older,
            json!({"spec": {
                "updateStrategy": {"rollingUpdate": {}},
                "template": {"spec": {"containers": []}},
                "volumeClaimTemplates": [{"spec": {}}],
            }})
        );
        let mut job = json!({"spec": {"managedBy": "example.com/a"}});
        let kind_of_job = built_in_kind("batch/v1", "Job").unwrap();
        assert_eq!(drop_disabled(&kind_of_job, &mut job, Version::parse("1.31").unwrap()), ["managedBy"]);
        let pod = json!({"spec": {
            "containers": [{"name": "a", "restartPolicy": "Never"}],
            "initContainers": [{"name": "b", "restartPolicy": "Always"}, {"name": "c", "restartPolicy": "Never"}],
        }});
        let kind_of_pod = built_in_kind("v1", "Pod").unwrap();
        let mut without_rules = pod.clone();
        let dropped = drop_disabled(&kind_of_pod, &mut without_rules, Version::parse("1.34").unwrap());
        assert_eq!(dropped, ["restartPolicy"]);
        assert_eq!(
            without_rules,
            json!({"spec": {
                "containers": [{"name": "a"}],
                "initContainers": [{"name": "b", "restartPolicy": "Always"}, {"name": "c"}],
            }})
        );
        let mistyped =
            json!({"spec": {"containers": [{"name": "a", "restartPolicy": 3, "restartPolicyRules": {}}]}});
        let mut without_rules = mistyped.clone();
        drop_disabled(&kind_of_pod, &mut without_rules, Version::parse("1.34").unwrap());
        assert_eq!(without_rules, mistyped);
        let mut with_rules = pod.clone();
        assert!(drop_disabled(&kind_of_pod, &mut with_rules, Version::parse("1.35").unwrap()).is_empty());
        assert_eq!(with_rules, pod);
        let mut newer = set.clone();
        assert!(drop_disabled(&kind, &mut newer, Version::parse("1.37").unwrap()).is_empty());
        assert_eq!(newer, set);
    }
}
