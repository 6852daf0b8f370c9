//! Leases: locks that are visible in the cluster and name their holder.
//!
//! As client-go's leader election has it (`tools/leaderelection`): the holder renews the Lease every few seconds, and
//! it counts as dead once nobody has for the Lease's duration, by the clock of whoever looks. Times in the Lease are for
//! people; clocks that disagree change nothing.

use std::time::Duration;

use jiff::Timestamp;
use k8s_openapi::{
    api::coordination::v1::{Lease, LeaseSpec},
    apimachinery::pkg::apis::meta::v1::{MicroTime, ObjectMeta},
};
use tokio::time::{Instant, sleep, timeout};

use super::{Client, WriteOptions};
use crate::{Error, Result};

/// How long a Lease lives that nobody writes.
pub const DURATION: Duration = Duration::from_secs(15);

/// How often the holder writes it, and how often somebody else looks whether it did.
pub const RENEWAL: Duration = Duration::from_secs(2);

/// How long one request may take: a server that is silent must not outlast the Lease.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which Lease, and who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseTerms {
    /// The Lease's namespace.
    pub namespace: String,
    /// The Lease's name.
    pub name: String,
    /// The holder, unique to this process: what others are told.
    pub identity: String,
    /// The field manager of the writes.
    pub field_manager: &'static str,
    /// Whether it is taken from a holder who lives, too, and finds out at the next renewal.
    pub takes_over: bool,
}

/// What is known of a Lease's holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaseState {
    /// There is no Lease, or it was released.
    Free,
    /// Its holder has written it while we looked.
    Alive {
        /// The holder.
        holder: String,
    },
    /// Nobody has written it for its duration.
    Dead {
        /// The last holder.
        holder: String,
    },
}

/// The outcome of [`acquire`].
#[derive(Debug)]
pub enum Acquired {
    /// It is ours, until it is released or lost.
    Held(Box<HeldLease>),
    /// Somebody who lives holds it.
    Refused {
        /// The holder.
        holder: String,
    },
}

/// The outcome of [`HeldLease::renew`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It is still ours.
    Renewed,
    /// Somebody else has taken it.
    Lost {
        /// The new holder; empty where it was released by somebody else.
        holder: String,
    },
}

/// A Lease that is ours.
#[derive(Debug)]
pub struct HeldLease {
    client: Client,
    terms: LeaseTerms,
    lease: Lease,
    written: Instant,
}

/// Looks whether somebody who lives holds a Lease; takes up to its duration where it is held.
///
/// # Errors
/// The Lease can't be read.
pub async fn state(client: &Client, namespace: &str, name: &str) -> Result<LeaseState> {
    match read(client, namespace, name).await? {
        None => Ok(LeaseState::Free),
        Some(lease) => observe(client, namespace, lease).await.map(|(state, _)| state),
    }
}

/// Takes a Lease that is free or whose holder is dead; finding that out takes up to its duration. `waiting` is called
/// with the holder's name before such a wait. With [`LeaseTerms::takes_over`] nobody is waited for.
///
/// # Errors
/// The Lease can't be read or written.
pub async fn acquire(client: &Client, terms: LeaseTerms, mut waiting: impl FnMut(&str)) -> Result<Acquired> {
    loop {
        let written = Instant::now();
        let outcome = match read(client, &terms.namespace, &terms.name).await? {
            None => create(client, &terms).await,
            Some(lease) => {
                let holder = holder(&lease).to_owned();
                let mut lease = lease;
                if !holder.is_empty() && holder != terms.identity && !terms.takes_over {
                    waiting(&holder);
                    let (state, last) = observe(client, &terms.namespace, lease).await?;
                    match (state, last) {
                        (LeaseState::Alive { holder }, _) => return Ok(Acquired::Refused { holder }),
                        (LeaseState::Dead { .. }, Some(last)) => lease = last,
                        // Released or deleted while we looked.
                        _ => continue,
                    }
                }
                replace(client, &terms, lease).await
            }
        };
        match outcome {
            Ok(lease) => {
                let held = HeldLease { client: client.clone(), terms, lease, written };
                return Ok(Acquired::Held(Box::new(held)));
            }
            // Somebody else was faster; who, the next look tells.
            Err(error) if error.is_api(409) || error.is_api(404) => {}
            Err(error) => return Err(error),
        }
    }
}

impl HeldLease {
    /// Returns how long ago it was written: after [`DURATION`] others may take it.
    pub fn age(&self) -> Duration {
        self.written.elapsed()
    }

