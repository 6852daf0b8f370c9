//! The answer, as data. Keys of its JSON are added to, never renamed.

use serde::Serialize;
use shared::{
    admission::{Refusal, Shortage},
    quantity::{Quantity, ratio},
    workload::owner::Owner,
};

use super::retry::Retry;

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum State {
    /// It would be refused now.
    Refused,
    /// It was refused, by something that is no matter of quotas.
    #[serde(rename = "Elsewhere")]
    NotQuota,
    /// It is not there yet, and would be let in now.
    Admissible,
    /// Nothing is missing.
    Complete,
    /// Not to be known from what could be read.
    Unknown,
}

/// What is explained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Its kind; `Text` for what was pasted.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name; empty for a text.
    pub name: String,
}

/// One refusal, or one resource of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The server's message.
    pub message: String,
    /// `ResourceQuota`, `LimitRange`, `Validation` or `Other`.
    pub by: String,
    /// The quota, where it is one.
    pub quota: Option<String>,
    /// The resource, where it is a matter of one.
    pub resource: Option<String>,
    /// What one object asks for.
    pub requested: Option<Quantity>,
    /// What the quota counts already.
    pub used: Option<Quantity>,
    /// What it allows.
    pub hard: Option<Quantity>,
    /// What is left of it.
    pub free: Option<Quantity>,
    /// What one object lacks.
    pub short: Option<Quantity>,
}

impl Row {
    /// A refusal without numbers.
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

    /// A shortage that is behind a refusal.
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

    /// A refusal, resource by resource.
    pub fn of(refusal: &Refusal) -> Vec<Self> {
        if refusal.shortages.is_empty() {
            let quota = (refusal.by.kind == "ResourceQuota").then_some(refusal.by.name.as_str());
            return vec![Self::bare(&refusal.message, refusal.by.kind, quota)];
        }
        refusal.shortages.iter().map(|shortage| Self::of_shortage(&refusal.message, shortage)).collect()
    }
}

/// Who has what of a quota.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Holder {
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// Who.
    pub owner: Owner,
    /// By how many objects.
    pub objects: usize,
    /// How much.
    pub used: Quantity,
    /// Which share of all that is used, 1 being all.
    pub share: Option<f64>,
}

impl Holder {
    /// The share of `total` that `used` is.
    pub fn share_of(used: &Quantity, total: &Quantity) -> Option<f64> {
        ratio(used, total)
    }
}

/// How many objects a workload has, wants, and would get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// `Pod`, `ReplicaSet` or `Job`.
    pub kind: String,
    /// Whose controller makes them.
    #[serde(rename = "maker")]
    pub controller: Owner,
    /// How many there should be.
    pub wanted: usize,
    /// How many there are.
    pub present: usize,
    /// How many more would be let in now.
    pub admitted: usize,
}

/// Everything about one subject.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// What is explained.
    pub subject: Subject,
    /// How things stand.
    pub state: State,
    /// The same in a message.
    pub summary: String,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// What would be refused now.
    pub refusals: Vec<Row>,
    /// The newest words of the controller, or those pasted; their numbers may be of old.
    #[serde(rename = "told")]
    pub controller_messages: Vec<String>,
    /// Who holds what is short.
    pub holders: Vec<Holder>,
    /// When it is tried again; the first of several controllers.
    pub retry: Option<Retry>,
    /// Commands, each of which is enough.
    pub fix: Vec<String>,
    /// What else is to be known.
    pub notes: Vec<String>,
}
