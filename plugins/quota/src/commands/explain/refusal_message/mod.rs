//! The server's refusals, found in any text and taken apart.
//!
//! The wordings are those of Kubernetes 1.36: quotas in `CheckRequest` (`apiserver/pkg/admission/plugin/resourcequota`),
//! LimitRanges in `plugin/pkg/admission/limitranger`, validation in `apimachinery/pkg/api/errors`. Quantities are
//! taken by value, texts as they stand.

mod bounds;
mod find;
mod lists;
mod not_quota;
#[cfg(test)]
mod tests;

pub use bounds::{BoundViolation, Rule};
pub use find::{find, find_in_line};
pub use not_quota::not_caused_by_quota;

use shared::admission::Shortage;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalMessage {
    /// The server's words, from the object on, without what wrapped them.
    pub text: String,
    /// What was refused: `pods`, `jobs.batch`; the kind (`Pod`) where it was called invalid; empty where not named.
    pub resource: String,
    /// Its name, made up by the server perhaps; empty where not named.
    pub name: String,
    /// Why.
    pub reason: RefusalReason,
}

/// Resources with the containers that lack them.
pub type UnspecifiedResources = Vec<(String, Vec<String>)>;

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// `exceeded quota: …`, with its numbers.
    Exceeded { quota: String, shortages: Vec<Shortage> },
    /// `failed quota: …: must specify …`: resources with the containers that lack them, of whom older servers (before
    /// 1.24) say nothing.
    MustSpecify { quota: String, missing: UnspecifiedResources },
    /// `status unknown for quota: …`.
    StatusUnknown { quota: String, resources: Vec<String> },
    /// `insufficient quota to match these scopes: […]`, which asks for a quota to be there.
    NoQuotaForScope { scopes: String },
    /// `insufficient quota to consume: …`, which asks for a quota to be there.
    NoQuotaForResource { resources: Vec<String> },
    /// `quota usage is negative for resource(s): …`.
    NegativeUsage { resources: Vec<String> },
    /// Bounds of a LimitRange.
    Bounds(Vec<BoundViolation>),
    /// The API's own validation (422).
    Invalid { why: String },
    /// Somebody else changed the quota at the same time (409).
    Conflict { quota: String },
    /// The quota plugin did not answer within ten seconds.
    TimedOut,
    /// Something that has nothing to do with quotas.
    NotQuota { cause: &'static str, why: String },
}

impl RefusalMessage {
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
    /// The quota that is named, if one is.
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
