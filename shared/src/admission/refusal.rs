//! A refusal in the server's words, with who refuses and what is short.

use schemars::JsonSchema;
use serde::Serialize;

use crate::quantity::Quantity;

/// A refusal the server may answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who refuses.
    pub refused_by: RefusedBy,
    /// The server's `message`, whole.
    pub message: String,
    /// What the quota lacks, where it is exceeded.
    pub shortages: Vec<Shortage>,
}

/// Who refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct RefusedBy {
    /// `ResourceQuota`, `LimitRange`, `PodSecurity`, `Namespace` or `Validation`.
    pub kind: &'static str,
    /// The name; empty for validation.
    pub name: String,
}

/// The amount of one resource that a quota lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// The requested amount; on an update, the increase.
    pub requested: Quantity,
    /// The amount charged already.
    pub used: Quantity,
    /// The hard limit.
    pub hard: Quantity,
}

impl Shortage {
    /// Returns the shortage for `count` such objects.
    pub fn times(&self, count: usize) -> Self {
        let count = i128::try_from(count).unwrap_or(i128::MAX);
        Self { requested: self.requested.times(count), ..self.clone() }
    }
}

impl Refusal {
    /// Returns a refusal by validation, or by a stage without an object of its own.
    pub fn validation(message: String) -> Self {
        Self {
            refused_by: RefusedBy { kind: "Validation", name: String::new() },
            message,
            shortages: Vec::new(),
        }
    }

    /// Returns a refusal by Pod Security.
    pub fn pod_security(message: String) -> Self {
        let refused_by = RefusedBy { kind: "PodSecurity", name: String::new() };
        Self { refused_by, ..Self::validation(message) }
    }

    /// Returns a refusal because the namespace is missing or terminating.
    pub fn namespace(name: &str, message: String) -> Self {
        let refused_by = RefusedBy { kind: "Namespace", name: name.to_owned() };
        Self { refused_by, ..Self::validation(message) }
    }

    /// Returns a refusal by a LimitRange.
    pub fn limit_range(name: &str, message: String) -> Self {
        Self {
            refused_by: RefusedBy { kind: "LimitRange", name: name.to_owned() },
            message,
            shortages: Vec::new(),
        }
    }

    /// Returns a refusal by a quota.
    pub fn quota(name: &str, message: String, shortages: Vec<Shortage>) -> Self {
        Self { refused_by: RefusedBy { kind: "ResourceQuota", name: name.to_owned() }, message, shortages }
    }
}
