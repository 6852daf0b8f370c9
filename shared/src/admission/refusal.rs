//! A refusal as the server words it, and what is behind it.

use serde::Serialize;

use crate::quantity::Quantity;

/// One sentence the server may answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who refuses.
    pub by: By,
    /// The server's `message`, whole.
    pub message: String,
    /// The arithmetic, where a quota is exceeded.
    pub shortages: Vec<Shortage>,
}

/// Who refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct By {
    /// `ResourceQuota`, `LimitRange` or `Validation`.
    pub kind: &'static str,
    /// The name; empty for validation.
    pub name: String,
}

/// What one quota lacks of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The quota.
    pub quota: String,
    /// The resource.
    pub resource: String,
    /// What was asked for; on an update what was asked for in addition.
    pub requested: Quantity,
    /// What is charged already.
    pub used: Quantity,
    /// What the quota allows.
    pub hard: Quantity,
}

impl Shortage {
    /// The same for so many objects.
    pub fn times(&self, count: usize) -> Self {
        let count = i128::try_from(count).unwrap_or(i128::MAX);
        Self { requested: self.requested.times(count), ..self.clone() }
    }
}

impl Refusal {
    /// A refusal by validation or by a stage that has no name of its own.
    pub fn validation(message: String) -> Self {
        Self { by: By { kind: "Validation", name: String::new() }, message, shortages: Vec::new() }
    }

    /// A refusal by a LimitRange.
    pub fn limit_range(name: &str, message: String) -> Self {
        Self { by: By { kind: "LimitRange", name: name.to_owned() }, message, shortages: Vec::new() }
    }

    /// A refusal by a quota.
    pub fn quota(name: &str, message: String, shortages: Vec<Shortage>) -> Self {
        Self { by: By { kind: "ResourceQuota", name: name.to_owned() }, message, shortages }
    }
}
