//! Which changes of containers a resize may not make.

use serde_json::Value;

use super::kept::{LISTS, items};
use crate::{
    admission::{object::PodFacts, version::Version},
    manifest::json::text,
    resources::{ContainerResources, Requirements, ResourceList},
};

/// A container before and after.
struct Pair<'a> {
    index: usize,
    new: &'a ContainerResources,
    old: &'a ContainerResources,
    new_source: &'a Value,
    old_source: &'a Value,
}

/// Returns the complaints about containers that were added, removed, renamed or reordered
/// (`validatePodResizeContainerOrdering`).
pub(super) fn order_complaints(new: &Value, old: &Value) -> Vec<String> {
    let of_list = |list: &'static str| {
        let (new, old) = (items(&new["spec"][list]), items(&old["spec"][list]));
        if new.len() != old.len() {
            return vec![format!("spec.{list}: Forbidden: {list} may not be added or removed on resize")];
        }
        let pairs = new.iter().zip(old).enumerate();
        let renamed = pairs.filter(|(_, (new, old))| text(&new["name"]) != text(&old["name"]));
        renamed
            .map(|(index, _)| {
                format!(
                    "spec.{list}[{index}].name: Forbidden: {list} may not be renamed or reordered on resize"
                )
            })
            .collect()
    };
    LISTS.iter().flat_map(|list| of_list(list)).collect()
}

/// Returns the complaints about requests and limits that are gone (`validateContainerResize`), the init containers first.
pub(super) fn removal_complaints(pod: &PodFacts, old: &PodFacts, version: Version) -> Vec<String> {
    let inits = pairs(pod, old, "initContainers");
    let inits = inits.filter(|pair| pair.old.sidecar || version.resizes_init_containers());
    let inits = inits.flat_map(|pair| removed("initContainers", &pair));
    inits.chain(pairs(pod, old, "containers").flat_map(|pair| removed("containers", &pair))).collect()
}

fn removed(list: &str, pair: &Pair<'_>) -> Vec<String> {
    let (new, old) = (&pair.new.spec, &pair.old.spec);
    let lists = [("requests", &new.requests, &old.requests), ("limits", &new.limits, &old.limits)];
    let gone = lists.iter().filter(|(_, new, old)| old.keys().any(|name| !new.contains_key(name)));
    gone.map(|(field, ..)| {
        format!(
            "spec.{list}[{}].resources.{field}: Forbidden: resource {field} cannot be removed",
            pair.index
        )
    })
    .collect()
}

/// Returns the complaints about regular containers that change otherwise than in CPU and memory.
pub(super) fn container_complaints(pod: &PodFacts, old: &PodFacts, version: Version) -> Vec<String> {
    let changed = pairs(pod, old, "containers").filter(|pair| pair.changes_more(version));
    changed.map(|_| "spec: Forbidden: only cpu and memory resources are mutable".to_owned()).collect()
}

/// Returns the complaints about init containers that change otherwise, or at all.
pub(super) fn init_container_complaints(pod: &PodFacts, old: &PodFacts, version: Version) -> Vec<String> {
    let mut complaints = Vec::new();
    for pair in pairs(pod, old, "initContainers") {
        let changes = pair.changes();
        if !pair.new.sidecar && !version.resizes_init_containers() {
            if changes {
                complaints.push(
                    "spec: Forbidden: resources for non-sidecar init containers are immutable".to_owned(),
                );
            }
            continue;
        }
        let path = format!("spec.initContainers[{}]", pair.index);
        if pair.changes_more(version) {
            complaints.push(match version.names_resized_init_containers() {
                true => format!(
                    "{path}: Forbidden: only cpu and memory resources for init or sidecar containers are mutable"
                ),
                false => "spec: Forbidden: only cpu and memory resources for sidecar containers are mutable"
                    .to_owned(),
            });
        }
        let mut policies = items(&pair.new_source["resizePolicy"]).iter();
        if changes && !pair.new.sidecar && policies.any(|one| one["restartPolicy"] == "RestartContainer") {
            complaints.push(format!(
                "{path}: Forbidden: non-sidecar init containers with a resize policy of RestartContainer cannot be resized"
            ));
        }
    }
    complaints
}

/// Returns the containers of a list, with what they were read from; null where that was not kept.
fn pairs<'a>(pod: &'a PodFacts, old: &'a PodFacts, list: &'static str) -> impl Iterator<Item = Pair<'a>> {
    fn of_list<'a>(pod: &'a PodFacts, list: &str) -> &'a [ContainerResources] {
        if list == "containers" { &pod.resources.containers } else { &pod.resources.init_containers }
    }
    fn source<'a>(pod: &'a PodFacts, list: &str, index: usize) -> &'a Value {
        pod.source.as_deref().map_or(&Value::Null, |source| &source["spec"][list][index])
    }
    of_list(pod, list).iter().zip(of_list(old, list)).enumerate().map(move |(index, (new, before))| Pair {
        index,
        new,
        old: before,
        new_source: source(pod, list, index),
        old_source: source(old, list, index),
    })
}

impl Pair<'_> {
    fn changes(&self) -> bool {
        self.new.spec != self.old.spec || self.changes_policy() || self.changes_claims()
    }

    /// Returns whether the container differs once its CPU and memory are the old ones
    /// (`dropCPUMemoryResourcesFromContainer`).
    fn changes_more(&self, version: Version) -> bool {
        let claims = match version.keeps_claims_of_resizes() {
            true => self.changes_claims(),
            false => !items(&self.old_source["resources"]["claims"]).is_empty(),
        };
        let (new, old) = (&self.new.spec, &self.old.spec);
        claims || self.changes_policy() || other_than_compute(new, old, version) != others_of(old)
    }

    fn changes_policy(&self) -> bool {
        items(&self.new_source["resizePolicy"]) != items(&self.old_source["resizePolicy"])
    }

    fn changes_claims(&self) -> bool {
        let claims = |source: &Value| source["resources"]["claims"].clone();
        let (new, old) = (claims(self.new_source), claims(self.old_source));
        items(&new) != items(&old)
    }
}

/// Returns requests and limits other than CPU and memory. Before 1.35 those of a list that was empty do not count.
fn other_than_compute(
    new: &Requirements,
    old: &Requirements,
    version: Version,
) -> (ResourceList, ResourceList) {
    let mut new = new.clone();
    if version.ignores_resized_lists_that_were_empty() {
        if old.requests.is_empty() {
            new.requests.clear();
        }
        if old.limits.is_empty() {
            new.limits.clear();
        }
    }
    others_of(&new)
}

/// Returns requests and limits other than CPU and memory.
pub(super) fn others_of(spec: &Requirements) -> (ResourceList, ResourceList) {
    let others = |list: &ResourceList| {
        let kept = list.iter().filter(|(name, _)| !matches!(name.as_str(), "cpu" | "memory"));
        kept.map(|(name, amount)| (name.clone(), amount.clone())).collect()
    };
    (others(&spec.requests), others(&spec.limits))
}