    /// Renews it.
    ///
    /// # Errors
    /// It can't be written now; it is ours until it is [`DURATION`] old.
    pub async fn renew(&mut self) -> Result<Renewal> {
        let written = Instant::now();
        let lease = match replace(&self.client, &self.terms, self.lease.clone()).await {
            Ok(lease) => lease,
            // A write of ours whose answer was lost, or somebody else's.
            Err(error) if error.is_api(409) => {
                match read(&self.client, &self.terms.namespace, &self.terms.name).await? {
                    Some(lease) if holder(&lease) == self.terms.identity => {
                        replace(&self.client, &self.terms, lease).await?
                    }
                    lease => {
                        let holder = lease.as_ref().map(holder).unwrap_or_default().to_owned();
                        return Ok(Renewal::Lost { holder });
                    }
                }
            }
            // Deleted by hand.
            Err(error) if error.is_api(404) => create(&self.client, &self.terms).await?,
            Err(error) => return Err(error),
        };
        (self.lease, self.written) = (lease, written);
        Ok(Renewal::Renewed)
    }

    /// Lets others take it at once.
    ///
    /// # Errors
    /// It can't be written: others have to wait for its duration.
    pub async fn release(mut self) -> Result<()> {
        // As client-go's `release`: the Lease stays, without a holder.
        self.terms.identity = String::new();
        match replace(&self.client, &self.terms, self.lease).await {
            // Somebody else's by now.
            Err(error) if error.is_api(409) || error.is_api(404) => Ok(()),
            outcome => outcome.map(drop),
        }
    }
}

fn holder(lease: &Lease) -> &str {
    lease.spec.as_ref().and_then(|spec| spec.holder_identity.as_deref()).unwrap_or_default()
}

/// Looks at a Lease that is held until it is written, or its duration is over. Returns how it was last.
async fn observe(client: &Client, namespace: &str, first: Lease) -> Result<(LeaseState, Option<Lease>)> {
    let name = first.metadata.name.clone().unwrap_or_default();
    let seconds = first.spec.as_ref().and_then(|spec| spec.lease_duration_seconds);
    let duration =
        seconds.and_then(|seconds| u64::try_from(seconds).ok()).map_or(DURATION, Duration::from_secs);
    let start = Instant::now();
    let mut last = first;
    loop {
        let holder = holder(&last).to_owned();
        if holder.is_empty() {
            return Ok((LeaseState::Free, Some(last)));
        }
        let left = duration.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Ok((LeaseState::Dead { holder }, Some(last)));
        }
        sleep(left.min(RENEWAL / 2)).await;
        let Some(now) = read(client, namespace, &name).await? else {
            return Ok((LeaseState::Free, None));
        };
        if now.metadata.resource_version != last.metadata.resource_version && !self::holder(&now).is_empty() {
            return Ok((LeaseState::Alive { holder: self::holder(&now).to_owned() }, Some(now)));
        }
        last = now;
    }
}

async fn read(client: &Client, namespace: &str, name: &str) -> Result<Option<Lease>> {
    match within(client.objects::<Lease>(namespace).get(name)).await {
        Ok(lease) => Ok(Some(lease)),
        Err(error) if error.is_api(404) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn create(client: &Client, terms: &LeaseTerms) -> Result<Lease> {
    let metadata = ObjectMeta {
        name: Some(terms.name.clone()),
        namespace: Some(terms.namespace.clone()),
        ..ObjectMeta::default()
    };
    let lease = held_by(terms, Lease { metadata, spec: None });
    within(client.objects::<Lease>(&terms.namespace).create(&lease, options(terms))).await
}

async fn replace(client: &Client, terms: &LeaseTerms, lease: Lease) -> Result<Lease> {
    let lease = held_by(terms, lease);
    within(client.objects::<Lease>(&terms.namespace).replace(&lease, options(terms))).await
}

/// Returns the Lease as this holder writes it now; what others wrote into it stays.
fn held_by(terms: &LeaseTerms, mut lease: Lease) -> Lease {
    let now = MicroTime(Timestamp::now());
    let before = lease.spec.take().unwrap_or_default();
    let is_new = before.holder_identity.as_deref().unwrap_or_default() != terms.identity;
    let taken = is_new && !terms.identity.is_empty();
    lease.spec = Some(LeaseSpec {
        holder_identity: Some(terms.identity.clone()),
        lease_duration_seconds: i32::try_from(DURATION.as_secs()).ok(),
        acquire_time: if taken { Some(now.clone()) } else { before.acquire_time.clone() },
        lease_transitions: Some(before.lease_transitions.unwrap_or(0) + i32::from(taken)),
        renew_time: Some(now),
        ..before
    });
    lease
}

fn options(terms: &LeaseTerms) -> WriteOptions<'static> {
    WriteOptions { field_manager: terms.field_manager, dry_run: false }
}

async fn within<T>(request: impl Future<Output = Result<T>>) -> Result<T> {
    match timeout(PATIENCE, request).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(format!("the API server did not answer within {} s", PATIENCE.as_secs()))),
    }
}

#[cfg(test)]
mod tests;
