//! Orphans: objects that nobody controls. The controller of a new workload adopts those that its selector selects, as after
//! `kubectl delete --cascade=orphan`, and creates the rest only
//! (<https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/controller/controller_ref_manager.go>).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    ClusterObjects, claim_templates, owner::controller_of, replica_sets::is_of_template, template::template,
};
use crate::{
    manifest::{
        Key, Manifest,
        changed::says_nothing_new,
        json::{number, text},
    },
    model::kind::{Kind, kind_of, replica_set_kind},
    selector::object::matches,
};

/// Returns the kind of what the controller of a workload adopts. That of a Job selects by a label that no other Job has.
pub fn adopted_kind(workload: &Kind) -> Option<Kind> {
    let is_one_of = |kinds: &[&str]| kinds.contains(&workload.kind.as_str());
    match workload.group.as_str() {
        "apps" if workload.kind == "Deployment" => Some(replica_set_kind()),
        "apps" if is_one_of(&["DaemonSet", "ReplicaSet", "StatefulSet"]) => Some(pod_kind()),
        "" if workload.kind == "ReplicationController" => Some(pod_kind()),
        _ => None,
    }
}

/// Returns the selector of a workload, as a label selector has it; `None` where it selects nothing.
pub fn label_selector(workload: &Manifest) -> Option<Value> {
    let spec = &workload.value["spec"];
    let selector = match workload.kind.kind.as_str() {
        // A plain map of labels, by default those of the template.
        "ReplicationController" => {
            let labels = match &spec["selector"] {
                Value::Object(labels) => labels,
                _ => spec["template"]["metadata"]["labels"].as_object()?,
            };
            json!({"matchLabels": labels})
        }
        _ => spec["selector"].clone(),
    };
    let says_something = |field: &str| match &selector[field] {
        Value::Object(labels) => !labels.is_empty(),
        Value::Array(expressions) => !expressions.is_empty(),
        _ => false,
    };
    (says_something("matchLabels") || says_something("matchExpressions")).then_some(selector)
}

/// Returns whether the controller of a workload adopts an object of the kind that it controls.
pub fn is_adopted(workload: &Manifest, object: &Value) -> bool {
    let metadata = &object["metadata"];
    let is_finished = matches!(object["status"]["phase"].as_str(), Some("Failed" | "Succeeded"));
    text(&metadata["namespace"]) == workload.namespace
        && metadata["deletionTimestamp"].is_null()
        && !is_finished
        && controller_of(object).is_none()
        && label_selector(workload).is_some_and(|selector| matches(&selector, &metadata["labels"]))
}

/// Returns a workload that does not exist yet as if it were there with what its controller will adopt; `None` where that is
/// nothing.
pub fn with_adopted(workload: &Manifest, objects: ClusterObjects) -> Option<Value> {
    let kind = adopted_kind(&workload.kind)?;
    let first = Key::new(&kind, &workload.namespace, "");
    let found = objects.existing.range(&first..);
    let of_namespace =
        found.take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
    let orphans = of_namespace.filter(|(_, object)| is_adopted(workload, object));
    match workload.kind.kind.as_str() {
        "Deployment" => with_replica_sets(workload, orphans.map(|(_, set)| set)),
        "StatefulSet" => {
            let ordinals = claim_templates::ordinals(&workload.value);
            let ordinal = |name: &str| {
                let digits = name.strip_prefix(&workload.name)?.strip_prefix('-')?;
                digits.parse::<usize>().ok().filter(|ordinal| ordinal.to_string() == digits)
            };
            let is_member = |key: &Key| ordinal(&key.name).is_some_and(|one| ordinals.contains(&one));
            with_pods(workload, orphans.filter(|(key, _)| is_member(key)).map(|(_, pod)| pod))
        }
        "DaemonSet" => {
            // Of several on a node one stays.
            let mut nodes = BTreeSet::new();
            let is_first = |pod: &&Value| {
                pod["spec"]["nodeName"].as_str().is_some_and(|node| nodes.insert(node.to_owned()))
            };
            with_pods(workload, orphans.map(|(_, pod)| pod).filter(is_first).collect::<Vec<_>>())
        }
        _ => with_pods(workload, orphans.map(|(_, pod)| pod)),
    }
}

