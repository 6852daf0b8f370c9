//! The machine at work: its actions become requests, and answers and watches its events.

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
    Error, Result,
    cli::{ExitStatus, Interrupt},
    client::{
        Client, Scope,
        lease::{HeldLease, Renewal},
    },
};
use tokio::{sync::watch, time::sleep};

use self::{
    locks::Renewed,
    requests::{Answered, Removal, Victim},
    watches::{Brought, Watch},
};
use super::{
    annotations::NodeState,
    cordon::{self, Cordoned},
    journal::{Entry, JournalPod, Record},
    machine::{Action, Answer, End, Event, Machine, Moment, Phase, Stop},
    progress::Progress,
};
use crate::plan::{NodePlan, Plan};

/// How long no API server may answer before the run ends.
const UNREACHABLE_AFTER: Duration = Duration::from_secs(5 * 60);

/// How long the end waits for answers to requests that are under way.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// Makes the plan anew.
pub type Planner<'a> = dyn Fn() -> LocalBoxFuture<'a, Result<Plan>> + 'a;

/// What a run stands on.
pub struct Run<'a> {
    pub client: &'a Client,
    /// The run's name.
    pub name: &'a str,
    pub state: &'a NodeState,
    pub removal: Removal,
    pub planner: &'a Planner<'a>,
    /// Where budgets are watched.
    pub budgets: Vec<Scope>,
}

