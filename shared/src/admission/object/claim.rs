//! A PersistentVolumeClaim as admission evaluates it.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use crate::{
    quantity::{ParseQuantityError, Quantity},
    resources::ResourceList,
};

/// What admission evaluates of a PersistentVolumeClaim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFacts {
    /// Its requests; `storage` above all.
    pub requests: ResourceList,
    /// What the driver has allocated during a resize.
    pub allocated: Option<Quantity>,
    /// Its storage class: `None` for the cluster's default, empty for no class.
    pub class: Option<String>,
    /// Its volume attributes classes: requested, current and target.
    pub attribute_classes: BTreeSet<String>,
    /// Whether it is bound to a volume.
    pub bound: bool,
    /// The capacity of that volume; zero where there is none.
    pub capacity: Quantity,
    /// The volume it names; empty for none.
    pub volume: String,
    /// How many lines come before its resources where the server prints its spec (`diff.Diff` in apimachinery).
    pub lines_before_resources: usize,
    /// The manifest of a claim that is to be created, for validation.
    pub source: Option<Arc<Value>>,
}

/// Before `spec.storageClassName` there was this annotation, which still wins (`GetPersistentVolumeClaimClass`).
const CLASS_ANNOTATION: &str = "volume.beta.kubernetes.io/storage-class";

impl ClaimFacts {
    /// Reads a claim of the API.
    ///
    /// # Errors
    /// A text that is not a quantity.
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
            source: None,
        })
    }
}

/// Returns how many lines a value takes in indented JSON.
fn lines(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Array(items) => items.iter().map(lines).sum(),
        Value::Object(fields) => fields.values().map(lines).sum(),
        _ => return 1,
    };
    if inside == 0 { 1 } else { inside + 2 }
}

/// Reads a quantity as the server stores it. A value that is neither text nor number is an error, as an empty text is.
pub(super) fn quantity(value: &Value) -> Result<Quantity, ParseQuantityError> {
    match serde_json::from_value::<Quantity>(value.clone()) {
        Ok(quantity) => Ok(quantity.as_stored()),
        Err(_) => {
            Quantity::parse(value.as_str().unwrap_or_default().trim()).map(|quantity| quantity.as_stored())
        }
    }
}
