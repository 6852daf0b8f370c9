//! Owners of pods: objects that controllers made, up to the top one.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use shared::{
    manifest::json::text,
    model::{OwnerReference, WidePod, kind::built_in_kind},
};

/// The object at the top of a pod's owners.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TopOwner {
    /// `apps/v1`.
    pub api_version: String,
    /// `Deployment`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// What identifies an owner: its API version without the version, kind, namespace and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnerKey {
    /// The group, empty for the core group.
    pub group: String,
    /// `ReplicaSet`.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl OwnerKey {
    /// Returns what a reference from a namespace names.
    pub fn new(namespace: &str, owner: &OwnerReference) -> Self {
        let group = owner.api_version.split_once('/').map_or("", |(group, _)| group);
        Self {
            group: group.to_owned(),
            kind: owner.kind.clone(),
            namespace: namespace.to_owned(),
            name: owner.name.clone(),
        }
    }
}

/// What is known of an owner.
#[derive(Clone, Debug, PartialEq)]
pub enum Owner<'a> {
    /// The object.
    Found(&'a Value),
    /// It does not exist, or another one has its name.
    Gone,
    /// It was not read: a custom resource, or one that we may not read.
    NotRead,
}

/// The owners that were read.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    found: BTreeMap<OwnerKey, Value>,
    gone: BTreeSet<OwnerKey>,
}

impl Owners {
    /// Adds an object that was read; none where it does not exist.
    pub fn add(&mut self, key: OwnerKey, object: Option<Value>) {
        match object {
            Some(object) => drop(self.found.insert(key, object)),
            None => drop(self.gone.insert(key)),
        }
    }

    /// Returns whether an owner was looked up already.
    pub fn knows(&self, key: &OwnerKey) -> bool {
        self.found.contains_key(key) || self.gone.contains(key)
    }

    /// Returns the owner that a reference names.
    pub fn get(&self, namespace: &str, reference: &OwnerReference) -> Owner<'_> {
        let key = OwnerKey::new(namespace, reference);
        match self.found.get(&key) {
            // A name that is used again stands for another object.
            Some(object) if is_other(object, reference) => Owner::Gone,
            Some(object) => Owner::Found(object),
            None if self.gone.contains(&key) => Owner::Gone,
            None => Owner::NotRead,
        }
    }

    /// Returns the controllers of an object from the nearest to the top one, as far as they are known. A circle ends
    /// where it closes.
    pub fn chain(&self, namespace: &str, controller: &OwnerReference) -> Vec<OwnerReference> {
        let mut chain = vec![controller.clone()];
        while let Some(last) = chain.last() {
            let Owner::Found(object) = self.get(namespace, last) else { break };
            let Some(next) = controller_of(object) else { break };
            let is_known = |one: &OwnerReference| (&one.kind, &one.name) == (&next.kind, &next.name);
            if chain.iter().any(is_known) {
                break;
            }
            chain.push(next);
        }
        chain
    }

    /// Returns the top owner of a pod with this controller. Where its ReplicaSet was not read, the Deployment is known
    /// by the name: that of the ReplicaSet without the hash of its template.
    pub fn top_of(&self, pod: &WidePod, controller: &OwnerReference) -> TopOwner {
        let mut top = self.top(&pod.metadata.namespace, controller);
        let hash = pod.metadata.labels.get("pod-template-hash").map(|hash| format!("-{hash}"));
        let deployment = hash.and_then(|hash| top.name.strip_suffix(&hash).map(str::to_owned));
        let was_read = self.get(&pod.metadata.namespace, controller) != Owner::NotRead;
        if let Some(name) = deployment.filter(|_| top.kind == "ReplicaSet" && !was_read) {
            top = TopOwner { kind: "Deployment".to_owned(), name, ..top };
        }
        top
    }

    /// Returns the top owner of an object with this controller.
    pub fn top(&self, namespace: &str, controller: &OwnerReference) -> TopOwner {
        let chain = self.chain(namespace, controller);
        let top = chain.last().unwrap_or(controller);
        TopOwner { api_version: top.api_version.clone(), kind: top.kind.clone(), name: top.name.clone() }
    }
}

/// Returns the controller that an object names.
pub fn controller_of(object: &Value) -> Option<OwnerReference> {
    let owner = shared::workload::owner::controller_of(object)?;
    serde_json::from_value(owner.clone()).ok()
}

/// Returns whether an owner is a custom resource, whose controller is not known here.
pub fn is_custom(owner: &OwnerReference) -> bool {
    built_in_kind(&owner.api_version, &owner.kind).is_none()
}

fn is_other(object: &Value, reference: &OwnerReference) -> bool {
    let uid = text(&object["metadata"]["uid"]);
    !uid.is_empty() && !reference.uid.is_empty() && uid != reference.uid
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reference(kind: &str, name: &str) -> OwnerReference {
        let api_version = if kind == "CronJob" || kind == "Job" { "batch/v1" } else { "apps/v1" };
        let value =
            json!({"apiVersion": api_version, "kind": kind, "name": name, "uid": name, "controller": true});
        serde_json::from_value(value).unwrap()
    }

    fn owned(name: &str, owner: Option<&OwnerReference>) -> Value {
        let owners: Vec<_> = owner
            .map(|one| json!({"apiVersion": one.api_version, "kind": one.kind, "name": one.name, "uid": one.uid, "controller": true}))
            .into_iter()
            .collect();
        json!({"metadata": {"name": name, "uid": name, "ownerReferences": owners}})
    }

    #[test]
    fn the_top_owner_is_where_the_chain_ends_or_closes() {
        let (set, web) = (reference("ReplicaSet", "web-1"), reference("Deployment", "web"));
        let mut owners = Owners::default();
        owners.add(OwnerKey::new("a", &set), Some(owned("web-1", Some(&web))));
        assert_eq!(owners.top("a", &set).kind, "Deployment");
        owners.add(OwnerKey::new("a", &web), Some(owned("web", Some(&set))));
        assert_eq!(owners.top("a", &set).name, "web");
        assert_eq!(owners.top("b", &set).kind, "ReplicaSet");
    }

    #[test]
    fn a_name_that_is_used_again_is_another_object() {
        let set = reference("ReplicaSet", "web-1");
        let mut owners = Owners::default();
        owners.add(OwnerKey::new("a", &set), Some(owned("other", None)));
        assert_eq!(owners.get("a", &set), Owner::Gone);
        owners.add(OwnerKey::new("b", &set), None);
        assert_eq!(owners.get("b", &set), Owner::Gone);
        assert_eq!(owners.get("c", &set), Owner::NotRead);
    }

    #[test]
    fn custom_resources_are_told_by_their_group() {
        assert!(!is_custom(&reference("ReplicaSet", "x")));
        let kruise = OwnerReference {
            api_version: "apps.kruise.io/v1alpha1".into(),
            kind: "DaemonSet".into(),
            ..OwnerReference::default()
        };
        assert!(is_custom(&kruise));
    }
}
