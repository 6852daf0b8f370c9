//! The Leases of a run: one a node.

use std::time::Duration;

use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{
        Client,
        lease::{self, Acquired, DURATION, HeldLease, LeaseState, LeaseTerms, RENEWAL, Renewal},
    },
};
use tokio::{sync::watch, time::sleep};

use super::super::{cordon::FIELD_MANAGER, identity::Identity};

/// The namespace of the Leases.
pub const NAMESPACE: &str = "kube-system";

/// How long before others may take a Lease nothing is asked for anymore: a request on its way must not outlive it.
const MARGIN: Duration = Duration::from_secs(3);

/// Returns the name of a node's Lease.
pub fn lease_name(node: &str) -> String {
    format!("kubectl-drain-safe.{node}")
}

/// Takes the Leases of all nodes, or none; with `takes_over` from runs that live, too, which end as soon as they renew
/// theirs. `waiting` is called with the node and the holder before a wait for one that may be dead.
///
/// # Errors
/// Somebody who lives holds one, with [`ExitStatus::Guarded`]; one can't be written.
pub async fn acquire(
    client: &Client,
    nodes: &[String],
    identity: &Identity,
    takes_over: bool,
    waiting: impl Fn(&str, &str),
) -> Result<Vec<HeldLease>> {
    let mut held: Vec<HeldLease> = Vec::new();
    // All at once: each that may be dead takes 15 seconds.
    let terms = |node: &String| LeaseTerms {
        namespace: NAMESPACE.to_owned(),
        name: lease_name(node),
        identity: identity.holder(),
        field_manager: FIELD_MANAGER,
        takes_over,
    };
    let waiting = &waiting;
    let all =
        nodes.iter().map(|node| lease::acquire(client, terms(node), move |holder| waiting(node, holder)));
    let mut failure = None;
    for (node, outcome) in nodes.iter().zip(futures::future::join_all(all).await) {
        match outcome {
            Ok(Acquired::Held(lease)) => held.push(*lease),
            Ok(Acquired::Refused { holder }) => drop(failure.get_or_insert(held_by(node, &holder))),
            Err(error) => drop(failure.get_or_insert(error)),
        }
    }
    match failure {
        None => Ok(held),
        Some(error) => {
            for lease in held {
                // Whoever waits for it waits for 15 s then.
                lease.release().await.ok();
            }
            Err(error)
        }
    }
}

/// Returns whether somebody who lives holds one of the nodes; takes up to 15 s where it is not clear.
///
/// # Errors
/// A Lease can't be read.
pub async fn is_any_alive(client: &Client, nodes: &[String]) -> Result<bool> {
    let states =
        nodes.iter().map(|node| async move { lease::state(client, NAMESPACE, &lease_name(node)).await });
    let states: Result<Vec<LeaseState>> = futures::future::join_all(states).await.into_iter().collect();
    Ok(states?.iter().any(|state| matches!(state, LeaseState::Alive { .. })))
}

/// Words that another run holds a node.
pub fn held_by(node: &str, holder: &str) -> Error {
    Error::new(format!("node {node} is held by the run {holder}"))
        .with_status(ExitStatus::Guarded)
        .with_hint("wait for its end, or interrupt it: `kubectl drain-safe status` shows it")
}

/// The outcome of a renewal of a Lease.
pub struct Renewed {
    pub node: usize,
    pub lease: HeldLease,
    pub outcome: Result<Renewal>,
}

/// Waits, and renews a Lease; once the run is over, hands it back as it is.
pub async fn renew(node: usize, mut lease: HeldLease, mut closing: watch::Receiver<bool>) -> Renewed {
    let outcome = tokio::select! {
        biased;
        // A sender that is gone is one that has closed.
        _ = closing.wait_for(|is_closing| *is_closing) => Ok(Renewal::Renewed),
        () = sleep(RENEWAL) => lease.renew().await,
    };
    Renewed { node, lease, outcome }
}

/// Returns how long nobody else may take a Lease, with a margin.
pub fn safe_for(lease: &HeldLease) -> Duration {
    DURATION.saturating_sub(lease.age()).saturating_sub(MARGIN)
}
