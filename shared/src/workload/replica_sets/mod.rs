//! The ReplicaSets of a Deployment, by template (`pkg/controller/deployment/util/deployment_util.go`).

mod scale;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::{
    adoption::is_adopted,
    cluster_objects::ClusterObjects,
    owner::controller_of,
    pod_counts::lacks_set,
    template::{is_paused, template},
};
use crate::{
    admission::{object::Object, read_object::template_pod},
    manifest::{
        Key, Manifest,
        changed::differs,
        json::{number, text},
    },
    model::kind::replica_set_kind,
};

/// One ReplicaSet.
#[derive(Clone, Debug)]
pub struct ReplicaSet {
    /// The name.
    pub name: String,
    /// One of its pods, before admission.
    pub pod: Object,
    /// Desired pods.
    pub replicas: usize,
    /// Existing pods.
    pub pods: usize,
    /// Available pods.
    pub available: usize,
    /// The replicas of its Deployment when it was last scaled.
    desired: Option<usize>,
    /// The most pods it might have had then, surge included.
    max: Option<usize>,
}

/// The ReplicaSets of a Deployment.
#[derive(Clone, Debug, Default)]
pub struct ReplicaSets {
    /// Those of earlier templates, the oldest first.
    pub old: Vec<ReplicaSet>,
    /// The one of the current template.
    pub new: Option<ReplicaSet>,
}

/// Annotations that the controller sets on each ReplicaSet when it scales it.
const DESIRED: &str = "deployment.kubernetes.io/desired-replicas";
const MAX: &str = "deployment.kubernetes.io/max-replicas";

/// The label that distinguishes the templates of ReplicaSets from that of the Deployment (`EqualIgnoreHash`).
const HASH: &str = "pod-template-hash";

impl ReplicaSets {
    /// Finds the ReplicaSets of the Deployment `present` among `all`, and which of them has the template of
    /// the manifest.
    ///
    /// # Errors
    /// A template that the server can't decode, which only a dump can hold.
    pub fn from_objects<'a>(
        manifest: &Manifest,
        present: &Value,
        all: impl IntoIterator<Item = &'a Value>,
    ) -> Result<Self, String> {
        // The controller adopts those that nobody controls.
        let is_own = |set: &&Value| is_controlled_by(set, present) || is_adopted(manifest, set);
        let mut own: Vec<_> = all.into_iter().filter(is_own).collect();
        let age = |set: &Value| {
            let metadata = &set["metadata"];
            (text(&metadata["creationTimestamp"]).to_owned(), text(&metadata["name"]).to_owned())
        };
        own.sort_by_key(|set| age(set));
        let mut sets = Self::default();
        for set in own {
            let set_template = deployment_template(set);
            // If several have the template, the oldest is the new one (`FindNewReplicaSet`).
            let is_new = sets.new.is_none() && is_of_template(set, &manifest.value);
            let set = ReplicaSet::from_object(manifest, set, &set_template)?;
            if is_new {
                sets.new = Some(set);
            } else {
                sets.old.push(set);
            }
        }
        Ok(sets)
    }

    /// Finds the ReplicaSets of the existing Deployment among existing objects, where they tell more of its update than its
    /// status; `None` where they do not, or were not read.
    pub fn deciding(manifest: &Manifest, present: &Value, objects: ClusterObjects) -> Option<Self> {
        if !tell_more(manifest, present) {
            return None;
        }
        let first = Key::new(&replica_set_kind(), &manifest.namespace, "");
        let found = objects.existing.range(&first..);
        let of_namespace =
            found.take_while(|(key, _)| key.kind == first.kind && key.namespace == first.namespace);
        let sets = Self::from_objects(manifest, present, of_namespace.map(|(_, set)| set)).ok()?;
        (sets.new.is_some() || !sets.old.is_empty()).then_some(sets)
    }

    /// Returns them as they are once another template comes: all are of earlier ones.
    #[must_use]
    pub fn before_another(mut self) -> Self {
        self.old.extend(self.new.take());
        self
    }

    /// Returns whether only the current template has pods, or is to have any.
    pub fn is_rolled_out(&self) -> bool {
        self.new.is_some() && self.old.iter().all(|set| set.replicas + set.pods == 0)
    }

    /// Returns the number of pods of earlier templates.
    pub fn old_pods(&self) -> usize {
        self.old.iter().map(|set| set.pods).sum()
    }

    /// Returns the number of pods of the current template.
    pub fn new_pods(&self) -> usize {
        self.new.as_ref().map_or(0, |set| set.pods)
    }

    /// Returns the ReplicaSets that are to have pods.
    pub fn active(&self) -> Vec<&ReplicaSet> {
        self.old.iter().chain(&self.new).filter(|set| set.replicas > 0).collect()
    }

    /// Returns whether the controller has yet to follow a change of the number of replicas (`isScalingEvent`).
    pub fn is_scaling(&self, replicas: usize) -> bool {
        self.active().iter().any(|set| set.desired.is_some_and(|desired| desired != replicas))
    }
}

