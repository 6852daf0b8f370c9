//! A claim of a volume as quotas look at it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    quantity::{ParseQuantityError, Quantity},
    resources::ResourceList,
};

/// What decides about a PersistentVolumeClaim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFacts {
    /// What it asks for; `storage` above all.
    pub requests: ResourceList,
    /// What the driver set aside while it grows.
    pub allocated: Option<Quantity>,
    /// Its storage class: `None` where it leaves the choice to the cluster, empty where it wants none.
    pub class: Option<String>,
    /// The attribute classes it names, has and gets.
    pub attribute_classes: BTreeSet<String>,
    /// Whether it has a volume.
    pub bound: bool,
    /// How large that volume is; nothing where there is none.
    pub capacity: Quantity,
    /// The volume it names; empty for none.
    pub volume: String,
    /// How many lines come before its resources where the server prints its spec (`diff.Diff` in apimachinery).
    pub lines_before_resources: usize,
}

/// Before `spec.storageClassName` there was this annotation, which still wins (`GetPersistentVolumeClaimClass`).
const CLASS_ANNOTATION: &str = "volume.beta.kubernetes.io/storage-class";

impl ClaimFacts {
    /// The facts of a claim as the API has it.
    ///
    /// # Errors
    /// A text that is no quantity.
    pub fn from_value(claim: &Value) -> Result<Self, ParseQuantityError> {
        let (spec, status) = (&claim["spec"], &claim["status"]);
        let mut requests = ResourceList::new();
        for (name, amount) in spec["resources"]["requests"].as_object().into_iter().flatten() {
            requests.insert(name.clone(), quantity(amount)?);
        }
        let allocated = &status["allocatedResources"]["storage"];
        let annotation = &claim["metadata"]["annotations"][CLASS_ANNOTATION];
        let attribute_classes = [
            &spec["volumeAttributesClassName"],
            &status["currentVolumeAttributesClassName"],
            &status["modifyVolumeStatus"]["targetVolumeAttributesClassName"],
        ];
        Ok(Self {
            requests,
            allocated: if allocated.is_null() { None } else { Some(quantity(allocated)?) },
            class: annotation.as_str().or(spec["storageClassName"].as_str()).map(str::to_owned),
            attribute_classes: attribute_classes
                .into_iter()
                .filter_map(Value::as_str)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            bound: status["phase"] == "Bound",
            capacity: match &status["capacity"]["storage"] {
                Value::Null => Quantity::ZERO,
                capacity => quantity(capacity)?,
            },
            volume: spec["volumeName"].as_str().unwrap_or_default().to_owned(),
            // An opening brace, the access modes, the selector.
            lines_before_resources: 1 + lines(&spec["accessModes"]) + lines(&spec["selector"]),
        })
    }
}

/// How many lines a value takes in indented JSON.
fn lines(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Array(items) => items.iter().map(lines).sum(),
        Value::Object(fields) => fields.values().map(lines).sum(),
        _ => return 1,
    };
    if inside == 0 { 1 } else { inside + 2 }
}

/// A quantity as the server holds it. What is neither text nor number can't be read, as an empty text can't.
pub(super) fn quantity(value: &Value) -> Result<Quantity, ParseQuantityError> {
    match serde_json::from_value::<Quantity>(value.clone()) {
        Ok(quantity) => Ok(quantity.as_stored()),
        Err(_) => {
            Quantity::parse(value.as_str().unwrap_or_default().trim()).map(|quantity| quantity.as_stored())
        }
    }
}
