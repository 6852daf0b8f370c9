//! What was asked of the simulated AWS, in the order in which it was asked.

use crate::wire::failure::Failure;
use std::collections::BTreeMap;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The service: `ec2`, `elasticloadbalancing` (classic) or `elasticloadbalancingv2`.
    pub service: &'static str,
    /// The action, such as `CreateListener`.
    pub action: String,
    /// All parameters but the action and its version, as they were sent.
    pub parameters: BTreeMap<String, String>,
    /// The HTTP status.
    pub status: u16,
    /// The refusal; none if the call succeeded.
    pub failure: Option<Failure>,
}

impl Call {
    /// Whether the call asks for a change.
    pub fn is_mutating(&self) -> bool {
        !self.action.starts_with("Describe")
    }

    /// Returns the action and its outcome in short, such as `CreateListener 400 DuplicateListener`.
    pub fn summary(&self) -> String {
        match &self.failure {
            Some(failure) => format!("{} {} {}", self.action, self.status, failure.code),
            None => format!("{} {}", self.action, self.status),
        }
    }
}
