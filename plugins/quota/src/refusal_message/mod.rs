//! Finds the server's refusals in any text and parses them.
//!
//! The wordings are those of Kubernetes 1.36: quotas in `CheckRequest` (`apiserver/pkg/admission/plugin/resourcequota`),
//! LimitRanges in `plugin/pkg/admission/limitranger`, validation in `apimachinery/pkg/api/errors`.

mod bounds;
mod dress;
mod find;
mod lists;
mod not_quota;
mod reason;
#[cfg(test)]
mod tests;

pub use bounds::{BoundViolation, Rule};
pub use find::{find, find_in_line};
pub use not_quota::not_caused_by_quota;

use shared::admission::Shortage;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalMessage {
    /// The server's message, from the object on, without surrounding text.
    pub text: String,
    /// The resource that was refused: `pods`, `jobs.batch`; its kind (`Pod`) where it is invalid; empty where not named.
    pub resource: String,
    /// Its name, which may be generated; empty where not named.
    pub name: String,
    /// The reason.
    pub reason: RefusalReason,
}

/// Resources with the containers that do not specify them.
pub type UnspecifiedResources = Vec<(String, Vec<String>)>;

/// The reason of a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// `exceeded quota: …`, with its amounts.
    Exceeded { quota: String, shortages: Vec<Shortage> },
    /// `failed quota: …: must specify …`. Servers before 1.24 do not name the containers.
    MustSpecify { quota: String, missing: UnspecifiedResources },
    /// `status unknown for quota: …`.
    StatusUnknown { quota: String, resources: Vec<String> },
    /// `insufficient quota to match these scopes: […]`: a quota is missing.
    NoQuotaForScope { scopes: String },
    /// `insufficient quota to consume: …`: a quota is missing.
    NoQuotaForResource { resources: Vec<String> },
    /// `quota usage is negative for resource(s): …`.
    NegativeUsage { resources: Vec<String> },
    /// The bounds of a LimitRange.
    Bounds(Vec<BoundViolation>),
    /// The API's own validation (422).
    Invalid { why: String },
    /// A concurrent update of the quota (409).
    Conflict { quota: String },
    /// The quota plugin timed out after ten seconds.
    TimedOut,
    /// Something other than quotas and LimitRanges.
    NotQuota { cause: &'static str, why: String },
}

impl RefusalMessage {
    /// Returns whether an account may not read something, which refuses no object.
    pub fn is_about_reading(&self) -> bool {
        match &self.reason {
            RefusalReason::NotQuota { why, .. } => {
                [" cannot get resource ", " cannot list resource ", " cannot watch resource "]
                    .iter()
                    .any(|words| why.contains(words))
            }
            _ => false,
        }
    }

    /// Returns whether neither a quota nor a LimitRange caused it. A 422 about resources can come from the defaults of a
    /// LimitRange.
    pub fn is_not_quota(&self) -> bool {
        match &self.reason {
            RefusalReason::NotQuota { .. } => true,
            RefusalReason::Invalid { why } => !why.contains("resources"),
            _ => false,
        }
    }
}

impl RefusalReason {
    /// Returns the quota that is named, if one is.
    pub fn quota(&self) -> Option<&str> {
        match self {
            Self::Exceeded { quota, .. }
            | Self::MustSpecify { quota, .. }
            | Self::StatusUnknown { quota, .. }
            | Self::Conflict { quota } => Some(quota),
            _ => None,
        }
    }
}
