//! Why a workload lacks what it lacks: the present, tried out; what its controller said is only the past.

use serde_json::Value;

use super::{
    event::Failures,
    explanation::{Explanation, Missing, Owner, Row, State, Subject},
    fix,
    held::{self, Held},
    need::{Need, needs},
    retry::{human, retry},
    sentence::{Says, Sentence, find_in_line},
    trial::{self, Trial, attempt},
    world::{World, is_going, kind, meta},
};
use crate::check::Ledger;

/// A workload, tried out.
#[derive(Debug)]
pub struct Case<'a> {
    /// The workload.
    pub subject: &'a Value,
    /// What it lacks.
    pub needs: Vec<Need<'a>>,
    /// What would come of each now.
    pub trials: Vec<Trial>,
}

/// The rules of the namespace, to be charged.
pub fn ledger(world: &World) -> Ledger {
    Ledger { namespaces: world.side.namespaces.clone(), classes: world.side.classes.clone() }
}

/// Tries out what a workload lacks.
pub fn examine<'a>(subject: &'a Value, world: &'a World) -> Case<'a> {
    let needs = needs(subject, world);
    let trials = attempt(&needs, &world.side, &mut ledger(world));
    Case { subject, needs, trials }
}

impl Case<'_> {
    /// What would be refused, resource by resource, each once.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for row in self.trials.iter().flat_map(|trial| &trial.refusals).flat_map(Row::of) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// Kind and name.
    pub fn owner(&self) -> Owner {
        owner(self.subject)
    }

    /// The need that is refused, else the first.
    fn first(&self) -> Option<(&Need<'_>, &Trial)> {
        let mut pairs = self.needs.iter().zip(&self.trials);
        let refused = pairs.clone().find(|(_, trial)| !trial.refusals.is_empty());
        refused.or_else(|| pairs.next())
    }

    /// Whether all that is missing is the Job of the next time.
    fn is_only_due(&self) -> bool {
        kind(self.subject) == "CronJob"
            && self.needs.iter().all(|need| std::ptr::eq(need.maker, self.subject))
    }
}

fn owner(object: &Value) -> Owner {
    Owner::new(kind(object), meta(object, "name"))
}

/// What controllers said last, with whose it is.
struct Told {
    maker: Owner,
    failures: Failures,
    sentences: Vec<Sentence>,
}

fn told(case: &Case, world: &World) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for maker in case.needs.iter().map(|need| need.maker) {
        let maker_is = owner(maker);
        if told.iter().any(|one| one.maker == maker_is) {
            continue;
        }
        if let Some(failures) = world.failures(maker) {
            let sentences = find_in_line(&failures.message).unwrap_or_default();
            told.push(Told { maker: maker_is, failures, sentences });
        }
    }
    told
}

/// Whether this is no matter of quotas and LimitRanges. A 422 about resources can come of a LimitRange's defaults.
pub fn is_elsewhere(sentence: &Sentence) -> bool {
    match &sentence.says {
        Says::Elsewhere { .. } => true,
        Says::Invalid { why } => !why.contains("resources"),
        _ => false,
    }
}

