//! A proposed ResourceQuota and LimitRange: their manifests, whether they are valid, what they would break in the namespace,
//! and what they change.

mod difference;
mod flags;
pub mod violations;

use serde_json::Value;
use shared::{Result, admission::NamespaceFacts};

use crate::inventory::Inventory;

pub use difference::{Change, changes_of_quota, changes_of_range};
pub use flags::LimitFlags;
pub use shared::admission::proposal::{
    LimitRangeProposal, QuotaProposal, ResourceAmount, invalid_message, list_text, refuse_invalid,
    resource_lists,
};
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