/// Returns a Deployment with these ReplicaSets.
fn with_replica_sets<'a>(deployment: &Manifest, sets: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
    let (mut pods, mut has_template) = (0, false);
    for set in sets {
        pods += number(&set["status"]["replicas"], 0);
        has_template |= is_of_template(set, &deployment.value);
    }
    if pods == 0 && !has_template {
        return None;
    }
    let mut present = deployment.value.clone();
    // Which of them have the template is for the ReplicaSets to say.
    present["status"] = json!({"observedGeneration": 1, "replicas": pods, "updatedReplicas": 0});
    Some(present)
}

/// Returns a workload with these pods: of its template where all are, and of the first one's otherwise.
fn with_pods<'a>(workload: &Manifest, pods: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
    let pods: Vec<_> = pods.into_iter().collect();
    let first = pods.first()?;
    let current = template(&workload.kind.kind, &workload.value);
    let are_current = pods.iter().all(|pod| is_made_of(current, pod));
    let mut present = workload.value.clone();
    if !are_current {
        present["spec"]["template"] = json!({
            "metadata": {"labels": first["metadata"]["labels"], "annotations": first["metadata"]["annotations"]},
            "spec": first["spec"],
        });
    }
    let (count, updated) = (pods.len(), if are_current { pods.len() } else { 0 });
    present["status"] = json!({
        "observedGeneration": 1,
        "replicas": count,
        "updatedReplicas": updated,
        "currentNumberScheduled": count,
        "updatedNumberScheduled": updated,
    });
    Some(present)
}

/// Returns whether a pod has everything that a template says. What controllers and admission add is in no template.
fn is_made_of(template: &Value, pod: &Value) -> bool {
    let metadata = |field: &str| has_all(&template["metadata"][field], &pod["metadata"][field]);
    metadata("labels") && metadata("annotations") && has_all(&template["spec"], &pod["spec"])
}

/// Returns whether a value has everything that another says: of lists of objects, each in any place.
fn has_all(said: &Value, present: &Value) -> bool {
    match (said, present) {
        (Value::Object(said), Value::Object(present)) => has_all_fields(said, present),
        (Value::Array(said), Value::Array(present)) if said.iter().all(Value::is_object) => {
            said.iter().all(|one| present.iter().any(|other| has_all(one, other)))
        }
        _ => says_nothing_new(said, present),
    }
}

fn has_all_fields(said: &Map<String, Value>, present: &Map<String, Value>) -> bool {
    said.iter().all(|(name, value)| has_all(value, present.get(name).unwrap_or(&Value::Null)))
}

fn pod_kind() -> Kind {
    kind_of("", "Pod", "pods")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_made_of;

    #[test]
    fn what_controllers_and_admission_add_to_a_pod_is_in_no_template() {
        let template = json!({
            "metadata": {"labels": {"app": "db"}},
            "spec": {"containers": [{"name": "a", "args": ["x"], "volumeMounts": [{"name": "data", "mountPath": "/d"}], "resources": {"requests": {"cpu": 0.5}}}]},
        });
        let pod = |args: &[&str], cpu: &str| {
            json!({
                "metadata": {"labels": {"app": "db", "apps.kubernetes.io/pod-index": "0"}},
                "spec": {
                    "containers": [
                        {"name": "sidecar"},
                        {"name": "a", "args": args, "resources": {"requests": {"cpu": cpu}}, "volumeMounts": [
                            {"name": "data", "mountPath": "/d"}, {"name": "kube-api-access-x", "mountPath": "/var/run"},
                        ]},
                    ],
                    "nodeName": "n",
                    "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}}],
                },
            })
        };
        assert!(is_made_of(&template, &pod(&["x"], "500m")));
        assert!(!is_made_of(&template, &pod(&["x"], "400m")));
        assert!(!is_made_of(&template, &pod(&["x", "y"], "500m")));
    }
}