/// Returns the template of a ReplicaSet as its Deployment had it.
fn deployment_template(set: &Value) -> Value {
    let mut template = set["spec"]["template"].clone();
    if let Some(labels) = template["metadata"]["labels"].as_object_mut() {
        labels.remove(HASH);
    }
    template
}

/// Returns whether a ReplicaSet has the current template of its Deployment.
pub fn is_of_template(set: &Value, deployment: &Value) -> bool {
    !differs(template("Deployment", deployment), &deployment_template(set))
}

/// Returns whether a Deployment controls a ReplicaSet. Dumps may have lost their `uid`s.
fn is_controlled_by(set: &Value, deployment: &Value) -> bool {
    let metadata = &deployment["metadata"];
    set["metadata"]["namespace"] == metadata["namespace"]
        && controller_of(set).is_some_and(|owner| {
            let is_same = match (owner["uid"].as_str(), metadata["uid"].as_str()) {
                (Some(one), Some(other)) => one == other,
                _ => owner["name"] == metadata["name"],
            };
            owner["kind"] == "Deployment" && is_same
        })
}

impl ReplicaSet {
    fn from_object(manifest: &Manifest, set: &Value, template: &Value) -> Result<Self, String> {
        let facts = template_pod(&manifest.kind, template)?;
        let status = &set["status"];
        let note = |name: &str| set["metadata"]["annotations"][name].as_str()?.parse().ok();
        Ok(Self {
            name: text(&set["metadata"]["name"]).to_owned(),
            pod: Object::pod(&manifest.namespace, &format!("{}-*", manifest.name), facts),
            replicas: number(&set["spec"]["replicas"], 1),
            pods: number(&status["replicas"], 0),
            available: number(&status["availableReplicas"], 0),
            desired: note(DESIRED),
            max: note(MAX),
        })
    }
}

/// Returns whether the ReplicaSets of the existing Deployment decide about its update: its status does not tell which pods
/// of earlier templates there are, nor which are still to come. Until there is a ReplicaSet of the present template, it is
/// the status of an earlier one.
pub fn decide(manifest: &Manifest, present: &Value) -> bool {
    let status = &present["status"];
    let is_mixed = || number(&status["updatedReplicas"], 0) != number(&status["replicas"], 0);
    // Where no pod was admitted yet, earlier ReplicaSets may still want theirs.
    let has_none = || number(&status["replicas"], 0) == 0;
    let is_of_earlier = || {
        let generation = &present["metadata"]["generation"];
        lacks_set("Deployment", present)
            || (generation.is_number() && status["observedGeneration"] != *generation)
    };
    manifest.kind.is("apps", "Deployment")
        && !is_paused("Deployment", &manifest.value)
        && !is_rolled_out(present)
        && (is_mixed() || has_none() || is_of_earlier() || is_changed(manifest, present))
}

/// Returns whether the template of a Deployment changes.
fn is_changed(manifest: &Manifest, present: &Value) -> bool {
    differs(template("Deployment", &manifest.value), template("Deployment", present))
}

/// Returns whether the ReplicaSets of the existing Deployment may tell more of its update than its status: one that goes back
/// to an earlier template has a ReplicaSet already.
fn tell_more(manifest: &Manifest, present: &Value) -> bool {
    decide(manifest, present)
        || (manifest.kind.is("apps", "Deployment")
            && !is_paused("Deployment", &manifest.value)
            && is_changed(manifest, present))
}

/// Returns whether the rollout of a Deployment is complete, by its status: only its current template has pods.
pub fn is_rolled_out(deployment: &Value) -> bool {
    let (spec, status) = (&deployment["spec"], &deployment["status"]);
    let wanted = number(&spec["replicas"], 1);
    deployment["metadata"]["generation"] == status["observedGeneration"]
        && !is_paused("Deployment", deployment)
        && ["replicas", "updatedReplicas"].iter().all(|field| number(&status[*field], 0) == wanted)
}
