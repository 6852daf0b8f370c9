//! Finds the kind of an `apiVersion` and `kind`: built in, defined by the manifests, or discovered.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::text;
use crate::{
    dump::DumpObject,
    model::kind::{Kind, built_in_kind, guessed_plural},
};

/// Kinds that are not built in, by `apiVersion` and `kind`.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    known: BTreeMap<(String, String), Kind>,
}

impl Kinds {
    /// Learns the custom resources that CustomResourceDefinitions among these objects define.
    pub fn learn_definitions<'a>(&mut self, objects: impl IntoIterator<Item = &'a DumpObject>) {
        objects.into_iter().for_each(|one| self.learn_definition(&one.object));
    }

    /// Learns the custom resource that an object defines, if it is a CustomResourceDefinition.
    pub fn learn_definition(&mut self, definition: &Value) {
        if definition["kind"] != "CustomResourceDefinition" {
            return;
        }
        let spec = &definition["spec"];
        for version in spec["versions"].as_array().into_iter().flatten() {
            self.learn(
                text(&spec["group"]),
                text(&version["name"]),
                text(&spec["names"]["kind"]),
                text(&spec["names"]["plural"]),
                spec["scope"] != "Cluster",
            );
        }
    }

    /// Learns the kinds of one `GROUP/VERSION` from a server's discovery (an `APIResourceList`).
    pub fn learn_discovery(&mut self, group: &str, version: &str, list: &Value) {
        for resource in list["resources"].as_array().into_iter().flatten() {
            let (plural, kind) = (resource["name"].as_str(), resource["kind"].as_str());
            // `pods/resize` and the like are subresources.
            if let (Some(plural), Some(kind)) = (plural.filter(|plural| !plural.contains('/')), kind) {
                self.learn(group, version, kind, plural, resource["namespaced"] == true);
            }
        }
    }

    fn learn(&mut self, group: &str, version: &str, kind: &str, plural: &str, namespaced: bool) {
        let learnt = Kind {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: kind.to_owned(),
            plural: plural.to_owned(),
            namespaced,
        };
        self.known.insert((format!("{group}/{version}"), kind.to_owned()), learnt);
    }

    /// Returns whether the kind was defined by an object or discovered.
    pub fn has_learnt(&self, api_version: &str, kind: &str) -> bool {
        self.known.contains_key(&(api_version.to_owned(), kind.to_owned()))
    }

    /// Returns the kind, if it is built in or was learnt.
    pub fn find(&self, api_version: &str, kind: &str) -> Option<Kind> {
        let learnt = self.known.get(&(api_version.to_owned(), kind.to_owned()));
        learnt.cloned().or_else(|| built_in_kind(api_version, kind))
    }

    /// Returns the kind, or the one its name suggests.
    pub fn find_or_guess(&self, api_version: &str, kind: &str) -> Kind {
        self.find(api_version, kind).unwrap_or_else(|| {
            let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
            Kind {
                group: group.to_owned(),
                version: version.to_owned(),
                kind: kind.to_owned(),
                plural: guessed_plural(kind),
                namespaced: true,
            }
        })
    }
}
