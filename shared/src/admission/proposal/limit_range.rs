//! A LimitRange that is to be.

use serde_json::{Map, Value, json};

use super::texts;
use crate::{
    Error, Result,
    admission::{
        limit_range::{Item, LimitRangeFacts},
        validation::limit_range_complaints,
    },
    model::LimitRange,
    resources::ResourceList,
};

/// A proposed LimitRange.
#[derive(Clone, Debug, Default)]
pub struct LimitRangeProposal {
    /// Its name.
    pub name: String,
    /// Bounds and defaults of containers.
    pub container: Item,
    /// Items for pods and claims of the existing LimitRange, which are retained.
    pub others: Vec<Item>,
}

impl LimitRangeProposal {
    /// Returns whether it has neither bounds nor defaults for containers.
    pub fn is_empty(&self) -> bool {
        let Item { min, max, default, default_request, ratio, .. } = &self.container;
        [min, max, default, default_request, ratio].iter().all(|list| list.is_empty())
    }

    /// Returns why the server would reject it as invalid, after it has filled in defaults.
    ///
    /// # Errors
    /// As [`LimitRangeProposal::facts`].
    pub fn complaints(&self) -> Result<Vec<String>> {
        Ok(limit_range_complaints(&self.facts("")?.items))
    }

    /// Returns the object to send.
    pub fn manifest(&self, namespace: &str) -> Value {
        let items: Vec<_> = [&self.container].into_iter().chain(&self.others).map(item).collect();
        json!({
            "apiVersion": "v1",
            "kind": "LimitRange",
            "metadata": {"name": self.name, "namespace": namespace},
            "spec": {"limits": items},
        })
    }

    /// Returns it as the server would store it.
    ///
    /// # Errors
    /// A quantity that cannot be read back.
    pub fn facts(&self, namespace: &str) -> Result<LimitRangeFacts> {
        let range: LimitRange = serde_json::from_value(self.manifest(namespace))
            .map_err(|error| Error::new(format!("limitrange {}: {error}", self.name)))?;
        LimitRangeFacts::new(&range)
    }
}

/// Returns the resource lists of an item with their fields, in the order of reading.
pub fn resource_lists(item: &Item) -> [(&'static str, &ResourceList); 5] {
    [
        ("default", &item.default),
        ("defaultRequest", &item.default_request),
        ("max", &item.max),
        ("min", &item.min),
        ("maxLimitRequestRatio", &item.ratio),
    ]
}

fn item(item: &Item) -> Value {
    let mut fields = Map::from_iter([("type".to_owned(), Value::from(item.kind.clone()))]);
    for (field, list) in resource_lists(item).into_iter().filter(|(_, list)| !list.is_empty()) {
        fields.insert(field.to_owned(), texts(list));
    }
    Value::Object(fields)
}
