//! What requests, watches and Leases bring becomes events of the machine.

use futures::FutureExt as _;
use shared::{Error, cli::ExitStatus, client::lease::Renewal};

use super::{
    super::{
        journal::{Entry, Record},
        machine::{Answer, End, Event, Machine, MoveAnswer, Phase, Stop},
        progress::Progress,
    },
    Done, Work,
    entries::{journal_pod, record_answer, record_cordon, record_recreation, record_scale},
    locks::{self, Renewed},
    requests::Answered,
    watches::Brought,
};

impl Work<'_, '_> {
    pub(super) fn finish(
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
                        machine.owe(node, cordoned.owed);
                        machine.observe(Event::Cordoned { node }, now);
                    }
                    Err(error) => machine.observe(Event::NotCordoned { node, end: failed(&error) }, now),
                }
            }
            Done::Evicted(answered) => {
                record_answer(record, &answered, machine, self.run.removal.deletes);
                if !matches!(answered.answer, Answer::Failed(_) | Answer::Lost(_)) {
                    machine.observe(Event::Contact, now);
                }
                let Answered { victim, answer, was_asked, .. } = *answered;
                if !was_asked {
                    self.on_disk.remove(&victim.uid);
                }
                machine.observe(Event::Answered { uid: victim.uid.clone(), answer }, now);
                if let Some(pod) = machine.pod(&victim.uid) {
                    progress.answered(pod);
                }
            }
            Done::Listed { node, outcome: Ok(pods) } => {
                machine.observe(Event::Contact, now);
                machine.observe(Event::Listed { node, pods }, now);
            }
            Done::Listed { node, outcome: Err(error) } => {
                machine.observe(stop_of(&error).unwrap_or(Event::NotListed { node }), now);
            }
            Done::MoveBegun { uid, deployment, outcome } => {
                record_scale(record, &deployment, outcome.as_ref().err());
                let done =
                    |replicas| MoveAnswer::Done { replicas: i32::try_from(replicas).unwrap_or(i32::MAX) };
                let answer = outcome.map_or_else(|error| refused(&error), done);
                machine.observe(Event::MoveBegun { uid: uid.clone(), answer }, now);
                if let Some(pod) = machine.pod(&uid) {
                    progress.answered(pod);
                }
            }
            Done::MoveEnded { uid, deployment, outcome } => {
                record_scale(record, &deployment, outcome.as_ref().err());
                let done = |()| MoveAnswer::Done { replicas: 0 };
                let answer = outcome.map_or_else(|error| refused(&error), done);
                machine.observe(Event::MoveEnded { uid: uid.clone(), answer }, now);
                if let Some(pod) = machine.pod(&uid) {
                    progress.answered(pod);
                }
            }
            Done::Recreated { uid, answer } => {
                if let Some(one) = machine.recreation(&uid) {
                    record_recreation(record, &uid, one, &answer);
                }
                machine.observe(Event::Recreated { uid: uid.clone(), answer }, now);
                if let Some(one) = machine.recreation(&uid) {
                    progress.recreated(&uid, one);
                }
            }
            Done::Planned(Ok(nodes)) => machine.observe(Event::Replanned(nodes), now),
            Done::Planned(Err(error)) => machine.observe(stop_of(&error).unwrap_or(Event::NotReplanned), now),
        }
    }

    pub(super) fn take(
        &mut self,
        brought: Brought,
        machine: &mut Machine,
        record: &mut Record,
        progress: &mut Progress<'_>,
    ) {
        let now = self.now();
        let events = match brought {
            Brought::Events(events) => {
                machine.observe(Event::Contact, now);
                progress.connected();
                events
            }
            Brought::Lost(sentence, events) => {
                progress.lost(&sentence);
                events
            }
        };
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

    pub(super) fn renewed(&mut self, renewed: Renewed, machine: &mut Machine, progress: &mut Progress<'_>) {
        let Renewed { node, lease, outcome } = renewed;
        let now = self.now();
        match outcome {
            Ok(Renewal::Renewed) => {
                machine.observe(Event::Contact, now);
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
}

/// Returns the stop of a run that may not do what it must.
fn stop_of(error: &Error) -> Option<Event> {
    let is_refused = error.is_api(401) || error.is_api(403);
    is_refused.then(|| Event::Stopped(Stop::NotPermitted(error.sentence().to_owned())))
}

fn refused(error: &Error) -> MoveAnswer {
    let sentence = error.sentence().to_owned();
    match error.is_api(401) || error.is_api(403) {
        true => MoveAnswer::NotPermitted(sentence),
        false => MoveAnswer::Failed(sentence),
    }
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
