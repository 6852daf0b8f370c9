//! The ReplicaSets of a Deployment: where a rollout stands, and what a change of the number of replicas makes of them
//! (`pkg/controller/deployment/sync.go` and `util/deployment_util.go`).

use std::cmp::Reverse;

use serde_json::Value;

use super::{Strategy, number, paused::is_paused, template};
use crate::{
    admission::{object::Object, read_object::template_pod},
    manifest::{Manifest, changed::differs},
};

/// One ReplicaSet.
#[derive(Clone, Debug)]
pub struct ReplicaSet {
    /// A pod of it, before admission.
    pub pod: Object,
    /// So many pods it is to have.
    pub replicas: usize,
    /// So many it has.
    pub pods: usize,
    /// So many of these are available.
    pub available: usize,
    /// So many replicas its Deployment had when it was last scaled, and so many pods it might have had.
    desired: Option<usize>,
    most: Option<usize>,
}

/// All of a Deployment that matter.
#[derive(Clone, Debug, Default)]
pub struct ReplicaSets {
    /// Those of other templates, the oldest first.
    pub old: Vec<ReplicaSet>,
    /// The one of the Deployment's template.
    pub new: Option<ReplicaSet>,
}

/// What the controller notes on each ReplicaSet when it scales it.
const DESIRED: &str = "deployment.kubernetes.io/desired-replicas";
const MOST: &str = "deployment.kubernetes.io/max-replicas";

/// What distinguishes the templates of ReplicaSets from that of the Deployment (`EqualIgnoreHash`).
const HASH: &str = "pod-template-hash";

impl ReplicaSets {
    /// Those of a Deployment that exists as `present` and is to be as the manifest says, among ReplicaSets.
    ///
    /// # Errors
    /// A template that the server can't read, which only a dump can hold.
    pub fn of<'a>(
        manifest: &Manifest,
        present: &Value,
        all: impl IntoIterator<Item = &'a Value>,
    ) -> Result<Self, String> {
        let mut own: Vec<_> = all.into_iter().filter(|set| belongs(set, present)).collect();
        let age = |set: &Value| {
            let text = |field: &str| set["metadata"][field].as_str().unwrap_or_default().to_owned();
            (text("creationTimestamp"), text("name"))
        };
        own.sort_by_key(|set| age(set));
        let mut sets = Self::default();
        for set in own {
            let of_set = template_of(set);
            // Should there be several of the template, the oldest is the new one (`FindNewReplicaSet`).
            let is_new = sets.new.is_none() && is_of_template(set, &manifest.value);
            let set = ReplicaSet::of(manifest, set, &of_set)?;
            if is_new {
                sets.new = Some(set);
            } else {
                sets.old.push(set);
            }
        }
        Ok(sets)
    }

    /// Whether there are pods of the template alone, or are to be.
    pub fn is_rolled_out(&self) -> bool {
        self.new.is_some() && self.old.iter().all(|set| set.replicas + set.pods == 0)
    }

    /// Pods of earlier templates.
    pub fn old_pods(&self) -> usize {
        self.old.iter().map(|set| set.pods).sum()
    }

    /// Pods of the template.
    pub fn new_pods(&self) -> usize {
        self.new.as_ref().map_or(0, |set| set.pods)
    }

    /// Those that are to have pods.
    pub fn active(&self) -> Vec<&ReplicaSet> {
        self.old.iter().chain(&self.new).filter(|set| set.replicas > 0).collect()
    }

    /// Whether the controller has yet to follow a change of the number of replicas (`isScalingEvent`).
    pub fn is_scaling(&self, replicas: usize) -> bool {
        self.active().iter().any(|set| set.desired.is_some_and(|desired| desired != replicas))
    }

    /// Scales them to a number of replicas, in proportion where several have pods (`scale`).
    pub fn scale(&mut self, replicas: usize, strategy: Strategy) {
        let count: usize = self.old.iter().chain(&self.new).map(|set| set.pods).sum();
        let is_saturated = self.new.as_ref().is_some_and(|new| {
            new.replicas == replicas && new.desired == Some(replicas) && new.available == replicas
        });
        let latest = self.old.len() + usize::from(self.new.is_some());
        let mut active: Vec<_> = self.old.iter_mut().chain(&mut self.new).enumerate().collect();
        if active.iter().any(|(_, set)| set.replicas > 0) {
            active.retain(|(_, set)| set.replicas > 0);
        } else {
            active.retain(|(age, _)| age + 1 == latest);
        }
        if let [(_, only)] = active.as_mut_slice() {
            only.replicas = replicas;
        } else if is_saturated {
            self.old.iter_mut().for_each(|set| set.replicas = 0);
        } else if let Strategy::Rolling { surge, .. } = strategy {
            proportionally(active, replicas, surge, count);
        }
    }
}

