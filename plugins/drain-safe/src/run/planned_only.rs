//! What a plan can weigh up and a drain does not do yet: refused, since the drain would lose the pod, although the plan says
//! otherwise.

use shared::{Error, Result};

use crate::flags::DecisionFlags;

/// Refuses flags that a plan takes and a drain can't follow.
///
/// # Errors
/// A usage error that names the flag, and what does the same by hand.
pub fn refuse_planned_only(flags: &DecisionFlags) -> Result<()> {
    if !flags.recreate_bare {
        return Ok(());
    }
    let sentence =
        "a drain can't recreate pods that no controller manages: --recreate-bare is for `plan` alone";
    Err(Error::usage(sentence).with_hint(
        "drain with --force, which saves them first: then `kubectl apply -f` brings them back elsewhere",
    ))
}
