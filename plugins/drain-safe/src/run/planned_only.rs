//! What a plan can weigh up and a drain can't do yet. Evicting such a pod as any other would lose it, or take down the
//! only replica, although the plan says otherwise.

use shared::{Error, Result};

use crate::flags::{DecisionFlags, SingleReplica};

/// Refuses flags that a plan takes and a drain can't follow.
///
/// # Errors
/// A usage error that names the flag, and what does the same by hand.
pub fn refuse_planned_only(flags: &DecisionFlags) -> Result<()> {
    let restart =
        "restart the workload first: `kubectl rollout restart deployment/NAME`, then drain without the flag";
    let (does, flag, hint) = match flags.single_replica {
        _ if flags.recreate_bare => (
            "recreate pods that no controller manages",
            "--recreate-bare",
            "save the pod first: `kubectl get pod NAME -o yaml > pod.yaml`, then drain with --force",
        ),
        SingleReplica::Surge => ("surge a Deployment", "--single-replica=surge", restart),
        SingleReplica::Restart => ("restart a Deployment", "--single-replica=restart", restart),
        SingleReplica::Evict | SingleReplica::Block => return Ok(()),
    };
    Err(Error::usage(format!("a drain can't {does}: {flag} is for `plan` alone")).with_hint(hint))
}
