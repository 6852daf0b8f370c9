//! Refusals that were pasted, explained by what is true of them now.

use shared::admission::simulator::Simulator;

use super::{
    consumers::QuotaConsumer,
    decide::{shortage_holders, simulator},
    evaluate::{Evaluation, judge_by},
    explanation::{Explanation, Row, State, Subject},
    fix::{self, Feasibility},
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::RefusalMessage,
};

/// Judges all refusals by the present rules.
pub fn judge(messages: &[RefusalMessage], snapshot: &NamespaceSnapshot) -> Vec<Evaluation> {
    judge_by(messages, snapshot, &simulator(snapshot))
}

/// Explains what was pasted.
pub fn explain(
    messages: &[RefusalMessage],
    evaluations: Vec<Evaluation>,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
) -> Explanation {
    let mut rows: Vec<Row> = Vec::new();
    // What was refused at different times is short of the same now.
    for row in evaluations.iter().flat_map(|one| &one.rows) {
        let asks_the_same = |one: &Row| {
            row.resource.is_some()
                && (&one.quota, &one.resource, &one.requested) == (&row.quota, &row.resource, &row.requested)
        };
        if !rows.iter().any(asks_the_same) {
            rows.push(row.clone());
        }
    }
    let is = |state: State| evaluations.iter().any(|one| one.state == state);
    let state = [State::Refused, State::NotQuota, State::Unknown].into_iter().find(|state| is(*state));
    let state = state.unwrap_or(State::Admissible);
    let mut notes: Vec<String> = Vec::new();
    for note in evaluations.iter().flat_map(|one| &one.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    let (holders, differences) = shortage_holders(&rows, snapshot, consumers);
    notes.extend(differences);
    let refusals: Vec<_> = evaluations
        .iter()
        .zip(messages)
        .map(|(one, message)| (one.by.clone(), message.text.clone()))
        .collect();
    let again = |rules: &Simulator| {
        let evaluations = judge_by(messages, snapshot, rules);
        Feasibility {
            complete: evaluations.iter().all(|one| one.state != State::Refused),
            shortages: evaluations.into_iter().flat_map(|one| one.shortages).collect(),
        }
    };
    let mut fix: Vec<String> = evaluations.iter().filter_map(|one| one.fix.clone()).collect();
    if state == State::Refused {
        fix.extend(fix::of_text(&rows, &refusals, consumers, snapshot, &again));
    }
    Explanation {
        subject: Subject {
            kind: "Text".to_owned(),
            namespace: snapshot.namespace.clone(),
            name: String::new(),
        },
        state,
        summary: summary(messages, &evaluations),
        missing: Vec::new(),
        refusals: rows,
        controller_messages: messages.iter().map(|message| message.text.clone()).collect(),
        holders,
        retry: None,
        fix,
        notes,
    }
}

fn summary(messages: &[RefusalMessage], evaluations: &[Evaluation]) -> String {
    let fate = |state: State| match state {
        State::Refused => "would be refused again now",
        State::NotQuota => "refused, but not by quotas",
        State::Unknown => "whether it would be refused again can't be told",
        State::Admissible | State::Complete => "would be let in now",
    };
    let [message] = messages else {
        let count = |state: State| evaluations.iter().filter(|one| one.state == state).count();
        let parts = [State::Refused, State::NotQuota, State::Unknown, State::Admissible]
            .into_iter()
            .filter(|state| count(*state) > 0)
            .map(|state| format!("{} {}", count(state), fate(state)));
        return format!("{} refusals: {}", messages.len(), parts.collect::<Vec<_>>().join(", "));
    };
    let subject = match (message.resource.as_str(), message.name.as_str()) {
        ("", _) => "this".to_owned(),
        (resource, name) => format!("{resource} {name}"),
    };
    format!("{subject}: {}", fate(evaluations.first().map_or(State::Unknown, |one| one.state)))
}
