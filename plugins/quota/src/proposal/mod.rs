//! A proposed ResourceQuota and LimitRange: their manifests, whether they are valid, what they would break in the namespace,
//! and what they change.

mod difference;
mod flags;
pub mod resource_amount;
pub mod violations;

use serde_json::{Map, Value, json};
use shared::{
    Error, Result,
    admission::{
        NamespaceFacts,
        limit_range::{Item, LimitRangeFacts},
        quota_facts::{Amounts, ScopeRequirement},
        validation::{limit_range_complaints, quota_complaints},
    },
    cli::ExitStatus,
    model::LimitRange,
    resources::ResourceList,
};

use crate::inventory::Inventory;

pub use difference::{Change, changes_of_quota, changes_of_range};
pub use flags::{LimitFlags, list_text};
pub use resource_amount::ResourceAmount;
pub use violations::{Violation, violations, violations_error};

/// The proposal for one namespace.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// The namespace.
    pub namespace: String,
    /// The quota, if one is proposed.
    pub quota: Option<QuotaProposal>,
    /// The LimitRange, if one is proposed.
    pub range: Option<LimitRangeProposal>,
}

/// A proposed ResourceQuota.
#[derive(Clone, Debug, Default)]
pub struct QuotaProposal {
    /// Its name.
    pub name: String,
    /// Its hard limits.
    pub hard: Amounts,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// Its `scopeSelector`; empty to leave an existing one unchanged.
    pub selected: Vec<ScopeRequirement>,
    /// Existing scopes and requirements that are retained.
    pub retained: Vec<ScopeRequirement>,
}

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

impl Proposal {
    /// Returns the objects to send, defaults before the quota that requires them.
    pub fn manifests(&self) -> Vec<Value> {
        let range = self.range.iter().map(|range| range.manifest(&self.namespace));
        let quota = self.quota.iter().map(|quota| quota.manifest(&self.namespace));
        range.chain(quota).collect()
    }

    /// Returns the rules for admission: this quota only, and all LimitRanges.
    ///
    /// # Errors
    /// A quantity that the server would not store.
    pub fn rules(&self, inventory: &Inventory) -> Result<NamespaceFacts> {
        let mut limit_ranges = inventory.rules.limit_ranges.clone();
        if let Some(range) = &self.range {
            limit_ranges.retain(|present| present.name != range.name);
            limit_ranges.push(range.facts(&self.namespace)?);
        }
        let quota = self
            .quota
            .as_ref()
            .map(|quota| inventory.counted_quota(&quota.name, quota.hard.clone(), quota.requirements()));
        Ok(NamespaceFacts { quotas: quota.into_iter().collect(), limit_ranges, ..NamespaceFacts::default() })
    }
}

impl QuotaProposal {
    /// Returns the object to send.
    pub fn manifest(&self, namespace: &str) -> Value {
        let mut manifest = json!({
            "apiVersion": "v1",
            "kind": "ResourceQuota",
            "metadata": {"name": self.name, "namespace": namespace},
            "spec": {"hard": texts(&self.hard)},
        });
        if !self.scopes.is_empty() {
            manifest["spec"]["scopes"] = json!(self.scopes);
        }
        if !self.selected.is_empty() {
            let expressions = self.selected.iter().map(|ScopeRequirement { scope, operator, values }| {
                let mut expression = json!({"operator": operator, "scopeName": scope});
                if !values.is_empty() {
                    expression["values"] = json!(values);
                }
                expression
            });
            manifest["spec"]["scopeSelector"] = json!({"matchExpressions": expressions.collect::<Vec<_>>()});
        }
        manifest
    }

    /// Returns why the server would reject it as invalid.
    pub fn complaints(&self) -> Vec<String> {
        quota_complaints(&self.hard, &self.manifest("")["spec"])
    }

    /// Returns its scopes as requirements.
    pub fn requirements(&self) -> Vec<ScopeRequirement> {
        let requirement = |scope: &String| ScopeRequirement {
            scope: scope.clone(),
            operator: "Exists".to_owned(),
            values: Vec::new(),
        };
        let given = self.scopes.iter().map(requirement).chain(self.selected.clone());
        given.chain(self.retained.clone()).collect()
    }
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

fn texts(list: &ResourceList) -> Value {
    let pairs = list.iter().map(|(name, amount)| (name.clone(), Value::from(amount.text())));
    Value::Object(pairs.collect())
}

/// Returns kubectl's message for an object that the server rejects as invalid.
pub fn invalid_message(kind: &str, name: &str, why: &str) -> String {
    format!("The {kind} {name:?} is invalid: {why}")
}

/// Ends a command that was given invalid objects.
///
/// # Errors
/// All these messages, if there are any.
pub fn refuse_invalid(messages: &[String]) -> Result<()> {
    match messages.is_empty() {
        true => Ok(()),
        false => Err(Error::verbatim(messages.join("\n")).with_status(ExitStatus::Usage)),
    }
}
