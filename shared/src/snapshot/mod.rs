//! What of the cluster `check` decides by, wherever it was read.

pub mod activate;
pub mod count_dump;
pub mod count_objects;
pub mod from_dump;
pub mod object_counts;
pub mod pending_quotas;
pub mod read;
pub mod terminating;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::manifest::{Key, Manifest};
use crate::{
    admission::{Classes, NamespaceFacts, version::Minor},
    client::incomplete::Skipped,
    manifest::apply::{Lists, applied},
    model::kind::built_in_kind,
    snapshot::object_counts::CountsByNamespace,
};

/// The cluster's side.
#[derive(Clone, Debug, Default)]
pub struct ClusterSnapshot {
    /// Quotas and LimitRanges by namespace.
    pub namespaces: BTreeMap<String, NamespaceFacts>,
    /// Namespaces whose quotas could not be read.
    pub without_quotas: BTreeSet<String>,
    /// Namespaces whose LimitRanges could not be read.
    pub without_limit_ranges: BTreeSet<String>,
    /// Classes of the whole cluster.
    pub classes: Classes,
    /// Objects of the names in the manifests.
    pub existing: BTreeMap<Key, Value>,
    /// Namespaces with a quota of the manifests that counts from an unknown start, and why.
    pub uncounted: BTreeMap<String, String>,
    /// What is in the namespaces of the quotas among the manifests.
    pub object_counts: CountsByNamespace,
    /// The nodes, where they could be read.
    pub nodes: Option<Vec<Value>>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
    /// The version of Kubernetes whose rules hold.
    pub minor: Minor,
    /// Seconds since 1970.
    pub now: i64,
}

impl ClusterSnapshot {
    /// What is there under a manifest's name.
    pub fn existing_of(&self, manifest: &Manifest) -> Option<&Value> {
        self.existing.get(&manifest.key()?)
    }

    /// The manifest as `kubectl apply` would merge it with what is there; `None` where nothing is.
    pub fn after_apply(&self, manifest: &Manifest) -> Option<Manifest> {
        Some(merged(manifest, self.existing_of(manifest)?))
    }
}

/// The manifest as `kubectl apply` would merge it with this object.
pub fn merged(manifest: &Manifest, live: &Value) -> Manifest {
    let version = manifest.value["apiVersion"].as_str().unwrap_or_default();
    let lists = match built_in_kind(version, &manifest.kind.kind) {
        Some(_) => Lists::ByKey,
        None => Lists::Replaced,
    };
    Manifest { value: applied(live, &manifest.value, lists), ..manifest.clone() }
}

/// Reads classes from objects as the API has them.
pub mod classes {
    use std::collections::BTreeMap;

    use crate::{Error, Result, quantity::Quantity, resources::ResourceList};
    use serde_json::Value;

    use crate::admission::{RuntimeClassFacts, StorageClassFacts};

    fn name(class: &Value) -> String {
        class["metadata"]["name"].as_str().unwrap_or_default().to_owned()
    }

    /// Priority classes, and whether they are the default.
    pub fn priority<'a>(classes: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, bool> {
        classes.into_iter().map(|class| (name(class), class["globalDefault"] == true)).collect()
    }

    /// Storage classes.
    pub fn storage<'a>(classes: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, StorageClassFacts> {
        let facts = |class: &Value| {
            let annotations = &class["metadata"]["annotations"];
            let is_default = [
                "storageclass.kubernetes.io/is-default-class",
                "storageclass.beta.kubernetes.io/is-default-class",
            ]
            .iter()
            .any(|annotation| annotations[*annotation] == "true");
            let created =
                serde_json::from_value::<crate::model::Time>(class["metadata"]["creationTimestamp"].clone());
            StorageClassFacts {
                is_default,
                created: created.map_or(0, |time| time.seconds),
                expands: class["allowVolumeExpansion"] == true,
            }
        };
        classes.into_iter().map(|class| (name(class), facts(class))).collect()
    }

    /// Runtime classes.
    ///
    /// # Errors
    /// An overhead that is no quantity, which only a manifest can hold.
    pub fn runtime<'a>(
        classes: impl IntoIterator<Item = &'a Value>,
    ) -> Result<BTreeMap<String, RuntimeClassFacts>> {
        let facts = |class: &Value| {
            let fixed = class["overhead"]["podFixed"].as_object();
            let overhead = fixed.map(|fixed| {
                let amount = |(resource, amount): (&String, &Value)| {
                    let amount = serde_json::from_value::<Quantity>(amount.clone()).map_err(|error| {
                        Error::new(format!("runtimeclass {}: overhead of {resource}: {error}", name(class)))
                    })?;
                    Ok((resource.clone(), amount.as_stored()))
                };
                fixed.iter().map(amount).collect::<Result<ResourceList>>()
            });
            Ok(RuntimeClassFacts { overhead: overhead.transpose()? })
        };
        classes.into_iter().map(|class| Ok((name(class), facts(class)?))).collect()
    }
}