/// Explains a workload that was tried out. `held` is what is there of what is short.
pub fn explain(case: &Case, world: &World, held: &[Held]) -> Explanation {
    let told = told(case, world);
    let refusals = case.rows();
    let elsewhere = told.iter().flat_map(|one| &one.sentences).find(|sentence| is_elsewhere(sentence));
    let state = if case.needs.is_empty() || (case.is_only_due() && refusals.is_empty() && told.is_empty()) {
        State::Complete
    } else if !refusals.is_empty() {
        State::Refused
    } else if !world.knows_rules() {
        State::Unknown
    } else if elsewhere.is_some() {
        State::Elsewhere
    } else {
        State::Admissible
    };
    let mut notes = notes(case, world, state);
    if let Some(Sentence { says: Says::Elsewhere { matter, .. }, .. }) = elsewhere {
        notes.push(format!("no matter of quotas: it is a matter of {matter}"));
    }
    let (holders, differences) = held_of(&refusals, world, held);
    notes.extend(differences);
    let next = case.first().filter(|_| state != State::Complete).and_then(|(need, _)| {
        let maker = owner(need.maker);
        let failures = told.iter().find(|one| one.maker == maker).map(|one| &one.failures);
        let worth_it = failures.is_some() || state == State::Refused;
        worth_it.then(|| retry(&maker, &world.namespace, failures, world.side.now))
    });
    Explanation {
        subject: Subject {
            kind: kind(case.subject).to_owned(),
            namespace: world.namespace.clone(),
            name: meta(case.subject, "name").to_owned(),
        },
        state,
        summary: summary(case, state),
        missing: missing(case),
        refusals,
        told: told.iter().map(|one| words(&one.maker, &one.failures, world.side.now)).collect(),
        holders,
        retry: next,
        fix: if state == State::Refused { fix::of_workload(case, world, held) } else { Vec::new() },
        notes,
    }
}

/// Who holds what is short, and where the server counts otherwise.
pub fn held_of(rows: &[Row], world: &World, held: &[Held]) -> (Vec<super::explanation::Holder>, Vec<String>) {
    let mut short: Vec<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.quota.as_deref()?, row.resource.as_deref()?))).collect();
    short.sort_unstable();
    short.dedup();
    let quotas = world.side.namespaces.get(&world.namespace).map(|rules| rules.quotas.as_slice());
    let (mut holders, mut notes) = (Vec::new(), Vec::new());
    for (name, resource) in short {
        let Some(quota) = quotas.unwrap_or_default().iter().find(|quota| quota.name == name) else {
            continue;
        };
        let of = held::holders(quota, resource, held);
        // Without the list of what holds it nothing is known.
        if !of.is_empty() {
            notes.extend(held::difference(quota, resource, &of));
        }
        holders.extend(of);
    }
    (holders, notes)
}

fn missing(case: &Case) -> Vec<Missing> {
    let pairs = case.needs.iter().zip(&case.trials);
    let missing = pairs.map(|(need, trial)| Missing {
        kind: need.what().to_owned(),
        maker: owner(need.maker),
        wanted: need.wanted,
        present: need.present,
        admitted: trial.admitted,
    });
    missing.collect()
}

fn words(maker: &Owner, failures: &Failures, now: i64) -> String {
    let ago = human(u64::try_from(now - failures.last).unwrap_or(0));
    format!("{ago} ago, {} {}: {}", maker.kind, maker.name, failures.message)
}

/// How things stand, in a sentence.
fn summary(case: &Case, state: State) -> String {
    let subject = format!("{} {}", kind(case.subject), meta(case.subject, "name"));
    let Some((need, trial)) = case.first().filter(|_| state != State::Complete) else {
        return match (kind(case.subject), case.needs.is_empty()) {
            ("Pod", _) => format!("{subject}: it is there, so nothing refuses it"),
            ("CronJob", false) => format!("{subject}: its next Job would be let in now"),
            _ => format!("{subject}: nothing is missing"),
        };
    };
    let what = match (need.what(), need.wanted) {
        ("Pod", 1) => "its pod is missing".to_owned(),
        ("Pod", wanted) => format!("{} of {wanted} pods are missing", need.missing()),
        ("Job", _) => "the next Job".to_owned(),
        (kind, _) => format!("its new {kind} is missing"),
    };
    let subject = if std::ptr::eq(need.maker, case.subject) {
        subject
    } else {
        format!("{subject} ({} {})", kind(need.maker), meta(need.maker, "name"))
    };
    let missing = need.missing();
    let fate = match state {
        State::Refused if trial.by_chance => "may be refused, as it happens".to_owned(),
        State::Refused if trial.admitted > 0 => {
            format!("{} would be let in now, {} refused", trial.admitted, missing - trial.admitted)
        }
        State::Refused => "would be refused now".to_owned(),
        State::Elsewhere => "was refused, by something else than quotas".to_owned(),
        State::Unknown => "whether it would be let in can't be told".to_owned(),
        State::Admissible | State::Complete => "would be let in now".to_owned(),
    };
    let joint = if need.what() == "Job" { " " } else { ": " };
    format!("{subject}: {what}{joint}{fate}")
}

