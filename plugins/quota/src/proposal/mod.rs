//! A ResourceQuota and a LimitRange that are to be: their manifests, whether the server takes them, what of the
//! namespace they would break, and what they change.

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

/// What is proposed for one namespace.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// The namespace.
    pub namespace: String,
    /// The quota, if one is proposed.
    pub quota: Option<QuotaProposal>,
    /// The LimitRange, if one is proposed.
    pub range: Option<LimitRangeProposal>,
}

/// A ResourceQuota that is to be.
#[derive(Clone, Debug, Default)]
pub struct QuotaProposal {
    /// Its name.
    pub name: String,
    /// Its limits.
    pub hard: Amounts,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// What its `scopeSelector` is to say; nothing leaves it as it is.
    pub selected: Vec<ScopeRequirement>,
    /// What is there already of both, and stays.
    pub retained: Vec<ScopeRequirement>,
}

/// A LimitRange that is to be.
#[derive(Clone, Debug, Default)]
pub struct LimitRangeProposal {
    /// Its name.
    pub name: String,
    /// Bounds and defaults of containers.
    pub container: Item,
    /// What a LimitRange of this name says of pods and claims, which stays.
    pub others: Vec<Item>,
}

impl Proposal {
    /// The objects as they are sent, the defaults before the quota that asks for them.
    pub fn manifests(&self) -> Vec<Value> {
        let range = self.range.iter().map(|range| range.manifest(&self.namespace));
        let quota = self.quota.iter().map(|quota| quota.manifest(&self.namespace));
        range.chain(quota).collect()
    }

    /// What admission would go by: the quota alone, and all LimitRanges.
    ///
    /// # Errors
    /// A quantity that the server would not keep as it is.
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
    /// The object as it is sent.
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

    /// What the server would call invalid in it.
    pub fn complaints(&self) -> Vec<String> {
        quota_complaints(&self.hard, &self.manifest("")["spec"])
    }

    /// Its scopes as admission takes them.
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
    /// Whether it says anything of containers.
    pub fn is_empty(&self) -> bool {
        let Item { min, max, default, default_request, ratio, .. } = &self.container;
        [min, max, default, default_request, ratio].iter().all(|list| list.is_empty())
    }

    /// What the server would call invalid in it: it looks at what it filled in.
    ///
    /// # Errors
    /// As [`LimitRangeProposal::facts`].
    pub fn complaints(&self) -> Result<Vec<String>> {
        Ok(limit_range_complaints(&self.facts("")?.items))
    }

    /// The object as it is sent.
    pub fn manifest(&self, namespace: &str) -> Value {
        let items: Vec<_> = [&self.container].into_iter().chain(&self.others).map(item).collect();
        json!({
            "apiVersion": "v1",
            "kind": "LimitRange",
            "metadata": {"name": self.name, "namespace": namespace},
            "spec": {"limits": items},
        })
    }

    /// The same as the server would keep it.
    ///
    /// # Errors
    /// A quantity that can't be read back.
    pub fn facts(&self, namespace: &str) -> Result<LimitRangeFacts> {
        let range: LimitRange = serde_json::from_value(self.manifest(namespace))
            .map_err(|error| Error::new(format!("limitrange {}: {error}", self.name)))?;
        LimitRangeFacts::of(&range)
    }
}

/// The lists of an item, in the order people read them, with their fields.
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
