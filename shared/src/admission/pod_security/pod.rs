//! A pod as the checks look at it, and the words that they share.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::manifest::json::text;

/// A pod to be checked.
pub(super) struct Pod<'a> {
    pub metadata: &'a Value,
    pub spec: &'a Value,
    /// All containers, init containers first.
    pub containers: Vec<&'a Value>,
}

impl<'a> Pod<'a> {
    pub fn new(pod: &'a Value) -> Self {
        let (metadata, spec) = (&pod["metadata"], &pod["spec"]);
        let lists = ["initContainers", "containers", "ephemeralContainers"];
        let containers = lists.iter().flat_map(|list| spec[*list].as_array().into_iter().flatten());
        Self { metadata, spec, containers: containers.collect() }
    }

    /// Returns the security context of the pod.
    pub fn context(&self) -> &'a Value {
        &self.spec["securityContext"]
    }

    /// Returns the names of the containers of which this holds.
    pub fn named(&self, holds: impl Fn(&Value) -> bool) -> Vec<&'a str> {
        let containers = self.containers.iter().filter(|container| holds(container));
        containers.map(|container| text(&container["name"])).collect()
    }

    /// Returns whether it has users of its own (`relaxPolicyForUserNamespacePod`), which 1.35 takes into account.
    pub fn has_own_users(&self, minor: u32) -> bool {
        minor >= 35 && self.spec["hostUsers"] == false
    }

    /// Returns whether it is for Windows, which 1.25 takes into account.
    pub fn is_for_windows(&self, minor: u32) -> bool {
        minor >= 25 && self.spec["os"]["name"] == "windows"
    }
}

/// Returns `containers "a", "b"`.
pub(super) fn containers(names: &[&str]) -> String {
    format!("{} {}", plural("container", names.len()), quoted(names))
}

/// Returns who sets something bad: the pod, containers, or both.
pub(super) fn setters(pod: bool, names: &[&str]) -> Option<String> {
    let pod = pod.then(|| "pod".to_owned());
    let names = (!names.is_empty()).then(|| containers(names));
    let setters: Vec<_> = pod.into_iter().chain(names).collect();
    (!setters.is_empty()).then(|| setters.join(" and "))
}

/// Returns the word, with an `s` for several.
pub(super) fn plural(word: &str, count: usize) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// Returns the texts in quotes, joined by commas.
pub(super) fn quoted(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

/// Returns the texts of a set in quotes.
pub(super) fn quoted_set(texts: &BTreeSet<&str>) -> String {
    quoted(&texts.iter().copied().collect::<Vec<_>>())
}
