//! Refusals that were pasted, explained by what is true of them now.

use shared::admission::simulator::Ledger;

use super::{
    consumers::Held,
    decide::{held_of, ledger},
    evaluate::{Judged, judge_by},
    explanation::{Explanation, Row, State, Subject},
    fix::{self, Probe},
    namespace_snapshot::World,
    refusal_message::Sentence,
};

/// Judges all refusals by the present rules.
pub fn judge(sentences: &[Sentence], world: &World) -> Vec<Judged> {
    judge_by(sentences, world, &ledger(world))
}

/// Explains what was pasted.
pub fn explain(sentences: &[Sentence], judged: Vec<Judged>, world: &World, held: &[Held]) -> Explanation {
    let mut rows: Vec<Row> = Vec::new();
    // What was refused at different times is short of the same now.
    for row in judged.iter().flat_map(|one| &one.rows) {
        let asks_the_same = |one: &Row| {
            row.resource.is_some()
                && (&one.quota, &one.resource, &one.requested) == (&row.quota, &row.resource, &row.requested)
        };
        if !rows.iter().any(asks_the_same) {
            rows.push(row.clone());
        }
    }
    let is = |state: State| judged.iter().any(|one| one.state == state);
    let state = [State::Refused, State::Elsewhere, State::Unknown].into_iter().find(|state| is(*state));
    let state = state.unwrap_or(State::Admissible);
    let mut notes: Vec<String> = Vec::new();
    for note in judged.iter().flat_map(|one| &one.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    let (holders, differences) = held_of(&rows, world, held);
    notes.extend(differences);
    let refusals: Vec<_> = judged
        .iter()
        .zip(sentences)
        .map(|(one, sentence)| (one.by.clone(), sentence.message.clone()))
        .collect();
    let again = |rules: &Ledger| {
        let judged = judge_by(sentences, world, rules);
        Probe {
            complete: judged.iter().all(|one| one.state != State::Refused),
            shortages: judged.into_iter().flat_map(|one| one.shortages).collect(),
        }
    };
    let mut fix: Vec<String> = judged.iter().filter_map(|one| one.fix.clone()).collect();
    if state == State::Refused {
        fix.extend(fix::of_text(&rows, &refusals, held, world, &again));
    }
    Explanation {
        subject: Subject { kind: "Text".to_owned(), namespace: world.namespace.clone(), name: String::new() },
        state,
        summary: summary(sentences, &judged),
        missing: Vec::new(),
        refusals: rows,
        told: sentences.iter().map(|sentence| sentence.message.clone()).collect(),
        holders,
        retry: None,
        fix,
        notes,
    }
}

fn summary(sentences: &[Sentence], judged: &[Judged]) -> String {
    let fate = |state: State| match state {
        State::Refused => "would be refused again now",
        State::Elsewhere => "refused, but not by quotas",
        State::Unknown => "whether it would be refused again can't be told",
        State::Admissible | State::Complete => "would be let in now",
    };
    let [sentence] = sentences else {
        let count = |state: State| judged.iter().filter(|one| one.state == state).count();
        let parts = [State::Refused, State::Elsewhere, State::Unknown, State::Admissible]
            .into_iter()
            .filter(|state| count(*state) > 0)
            .map(|state| format!("{} {}", count(state), fate(state)));
        return format!("{} refusals: {}", sentences.len(), parts.collect::<Vec<_>>().join(", "));
    };
    let subject = match (sentence.resource.as_str(), sentence.name.as_str()) {
        ("", _) => "this".to_owned(),
        (resource, name) => format!("{resource} {name}"),
    };
    format!("{subject}: {}", fate(judged.first().map_or(State::Unknown, |one| one.state)))
}