/// The template of a ReplicaSet as that of its Deployment was.
fn template_of(set: &Value) -> Value {
    let mut template = set["spec"]["template"].clone();
    if let Some(labels) = template["metadata"]["labels"].as_object_mut() {
        labels.remove(HASH);
    }
    template
}

/// Whether a ReplicaSet is the one of the template that its Deployment has.
pub fn is_of_template(set: &Value, deployment: &Value) -> bool {
    !differs(template("Deployment", deployment), &template_of(set))
}

/// Whether a ReplicaSet is of a Deployment. Dumps may have lost their `uid`s.
fn belongs(set: &Value, deployment: &Value) -> bool {
    let mut owners = set["metadata"]["ownerReferences"].as_array().into_iter().flatten();
    let metadata = &deployment["metadata"];
    set["metadata"]["namespace"] == metadata["namespace"]
        && owners.any(|owner| {
            let is_same = match (owner["uid"].as_str(), metadata["uid"].as_str()) {
                (Some(one), Some(other)) => one == other,
                _ => owner["name"] == metadata["name"],
            };
            owner["controller"] == true && owner["kind"] == "Deployment" && is_same
        })
}

/// `GetReplicaSetProportion` for one after the other, and what is left over to the largest. `pods` is how many the
/// Deployment has. Each set comes with its place by age.
fn proportionally(mut sets: Vec<(usize, &mut ReplicaSet)>, replicas: usize, surge: usize, pods: usize) {
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let allowed = if replicas > 0 { replicas + surge } else { 0 };
    let to_add = signed(allowed) - sets.iter().map(|(_, set)| signed(set.replicas)).sum::<i64>();
    match to_add {
        0 => return,
        1.. => sets.sort_by_key(|(age, set)| (Reverse(set.replicas), Reverse(*age))),
        _ => sets.sort_by_key(|(age, set)| (Reverse(set.replicas), *age)),
    }
    let mut added = 0;
    let mut sizes = Vec::new();
    for (_, set) in &sets {
        let size = signed(set.replicas);
        let fraction = match set.most.filter(|most| *most > 0).unwrap_or(pods) {
            _ if replicas == 0 => -size,
            0 => 0,
            // Rounded half up, as `RoundToInt32` does.
            most => (2 * size * signed(replicas + surge) + signed(most)) / (2 * signed(most)) - size,
        };
        let left = to_add - added;
        let proportion = match left {
            0 => 0,
            _ if to_add > 0 => fraction.min(left),
            _ => fraction.max(left),
        };
        added += proportion;
        sizes.push(size + proportion);
    }
    if let Some(largest) = sizes.first_mut() {
        *largest += to_add - added;
    }
    for ((_, set), size) in sets.into_iter().zip(sizes) {
        set.replicas = usize::try_from(size).unwrap_or(0);
    }
}

impl ReplicaSet {
    fn of(manifest: &Manifest, set: &Value, template: &Value) -> Result<Self, String> {
        let facts = template_pod(&manifest.kind, template)?;
        let status = &set["status"];
        let note = |name: &str| set["metadata"]["annotations"][name].as_str()?.parse().ok();
        Ok(Self {
            pod: Object::pod(&manifest.namespace, &format!("{}-*", manifest.name), facts),
            replicas: number(&set["spec"]["replicas"], 1),
            pods: number(&status["replicas"], 0),
            available: number(&status["availableReplicas"], 0),
            desired: note(DESIRED),
            most: note(MOST),
        })
    }
}

