//! ControllerRevisions: StatefulSets and DaemonSets create no pod of a template before they have one of it
//! (`getStatefulSetRevisions` in `pkg/controller/statefulset`, `constructHistory` in `pkg/controller/daemon`).

use std::borrow::Cow;

use serde_json::Value;

use super::{ClusterObjects, children::child_kind, owner::controller_of};
use crate::{
    manifest::{Key, Manifest, changed::differs, json::text},
    model::kind::kind_of,
};

/// Returns whether the controller of a StatefulSet or DaemonSet has yet to process its last change: it writes the status
/// only once the ControllerRevision exists.
pub fn may_lack_revision(kind: &str, workload: &Value) -> bool {
    let generation = &workload["metadata"]["generation"];
    matches!(kind, "StatefulSet" | "DaemonSet")
        && generation.is_number()
        && workload["status"]["observedGeneration"] != *generation
}

/// Returns the ControllerRevisions of a workload, as far as they were read.
pub fn revisions<'a>(
    kind: &'a str,
    (namespace, name): (&'a str, &'a str),
    objects: ClusterObjects<'a>,
) -> impl Iterator<Item = &'a Value> {
    let revision = child_kind("StatefulSet").unwrap_or_else(|| kind_of("apps", "ControllerRevision", ""));
    let first = Key::new(&revision, namespace, "");
    let of_kind = (first.kind.clone(), first.namespace.clone());
    let found = objects.existing.range(first..);
    let of_namespace =
        found.take_while(move |(key, _)| (&key.kind, &key.namespace) == (&of_kind.0, &of_kind.1));
    of_namespace.map(|(_, revision)| revision).filter(move |revision| {
        controller_of(revision).is_some_and(|owner| owner["kind"] == *kind && owner["name"] == *name)
    })
}

/// Returns the template of a ControllerRevision.
pub fn template_of(revision: &Value) -> Value {
    let mut template = revision["data"]["spec"]["template"].clone();
    if let Some(template) = template.as_object_mut() {
        template.remove("$patch");
    }
    template
}

/// Returns whether a workload has no ControllerRevision of its template.
pub fn lacks_revision(kind: &str, namespace: &str, workload: &Value, objects: ClusterObjects) -> bool {
    let name = text(&workload["metadata"]["name"]);
    may_lack_revision(kind, workload)
        && !revisions(kind, (namespace, name), objects)
            .any(|revision| is_of(revision, &workload["spec"]["template"]))
}

/// Returns whether a ControllerRevision has a template.
fn is_of(revision: &Value, template: &Value) -> bool {
    !differs(template, &template_of(revision))
}

/// Returns whether the workload of a manifest has a ControllerRevision of the manifest's template already: its controller
/// uses that again.
pub fn has_revision_of(manifest: &Manifest, objects: ClusterObjects) -> bool {
    let Manifest { kind, namespace, name, value, .. } = manifest;
    let mut own = revisions(&kind.kind, (namespace, name), objects);
    matches!(kind.kind.as_str(), "StatefulSet" | "DaemonSet")
        && own.any(|revision| is_of(revision, &value["spec"]["template"]))
}

/// An existing workload with the template that its pods have.
#[derive(Clone, Debug)]
pub struct AsItsPods<'a> {
    /// The workload. Where its controller has no ControllerRevision of the present template, its template is the latest one
    /// that it has one of.
    pub workload: Cow<'a, Value>,
    /// Whether its controller has no ControllerRevision at all, as far as they were read.
    pub has_no_revision: bool,
}

/// Returns an existing workload with the template that its pods have.
pub fn as_its_pods_are<'a>(
    kind: &str,
    namespace: &str,
    workload: &'a Value,
    objects: ClusterObjects,
) -> AsItsPods<'a> {
    if !lacks_revision(kind, namespace, workload, objects) {
        return AsItsPods { workload: Cow::Borrowed(workload), has_no_revision: false };
    }
    let name = text(&workload["metadata"]["name"]);
    let latest =
        revisions(kind, (namespace, name), objects).max_by_key(|revision| revision["revision"].as_i64());
    let Some(latest) = latest else {
        return AsItsPods { workload: Cow::Borrowed(workload), has_no_revision: true };
    };
    let mut before = workload.clone();
    before["spec"]["template"] = template_of(latest);
    AsItsPods { workload: Cow::Owned(before), has_no_revision: false }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::{ClusterObjects, Key, as_its_pods_are, kind_of, lacks_revision};

    #[test]
    fn pods_have_the_template_of_the_latest_revision() {
        let template = |image: &str| json!({"spec": {"containers": [{"name": "app", "image": image}]}});
        let set = |observed: Value| {
            json!({"metadata": {"name": "db", "generation": 2}, "spec": {"template": template("2")},
                "status": {"observedGeneration": observed}})
        };
        let owner = json!({"kind": "StatefulSet", "name": "db", "controller": true});
        let kind = kind_of("apps", "ControllerRevision", "controllerrevisions");
        let revision = |number: u64| {
            let key = Key::new(&kind, "team", &format!("db-{number}"));
            let object = json!({"metadata": {"ownerReferences": [owner]}, "revision": number,
                "data": {"spec": {"template": template(&number.to_string())}}});
            (key, object)
        };
        let existing = BTreeMap::from([revision(0), revision(1)]);
        let objects = ClusterObjects { existing: &existing, nodes: None };
        let before = as_its_pods_are("StatefulSet", "team", &set(json!(1)), objects).workload.into_owned();
        assert_eq!(before["spec"]["template"], template("1"));
        assert!(!lacks_revision("StatefulSet", "team", &set(json!(2)), objects));
        let existing = BTreeMap::from([revision(1), revision(2)]);
        let objects = ClusterObjects { existing: &existing, nodes: None };
        assert!(!lacks_revision("StatefulSet", "team", &set(json!(1)), objects));
        let none = ClusterObjects { existing: &BTreeMap::new(), nodes: None };
        assert!(as_its_pods_are("StatefulSet", "team", &set(Value::Null), none).has_no_revision);
    }
}
