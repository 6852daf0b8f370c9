//! The machine at work: its actions become requests, and answers and watches its events.

mod begin;
mod entries;
pub mod failed_creations;
mod finish;
pub mod locks;
pub mod requests;
pub mod watches;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::{Duration, Instant},
};

use futures::{
    FutureExt as _, StreamExt as _,
    future::LocalBoxFuture,
    stream::{FuturesUnordered, SelectAll},
};
use shared::{
    Result,
    cli::Interrupt,
    client::{
        Client, Scope,
        lease::{HeldLease, Renewal},
    },
};
use tokio::{sync::watch, time::sleep};

pub use self::entries::journal_pod;
use self::{
    locks::Renewed,
    requests::{Answered, Removal},
    watches::Watch,
};
use super::{
    annotations::NodeState,
    cordon::Cordoned,
    journal::Record,
    machine::{Event, Machine, Moment, RecreateAnswer, SeenPod, Stop},
    progress::Progress,
    saved::{Saved, needs_saving},
};
use crate::{
    facts::Workload,
    plan::{NodePlan, Plan},
};

/// How long the end waits for answers to requests that are under way.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// Makes a new plan.
pub type Planner<'a> = dyn Fn() -> LocalBoxFuture<'a, Result<Plan>> + 'a;

/// What a run stands on.
pub struct Run<'a> {
    pub client: &'a Client,
    /// The run's name.
    pub name: &'a str,
    /// What is written on each node.
    pub states: Vec<NodeState>,
    pub removal: Removal,
    pub planner: &'a Planner<'a>,
    /// Where pods are written to that nothing recreates.
    pub saved: &'a Saved<'a>,
    /// Where budgets are watched.
    pub budgets: Vec<Scope>,
}

/// What came of an action.
enum Done {
    Cordoned { node: usize, outcome: Result<Cordoned> },
    Evicted(Box<Answered>),
    Listed { node: usize, outcome: Result<Vec<SeenPod>> },
    MoveBegun { uid: String, deployment: Workload, outcome: Result<i64> },
    MoveEnded { uid: String, deployment: Workload, outcome: Result<()> },
    Recreated { uid: String, answer: RecreateAnswer },
    Planned(Result<Vec<NodePlan>>),
}

/// What is under way.
struct Work<'a, 'p> {
    run: &'a Run<'p>,
    started: Instant,
    done: FuturesUnordered<LocalBoxFuture<'a, Done>>,
    watches: SelectAll<Watch<'a>>,
    renewals: FuturesUnordered<LocalBoxFuture<'a, Renewed>>,
    drained: Rc<BTreeSet<String>>,
    watched: BTreeSet<usize>,
    watched_owners: BTreeSet<(String, String)>,
    watched_namespaces: BTreeSet<String>,
    watched_deployments: BTreeSet<Workload>,
    was_cordoned: BTreeMap<usize, bool>,
    /// Tells the renewals that the run is over.
    closing: watch::Sender<bool>,
    /// The pods that are on disk already, by uid.
    on_disk: BTreeSet<String>,
}

/// Where a run has come to.
pub struct Ended {
    /// The Leases, to be released.
    pub leases: Vec<HeldLease>,
    /// Of each node whether it was cordoned before.
    pub was_cordoned: Vec<bool>,
}

/// Carries a plan out. All nodes are cordoned first, or none: where one can't be, the others are uncordoned again.
///
/// # Errors
/// A node can't be cordoned.
pub async fn drive(
    run: &Run<'_>,
    machine: &mut Machine,
    leases: Vec<HeldLease>,
    interrupt: &Interrupt,
    record: &mut Record,
    progress: &mut Progress<'_>,
) -> Result<Ended> {
    let drained = machine.nodes().iter().map(|node| node.name.clone()).collect();
    let mut work = Work {
        run,
        started: Instant::now(),
        done: FuturesUnordered::new(),
        watches: SelectAll::new(),
        renewals: FuturesUnordered::new(),
        drained: Rc::new(drained),
        watched: BTreeSet::new(),
        watched_owners: BTreeSet::new(),
        watched_namespaces: BTreeSet::new(),
        watched_deployments: BTreeSet::new(),
        was_cordoned: BTreeMap::new(),
        closing: watch::Sender::new(false),
        on_disk: BTreeSet::new(),
    };
    for node in 0..machine.nodes().len() {
        let saved = machine.pods_of(node).filter(|pod| needs_saving(&pod.plan));
        work.on_disk.extend(saved.map(|pod| pod.plan.uid.clone()));
    }
    for (node, lease) in leases.into_iter().enumerate() {
        machine.observe(Event::LockHeld { node, until: work.now() + locks::safe_for(&lease) }, work.now());
        work.renewals.push(locks::renew(node, lease, work.closing.subscribe()).boxed_local());
    }
    if !machine.settings().allow_pending {
        work.cordon_all(machine, record, progress).await?;
    }
    for scope in &run.budgets {
        work.watches.push(watches::budgets(run.client, scope.clone()));
    }
    if machine.settings().wait_volumes {
        work.watches.push(watches::attachments(run.client));
    }
    let mut last_answers = None;
    loop {
        let now = work.now();
        // Before anything else is asked for: it may have come while the nodes were cordoned.
        if interrupt.is_requested() && machine.stop().is_none() {
            progress.interrupted(machine);
            machine.observe(Event::Stopped(Stop::Interrupted), now);
        }
        let actions = machine.next(now);
        for action in actions {
            work.begin(action, machine, progress);
        }
        work.watch(machine);
        progress.show(machine, now);
        let all_over = machine.nodes().iter().all(super::machine::NodeRun::is_over) && !machine.is_owing();
        if machine.is_over() {
            break;
        }
        let wake = match (all_over, machine.wake(now)) {
            // Only answers are awaited, and not for ever.
            (true, _) => *last_answers.get_or_insert(now + LAST_ANSWERS),
            (false, wake) => wake.unwrap_or(now + Duration::from_secs(1)).min(now + Duration::from_secs(1)),
        };
        if all_over && wake <= now {
            break;
        }
        tokio::select! {
            biased;
            () = interrupt.requested(), if machine.stop().is_none() => {}
            Some(done) = work.done.next(), if !work.done.is_empty() => {
                work.finish(done, machine, record, progress);
            }
            Some(brought) = work.watches.next(), if !work.watches.is_empty() => {
                work.take(brought, machine, record, progress);
            }
            Some(renewed) = work.renewals.next(), if !work.renewals.is_empty() => {
                work.renewed(renewed, machine, progress);
            }
            () = sleep(wake.saturating_sub(now)) => {}
        }
    }
    let was_cordoned = (0..machine.nodes().len())
        .map(|node| work.was_cordoned.get(&node).copied().unwrap_or(machine.nodes()[node].was_cordoned))
        .collect();
    let leases = work.leases().await;
    Ok(Ended { leases, was_cordoned })
}

impl<'a, 'p: 'a> Work<'a, 'p> {
    fn now(&self) -> Moment {
        self.started.elapsed()
    }

    /// Returns the Leases that are ours still.
    async fn leases(self) -> Vec<HeldLease> {
        let Self { renewals, closing, .. } = self;
        closing.send_replace(true);
        let renewed: Vec<Renewed> = renewals.collect().await;
        let held = renewed.into_iter().filter(|renewed| !matches!(renewed.outcome, Ok(Renewal::Lost { .. })));
        held.map(|renewed| renewed.lease).collect()
    }
}
