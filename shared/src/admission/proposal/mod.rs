//! Rules of a namespace that are to be: their manifests, whether they are valid, and the limits of teams of usual sizes.

mod limit_range;
mod quota;
mod resource_amount;
mod team_size;

use serde_json::Value;

use crate::{Error, Result, exit_status::ExitStatus, resources::ResourceList};

pub use limit_range::{LimitRangeProposal, resource_lists};
pub use quota::QuotaProposal;
pub use resource_amount::ResourceAmount;
pub use team_size::TeamSize;

/// Returns `cpu=1,memory=1Gi`.
pub fn list_text(list: &ResourceList) -> String {
    let pairs = list.iter().map(|(name, amount)| format!("{name}={}", amount.text()));
    pairs.collect::<Vec<_>>().join(",")
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