/// What else explains it.
fn notes(case: &Case, world: &World, state: State) -> Vec<String> {
    let mut notes = Vec::new();
    let makers = case.needs.iter().map(|need| need.maker).chain([case.subject]);
    let mut seen: Vec<Owner> = Vec::new();
    for maker in makers.chain(world.made_by(case.subject, "ReplicaSet")) {
        if seen.contains(&owner(maker)) {
            continue;
        }
        seen.push(owner(maker));
        for pod in world.pods_of(maker).into_iter().flatten() {
            let condition =
                pod.status.condition("PodScheduled").filter(|condition| condition.status == "False");
            if let Some(condition) = condition.filter(|_| !is_going(&pod.metadata)) {
                notes.push(waits_for_scheduler(&pod.metadata.name, &condition.message));
            }
        }
        if let Some(since) = frozen_since(maker).filter(|_| state != State::Complete) {
            notes.push(format!(
                "the condition ReplicaFailure of {} {} stands since {since} with the words of then: its numbers are of the past",
                kind(maker),
                meta(maker, "name")
            ));
        }
    }
    notes.extend(waiting_for_another(case, world, state));
    let quotas = world.side.namespaces.get(&world.namespace).into_iter().flat_map(|rules| &rules.quotas);
    for quota in quotas.filter(|quota| quota.spec_hard != quota.status_hard && state != State::Complete) {
        notes.push(format!(
            "quota {} was changed, and the server enforces what it was before until the controller has taken that up",
            quota.name
        ));
    }
    if world.events.is_none() && state != State::Complete {
        notes.push("without events it can't be told what the controller said last".to_owned());
    }
    notes
}

/// What can be said of a pod that is there.
pub fn of_pod(pod: &Value) -> Option<String> {
    let conditions = pod["status"]["conditions"].as_array()?;
    let unscheduled = |one: &&Value| one["type"] == "PodScheduled" && one["status"] == "False";
    let message = conditions.iter().find(unscheduled)?["message"].as_str()?;
    Some(waits_for_scheduler(meta(pod, "name"), message))
}

fn waits_for_scheduler(pod: &str, message: &str) -> String {
    format!("Pod {pod} was let in and waits for the scheduler, which is no matter of quotas: {message}")
}

/// Since when a ReplicaSet, or a Deployment, fails.
fn frozen_since(workload: &Value) -> Option<&str> {
    let conditions = workload["status"]["conditions"].as_array()?;
    let failure = conditions.iter().find(|one| one["type"] == "ReplicaFailure" && one["status"] == "True")?;
    failure["lastTransitionTime"].as_str()
}

/// A StatefulSet makes a pod only after those before it are ready.
fn waiting_for_another(case: &Case, world: &World, state: State) -> Option<String> {
    let set = case.subject;
    if kind(set) != "StatefulSet"
        || set["spec"]["podManagementPolicy"] == "Parallel"
        || state != State::Admissible
    {
        return None;
    }
    let is_ready =
        |pod: &&shared::model::Pod| pod.status.condition("Ready").is_some_and(|one| one.status == "True");
    let first = world.pods_of(set)?.find(|pod| !is_ready(pod))?;
    Some(format!(
        "StatefulSet {} makes one pod after the other, and {} is not ready",
        meta(set, "name"),
        first.metadata.name
    ))
}

/// Whether everything that is missing gets in by these rules, and what quotas lack otherwise.
pub fn probe(case: &Case, world: &World, rules: &Ledger) -> fix::Probe {
    let trials = attempt(&case.needs, &world.side, &mut rules.clone());
    let shortages = trials.iter().flat_map(|trial| {
        trial.refusals.iter().flat_map(|refusal| refusal.shortages.clone()).chain(trial.shortages.clone())
    });
    fix::Probe { complete: trial::is_complete(&trials), shortages: shortages.collect() }
}
