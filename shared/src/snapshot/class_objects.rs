//! Reads PriorityClasses, StorageClasses, RuntimeClasses and DeviceClasses of the API.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Error, Result,
    admission::{PriorityClassFacts, RuntimeClassFacts, StorageClassFacts},
    manifest::json::text,
    model::Time,
    quantity::Quantity,
    resources::ResourceList,
};

fn name(class: &Value) -> String {
    text(&class["metadata"]["name"]).to_owned()
}

/// Reads priority classes.
pub fn priority<'a>(classes: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, PriorityClassFacts> {
    let facts = |class: &Value| {
        let mut facts = PriorityClassFacts::of_value(class["value"].as_i64().unwrap_or(0));
        facts.is_default = class["globalDefault"] == true;
        if let Some(policy) = class["preemptionPolicy"].as_str() {
            policy.clone_into(&mut facts.preemption_policy);
        }
        facts
    };
    classes.into_iter().map(|class| (name(class), facts(class))).collect()
}

/// Reads storage classes.
pub fn storage<'a>(classes: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, StorageClassFacts> {
    let facts = |class: &Value| {
        let annotations = &class["metadata"]["annotations"];
        let is_default = [
            "storageclass.kubernetes.io/is-default-class",
            "storageclass.beta.kubernetes.io/is-default-class",
        ]
        .iter()
        .any(|annotation| annotations[*annotation] == "true");
        let created = serde_json::from_value::<Time>(class["metadata"]["creationTimestamp"].clone());
        StorageClassFacts {
            is_default,
            created: created.map_or(0, |time| time.seconds),
            expands: class["allowVolumeExpansion"] == true,
        }
    };
    classes.into_iter().map(|class| (name(class), facts(class))).collect()
}

/// Reads device classes, and the extended resource that stands for each.
pub fn device<'a>(classes: impl IntoIterator<Item = &'a Value>) -> BTreeMap<String, String> {
    let resource = |class: &Value| text(&class["spec"]["extendedResourceName"]).to_owned();
    classes.into_iter().map(|class| (name(class), resource(class))).collect()
}

/// Reads runtime classes.
///
/// # Errors
/// An overhead that is not a quantity, which only a manifest can hold.
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
