//! The lock of a whole rolling: between two nodes it holds no node's.

use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{
        Client,
        lease::{self, Acquired, DURATION, HeldLease, LeaseState, LeaseTerms, RENEWAL, Renewal},
    },
};
use tokio::time::sleep;

use super::super::{cordon::FIELD_MANAGER, driver::locks::NAMESPACE, identity::Identity};

fn name(run: &str) -> String {
    format!("kubectl-drain-safe-rolling.{run}")
}

/// Takes the lock of a rolling.
///
/// # Errors
/// Somebody who lives carries it out; the Lease can't be written.
pub async fn acquire(client: &Client, identity: &Identity) -> Result<HeldLease> {
    let terms = LeaseTerms {
        namespace: NAMESPACE.to_owned(),
        name: name(&identity.run),
        identity: identity.holder(),
        field_manager: FIELD_MANAGER,
        takes_over: false,
    };
    match lease::acquire(client, terms, |_| ()).await? {
        Acquired::Held(lease) => Ok(*lease),
        Acquired::Refused { holder } => Err(carried_out_by(&holder)),
    }
}

/// Returns whether somebody who lives carries a rolling out, and who.
///
/// # Errors
/// The Lease can't be read.
pub async fn holder(client: &Client, run: &str) -> Result<Option<String>> {
    Ok(match lease::state(client, NAMESPACE, &name(run)).await? {
        LeaseState::Alive { holder } => Some(holder),
        LeaseState::Free | LeaseState::Dead { .. } => None,
    })
}

/// Renews the lock for ever, and returns why it is lost.
pub async fn keep(lease: &mut HeldLease) -> Error {
    loop {
        sleep(RENEWAL).await;
        match lease.renew().await {
            Ok(Renewal::Renewed) => {}
            Ok(Renewal::Lost { holder }) => return carried_out_by(&holder),
            Err(error) if lease.age() >= DURATION => return error,
            Err(_) => {}
        }
    }
}

fn carried_out_by(holder: &str) -> Error {
    Error::new(format!("the rolling goes on: {holder} carries it out")).with_status(ExitStatus::Guarded)
}
