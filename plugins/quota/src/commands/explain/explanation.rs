//! An explanation as data. Keys of its JSON are added to, never renamed.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{Refusal, Shortage},
    quantity::{Quantity, ratio},
    workload::owner::Owner,
};

use super::retry::Retry;

/// The result of the simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum State {
    /// It would be refused now.
    Refused,
    /// It was refused by something other than a quota or LimitRange.
    #[serde(rename = "Elsewhere")]
    NotQuota,
    /// It does not exist yet, and would be admitted now.
    Admissible,
    /// Nothing is missing.
    Complete,
    /// The result cannot be known from what could be read.
    Unknown,
}

/// The object or text that is explained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Subject {
    /// Its kind; `Text` for a pasted text.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name; empty for a text.
    pub name: String,
}

/// A refusal, or one resource of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    /// The server's message.
    pub message: String,
    /// `ResourceQuota`, `LimitRange`, `Validation` or `Other`.
    pub by: String,
    /// The quota, if one refuses.
    pub quota: Option<String>,
    /// The resource that is short, if one is.
    pub resource: Option<String>,
    /// The amount that one object requests.
    pub requested: Option<Quantity>,
    /// The amount in use.
    pub used: Option<Quantity>,
    /// The hard limit.
    pub hard: Option<Quantity>,
    /// The free amount.
    pub free: Option<Quantity>,
    /// The amount by which one object exceeds the hard limit.
    pub short: Option<Quantity>,
}

impl Row {
    /// Returns a refusal without amounts.
    pub fn bare(message: &str, by: &str, quota: Option<&str>) -> Self {
        Self {
            message: message.to_owned(),
            by: by.to_owned(),
            quota: quota.map(str::to_owned),
            resource: None,
            requested: None,
            used: None,
            hard: None,
            free: None,
            short: None,
        }
    }

    /// Returns the row of a shortage.
    pub fn of_shortage(message: &str, shortage: &Shortage) -> Self {
        let Shortage { quota, resource, requested, used, hard } = shortage;
        Self {
            resource: Some(resource.clone()),
            requested: Some(requested.clone()),
            used: Some(used.clone()),
            hard: Some(hard.clone()),
            free: Some(hard.saturating_sub(used)),
            short: Some((&(used + requested) - hard).in_format_of(hard)),
            ..Self::bare(message, "ResourceQuota", Some(quota))
        }
    }

    /// Returns the rows of a refusal, one for each resource that is short.
    pub fn of(refusal: &Refusal) -> Vec<Self> {
        if refusal.shortages.is_empty() {
            let quota =
                (refusal.refused_by.kind == "ResourceQuota").then_some(refusal.refused_by.name.as_str());
            return vec![Self::bare(&refusal.message, refusal.refused_by.kind, quota)];
        }
        refusal.shortages.iter().map(|shortage| Self::of_shortage(&refusal.message, shortage)).collect()
    }
}

/// A workload's use of one resource of a quota.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Holder {
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// The workload.
    pub owner: Owner,
    /// Whether these objects have finished, so that deleting them loses nothing.
    pub finished: bool,
    /// The number of its objects.
    pub objects: usize,
    /// The amount that they use.
    pub used: Quantity,
    /// The share of all that is used, from 0 to 1.
    pub share: Option<f64>,
}

impl Holder {
    /// Returns the share of `used` in `total`.
    pub fn share_of(used: &Quantity, total: &Quantity) -> Option<f64> {
        ratio(used, total)
    }
}

/// The objects that a controller wants, has, and would get now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Missing {
    /// `Pod`, `ReplicaSet` or `Job`.
    pub kind: String,
    /// The object whose controller creates them.
    #[serde(rename = "maker")]
    pub controller: Owner,
    /// How many there should be.
    pub wanted: usize,
    /// How many there are.
    pub present: usize,
    /// How many more would be admitted now.
    pub admitted: usize,
}

/// The explanation of one subject.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The object or text that is explained.
    pub subject: Subject,
    /// The result of the simulation.
    pub state: State,
    /// The same in a message.
    pub summary: String,
    /// The missing objects.
    pub missing: Vec<Missing>,
    /// The refusals of today's rules.
    pub refusals: Vec<Row>,
    /// The latest messages of controllers, or the pasted ones; their amounts may be outdated.
    #[serde(rename = "told")]
    pub controller_messages: Vec<String>,
    /// Who uses what is short.
    pub holders: Vec<Holder>,
    /// The next retry, of the first of several controllers.
    pub retry: Option<Retry>,
    /// Commands, any one of which is enough.
    pub fix: Vec<String>,
    /// Further information.
    pub notes: Vec<String>,
}