/// Whether nothing of a Deployment is left to be rolled out, by what its controller last said of it: then there are
/// pods of its template alone.
pub fn is_rolled_out(deployment: &Value) -> bool {
    let (spec, status) = (&deployment["spec"], &deployment["status"]);
    let wanted = number(&spec["replicas"], 1);
    deployment["metadata"]["generation"] == status["observedGeneration"]
        && !is_paused("Deployment", deployment)
        && ["replicas", "updatedReplicas"].iter().all(|field| number(&status[*field], 0) == wanted)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{ReplicaSets, Strategy};
    use crate::manifest::{Manifest, kinds::Kinds};

    fn deployment(image: &str) -> Manifest {
        let value = json!({
            "metadata": {"name": "web", "namespace": "team", "uid": "1"},
            "spec": {"template": template(image)},
        });
        Manifest::new(Kinds::default().find_or_guess("apps/v1", "Deployment"), "team", "web", value)
    }

    fn template(image: &str) -> Value {
        json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "app", "image": image}]}})
    }

    /// One with all pods that it is to have, of a Deployment that was of `desired` replicas and might have had `most`.
    fn set(image: &str, second: u8, replicas: usize, (desired, most): (usize, usize)) -> Value {
        let mut template = template(image);
        template["metadata"]["labels"]["pod-template-hash"] = json!("x");
        json!({
            "metadata": {
                "name": image, "namespace": "team", "creationTimestamp": format!("2020-01-01T00:00:0{second}Z"),
                "ownerReferences": [{"controller": true, "kind": "Deployment", "name": "web", "uid": "1"}],
                "annotations": {
                    "deployment.kubernetes.io/desired-replicas": desired.to_string(),
                    "deployment.kubernetes.io/max-replicas": most.to_string(),
                },
            },
            "spec": {"replicas": replicas, "template": template},
            "status": {"replicas": replicas, "availableReplicas": replicas},
        })
    }

    fn of(image: &str, sets: &[Value]) -> ReplicaSets {
        let manifest = deployment(image);
        ReplicaSets::of(&manifest, &manifest.value, sets).unwrap()
    }

    fn sizes(sets: &ReplicaSets) -> (Vec<usize>, Option<usize>) {
        (sets.old.iter().map(|set| set.replicas).collect(), sets.new.as_ref().map(|set| set.replicas))
    }

    #[test]
    fn the_new_one_has_the_template_but_for_the_hash() {
        let sets = [set("b", 2, 2, (4, 5)), set("a", 1, 3, (4, 5)), set("c", 3, 0, (4, 5))];
        assert_eq!(sizes(&of("b", &sets)), (vec![3, 0], Some(2)));
        assert_eq!(sizes(&of("c", &sets)), (vec![3, 2], Some(0)));
        assert_eq!(sizes(&of("d", &sets)), (vec![3, 2, 0], None));
        let mut foreign = sets[0].clone();
        foreign["metadata"]["ownerReferences"][0]["uid"] = json!("2");
        assert_eq!(sizes(&of("a", &[foreign, sets[1].clone()])), (vec![], Some(3)));
    }

    /// `TestScale` in `pkg/controller/deployment/sync_test.go`; old ones with the oldest first.
    #[test]
    fn several_are_scaled_in_proportion() {
        let scaled = |old: &[usize], new: Option<usize>, (from, to): (usize, usize), surge: [usize; 2]| {
            let noted = (from, from + surge[0]);
            let names = ["a", "b"];
            let mut sets: Vec<_> =
                (1u8..).zip(old).zip(names).map(|((age, size), name)| set(name, age, *size, noted)).collect();
            sets.extend(new.map(|size| set("new", 9, size, noted)));
            let mut sets = of("new", &sets);
            sets.scale(to, Strategy::Rolling { surge: surge[1], unavailable: 0 });
            sizes(&sets)
        };
        assert_eq!(scaled(&[], Some(10), (10, 12), [0, 0]), (vec![], Some(12)));
        assert_eq!(scaled(&[], Some(10), (10, 5), [0, 0]), (vec![], Some(5)));
        assert_eq!(scaled(&[3], Some(2), (5, 10), [0, 0]), (vec![6], Some(4)));
        assert_eq!(scaled(&[3], Some(2), (5, 3), [0, 0]), (vec![2], Some(1)));
        assert_eq!(scaled(&[1], Some(8), (9, 4), [0, 0]), (vec![0], Some(4)));
        assert_eq!(scaled(&[2, 3], Some(2), (7, 10), [0, 0]), (vec![3, 4], Some(3)));
        assert_eq!(scaled(&[3, 8], Some(2), (13, 8), [0, 0]), (vec![2, 5], Some(1)));
        assert_eq!(scaled(&[1, 1], Some(1), (3, 4), [0, 0]), (vec![1, 1], Some(2)));
        assert_eq!(scaled(&[1, 1], Some(1), (3, 2), [0, 0]), (vec![0, 1], Some(1)));
        assert_eq!(scaled(&[2, 2], None, (4, 5), [0, 0]), (vec![2, 3], None));
        assert_eq!(scaled(&[1, 2], Some(3), (6, 0), [0, 0]), (vec![0, 0], Some(0)));
        assert_eq!(scaled(&[0, 0], Some(0), (0, 6), [0, 0]), (vec![0, 0], Some(6)));
        assert_eq!(scaled(&[6], Some(6), (10, 20), [2, 2]), (vec![11], Some(11)));
        assert_eq!(scaled(&[8], Some(5), (10, 50), [3, 6]), (vec![34], Some(22)));
        assert_eq!(scaled(&[3, 7], None, (10, 14), [0, 0]), (vec![4, 10], None));
        let of_four = of("new", &[set("a", 1, 2, (4, 5)), set("new", 2, 2, (4, 5))]);
        assert_eq!([4, 5].map(|replicas| of_four.is_scaling(replicas)), [false, true]);
    }
}