/// What came of an action.
enum Done {
    Cordoned { node: usize, outcome: Result<Cordoned> },
    Evicted(Box<Answered>),
    Listed { node: usize, outcome: Result<Vec<super::machine::SeenPod>> },
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
    last_contact: Instant,
    was_cordoned: BTreeMap<usize, bool>,
    /// Tells the renewals that the run is over.
    closing: watch::Sender<bool>,
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
        last_contact: Instant::now(),
        was_cordoned: BTreeMap::new(),
        closing: watch::Sender::new(false),
    };
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
        let all_over = machine.nodes().iter().all(super::machine::NodeRun::is_over);
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
        work.check_contact(machine);
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

    /// Cordons all nodes, or none.
    async fn cordon_all(
        &mut self,
        machine: &mut Machine,
        record: &mut Record,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let run = self.run;
        let nodes: Vec<_> =
            machine.nodes().iter().map(|node| (node.name.clone(), node.uid.clone())).collect();
        let all = nodes.iter().map(|(name, uid)| cordon::cordon(run.client, name, uid, run.name, run.state));
        let outcomes = futures::future::join_all(all).await;
        let mut failure = None;
        for (node, outcome) in outcomes.iter().enumerate() {
            record_cordon(record, &nodes[node].0, outcome);
            match outcome {
                Ok(cordoned) => {
                    self.was_cordoned.insert(node, cordoned.was_cordoned);
                    progress.cordoned(&nodes[node].0, cordoned);
                    machine.observe(Event::Cordoned { node }, self.now());
                }
                Err(error) => drop(failure.get_or_insert_with(|| error.clone())),
            }
        }
        let Some(error) = failure else { return Ok(()) };
        for (node, outcome) in outcomes.iter().enumerate() {
            if outcome.is_ok() {
                // What can't be taken back is taken back by `undo`.
                cordon::uncordon(run.client, &nodes[node].0, run.name).await.ok();
            }
        }
        self.closing.send_replace(true);
        for lease in std::mem::take(&mut self.renewals).collect::<Vec<_>>().await {
            lease.lease.release().await.ok();
        }
        Err(error)
    }

    /// Begins with an action.
    fn begin(&mut self, action: Action, machine: &Machine, progress: &mut Progress<'_>) {
        let run = self.run;
        let work: LocalBoxFuture<'a, Done> = match action {
            Action::Cordon { node } => {
                let (name, uid) = (machine.nodes()[node].name.clone(), machine.nodes()[node].uid.clone());
                async move {
                    let outcome = cordon::cordon(run.client, &name, &uid, run.name, run.state).await;
                    Done::Cordoned { node, outcome }
                }
                .boxed_local()
            }
            Action::Evict { uid } => {
                let Some(pod) = machine.pod(&uid) else { return };
                let victim =
                    Victim { namespace: pod.plan.namespace.clone(), name: pod.plan.name.clone(), uid };
                progress.asked(pod);
                requests::evict(run.client, victim, run.removal)
                    .map(|answered| Done::Evicted(Box::new(answered)))
                    .boxed_local()
            }
            Action::List { node } => {
                let name = machine.nodes()[node].name.clone();
                async move { Done::Listed { node, outcome: requests::list(run.client, &name).await } }
                    .boxed_local()
            }
            Action::Replan => {
                (run.planner)().map(|plan| Done::Planned(plan.map(|plan| plan.nodes))).boxed_local()
            }
        };
        self.done.push(work);
    }

    /// Watches what has to be watched by now.
    fn watch(&mut self, machine: &Machine) {
        let run = self.run;
        for (index, node) in machine.nodes().iter().enumerate() {
            // Not before the cordon: what a watch shows from before it would look as if somebody had uncordoned it.
            if node.cordoned_at().is_some() && self.watched.insert(index) {
                self.watches.push(watches::node(run.client, index, &node.name, run.name));
                self.watches.push(watches::pods(run.client, index, &node.name));
            }
        }
        let mut new: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (namespace, controller) in machine.owners_to_watch() {
            if self.watched_owners.insert((namespace.clone(), controller.clone())) {
                new.entry(namespace).or_default().insert(controller);
            }
        }
        for (namespace, controllers) in new {
            self.watches.push(watches::owners(run.client, &namespace, controllers, Rc::clone(&self.drained)));
        }
    }

    fn finish(
        &mut self,
        done: Done,
        machine: &mut Machine,
        record: &mut Record,
        progress: &mut Progress<'_>,
    ) {
        let now = self.now();
        match done {
            Done::Cordoned { node, outcome } => {
                let name = machine.nodes()[node].name.clone();
                record_cordon(record, &name, &outcome);
                match outcome {
                    Ok(cordoned) => {
                        self.was_cordoned.insert(node, cordoned.was_cordoned);
                        progress.cordoned(&name, &cordoned);
                        machine.observe(Event::Cordoned { node }, now);
                    }
                    Err(error) => machine.observe(Event::NotCordoned { node, end: failed(&error) }, now),
                }
            }
            Done::Evicted(answered) => {
                record_answer(record, &answered, machine, self.run.removal.deletes);
                if !matches!(answered.answer, Answer::Failed(_)) {
                    self.last_contact = Instant::now();
                }
                let Answered { victim, answer, .. } = *answered;
                machine.observe(Event::Answered { uid: victim.uid.clone(), answer }, now);
                if let Some(pod) = machine.pod(&victim.uid) {
                    progress.answered(pod);
                }
            }
            Done::Listed { node, outcome: Ok(pods) } => {
                self.last_contact = Instant::now();
                machine.observe(Event::Listed { node, pods }, now);
            }
            Done::Listed { node, outcome: Err(error) } => {
                machine.observe(stop_of(&error).unwrap_or(Event::NotListed { node }), now);
            }
            Done::Planned(Ok(nodes)) => machine.observe(Event::Replanned(nodes), now),
            Done::Planned(Err(error)) => machine.observe(stop_of(&error).unwrap_or(Event::NotReplanned), now),
        }
    }

    fn take(
        &mut self,
        brought: Brought,
        machine: &mut Machine,
        record: &mut Record,
        progress: &mut Progress<'_>,
    ) {
        let events = match brought {
            Brought::Events(events) => {
                self.last_contact = Instant::now();
                progress.connected();
                events
            }
            Brought::Lost(sentence, events) => {
                progress.lost(&sentence);
                events
            }
        };
        let now = self.now();
        for event in events {
            let uid = match &event {
                Event::PodGone { uid } => Some(uid.clone()),
                _ => None,
            };
            machine.observe(event, now);
            let Some(pod) = uid.and_then(|uid| machine.pod(&uid)) else { continue };
            if pod.phase == Phase::Gone {
                record.add(&Entry {
                    event: "Gone",
                    node: Some(machine.nodes()[pod.node].name.clone()),
                    pod: Some(journal_pod(&pod.plan.namespace, &pod.plan.name, &pod.plan.uid)),
                    ..Entry::default()
                });
                progress.gone(pod);
            }
        }
    }

    fn renewed(&mut self, renewed: Renewed, machine: &mut Machine, progress: &mut Progress<'_>) {
        let Renewed { node, lease, outcome } = renewed;
        let now = self.now();
        match outcome {
            Ok(Renewal::Renewed) => {
                self.last_contact = Instant::now();
                progress.connected();
                machine.observe(Event::LockHeld { node, until: now + locks::safe_for(&lease) }, now);
            }
            Ok(Renewal::Lost { holder }) => {
                // Nothing to renew or to release.
                return machine.observe(Event::LockLost { node, holder }, now);
            }
            Err(error) => match stop_of(&error) {
                Some(stop) => machine.observe(stop, now),
                None => progress.lost(error.sentence()),
            },
        }
        self.renewals.push(locks::renew(node, lease, self.closing.subscribe()).boxed_local());
    }

    fn check_contact(&self, machine: &mut Machine) {
        if self.last_contact.elapsed() >= UNREACHABLE_AFTER {
            let sentence = "no API server has answered for 5 minutes".to_owned();
            machine.observe(Event::Stopped(Stop::Unreachable(sentence)), self.now());
        }
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

/// Returns the stop of a run that may not do what it must.
fn stop_of(error: &Error) -> Option<Event> {
    let is_refused = error.is_api(401) || error.is_api(403);
    is_refused.then(|| Event::Stopped(Stop::NotPermitted(error.sentence().to_owned())))
}

fn failed(error: &Error) -> End {
    match error.is_api(404) {
        true => End::Gone,
        false => End::Failed {
            message: error.sentence().to_owned(),
            status: match error.status() {
                ExitStatus::NotPermitted => ExitStatus::NotPermitted,
                _ => ExitStatus::Failure,
            },
        },
    }
}

fn journal_pod(namespace: &str, name: &str, uid: &str) -> JournalPod {
    JournalPod { namespace: namespace.to_owned(), name: name.to_owned(), uid: uid.to_owned() }
}

fn record_cordon(record: &mut Record, node: &str, outcome: &Result<Cordoned>) {
    let error = outcome.as_ref().err();
    let api = error.and_then(Error::api_status);
    record.add(&Entry {
        event: "Cordon",
        node: Some(node.to_owned()),
        verb: Some("patch"),
        path: Some(format!("/api/v1/nodes/{node}")),
        code: if error.is_none() { Some(200) } else { api.map(|api| api.code) },
        reason: api.map(|api| api.reason.clone()),
        message: error.map(|error| error.sentence().to_owned()),
        ..Entry::default()
    });
}

fn record_answer(record: &mut Record, answered: &Answered, machine: &Machine, deletes: bool) {
    let Answered { victim, code, reason, message, took, .. } = answered;
    let node = machine.pod(&victim.uid).map(|pod| machine.nodes()[pod.node].name.clone());
    let path = format!("/api/v1/namespaces/{}/pods/{}", victim.namespace, victim.name);
    record.add(&Entry {
        event: "Evict",
        node,
        pod: Some(journal_pod(&victim.namespace, &victim.name, &victim.uid)),
        verb: Some(if deletes { "delete" } else { "create" }),
        path: Some(if deletes { path } else { format!("{path}/eviction") }),
        code: *code,
        reason: reason.clone(),
        message: message.clone(),
        ms: u64::try_from(took.as_millis()).ok(),
    });
}
