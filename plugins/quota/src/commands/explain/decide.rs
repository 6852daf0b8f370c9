//! Why a workload lacks what it lacks: the present, tried out; what its controller said is only the past.

use serde_json::Value;
use shared::{
    admission::simulator::Ledger,
    workload::{owner::Owner, retry::retry},
};

use super::{
    consumers::{self as held, Held},
    controller_messages as told,
    explanation::{Explanation, Missing, Row, State, Subject},
    fix,
    missing_pods::{Need, needs},
    namespace_snapshot::{World, kind, meta},
    notes::notes,
    refusal_message::{Says, Sentence},
    simulate::{self as trial, Trial, attempt},
};

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
    Ledger {
        namespaces: world.side.namespaces.clone(),
        classes: world.side.classes.clone(),
        ..Ledger::default()
    }
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
        Owner::itself(self.subject)
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
    let makers = case.needs.iter().map(|need| need.maker);
    let told = told::of(makers, world);
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
        let maker = Owner::itself(need.maker);
        let failures = told.iter().find(|one| one.maker == maker).and_then(|one| one.failures.as_ref());
        let worth_it = !told.is_empty() || state == State::Refused;
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
        told: told.into_iter().map(|one| one.words).collect(),
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
        maker: Owner::itself(need.maker),
        wanted: need.wanted,
        present: need.present,
        admitted: trial.admitted,
    });
    missing.collect()
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

/// Whether everything that is missing gets in by these rules, and what quotas lack otherwise.
pub fn probe(case: &Case, world: &World, rules: &Ledger) -> fix::Probe {
    let trials = attempt(&case.needs, &world.side, &mut rules.clone());
    let shortages = trials.iter().flat_map(|trial| {
        trial.refusals.iter().flat_map(|refusal| refusal.shortages.clone()).chain(trial.shortages.clone())
    });
    fix::Probe { complete: trial::is_complete(&trials), shortages: shortages.collect() }
}
