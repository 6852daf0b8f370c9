//! Explains pasted refusals by the current rules.

use shared::{admission::simulator::Simulator, workload::owner::Owner};

use super::{
    consumers::{QuotaConsumer, holders_of_shortages},
    evaluate::{self, Evaluation},
    explanation::{Explanation, Row, State, Subject},
    fix,
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::RefusalMessage,
};
use crate::remedy::Feasibility;

/// Evaluates all refusals by the current rules.
pub fn evaluate(messages: &[RefusalMessage], snapshot: &NamespaceSnapshot) -> Vec<Evaluation> {
    evaluate::evaluate(messages, snapshot, &snapshot.cluster.simulator())
}

/// Explains the refusals of a pasted text.
pub fn explain(
    messages: &[RefusalMessage],
    evaluations: Vec<Evaluation>,
    snapshot: &NamespaceSnapshot,
    consumers: &[QuotaConsumer],
    own: (&[Owner], Vec<String>),
) -> Explanation {
    let mut rows: Vec<Row> = Vec::new();
    // Refusals from different times are short of the same amount now.
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
    let (holders, mismatches) = holders_of_shortages(&rows, snapshot, consumers);
    notes.extend(mismatches);
    let refusals: Vec<_> = evaluations
        .iter()
        .zip(messages)
        .map(|(one, message)| (one.by.clone(), message.text.clone()))
        .collect();
    let feasibility = |rules: &Simulator| {
        let evaluations = evaluate::evaluate(messages, snapshot, rules);
        Feasibility {
            complete: evaluations.iter().all(|one| one.state != State::Refused),
            shortages: evaluations.into_iter().flat_map(|one| one.shortages).collect(),
            ..Feasibility::default()
        }
    };
    let mut fix: Vec<String> = evaluations.iter().filter_map(|one| one.fix.clone()).collect();
    if state == State::Refused {
        fix.extend(fix::text_fixes(own, &rows, &refusals, consumers, snapshot, &feasibility));
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

/// Returns the workloads whose objects a text says are refused: a refused pod's name starts as those of its siblings do.
pub fn workloads(messages: &[RefusalMessage], consumers: &[QuotaConsumer]) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    for message in messages {
        let Some(stem) = stem(&message.name) else { continue };
        let siblings = consumers.iter().filter(|one| {
            one.object.kind.resource() == message.resource && self::stem(&one.object.name) == Some(stem)
        });
        for sibling in siblings {
            if !owners.contains(&sibling.owner) {
                owners.push(sibling.owner.clone());
            }
        }
    }
    owners
}

/// Returns what the names of all pods of a ReplicaSet or StatefulSet start with.
fn stem(name: &str) -> Option<&str> {
    name.rsplit_once('-').map(|(stem, _)| stem)
}

fn summary(messages: &[RefusalMessage], evaluations: &[Evaluation]) -> String {
    let outcome = |state: State| match state {
        State::Refused => "would be refused again now",
        State::NotQuota => "refused, but not by a quota or LimitRange",
        State::Unknown => "whether it would be refused again is unknown",
        State::Admissible | State::Complete => "would be admitted now",
    };
    let [message] = messages else {
        let count = |state: State| evaluations.iter().filter(|one| one.state == state).count();
        let parts = [State::Refused, State::NotQuota, State::Unknown, State::Admissible]
            .into_iter()
            .filter(|state| count(*state) > 0)
            .map(|state| format!("{} {}", count(state), outcome(state)));
        return format!("{} refusals: {}", messages.len(), parts.collect::<Vec<_>>().join(", "));
    };
    let subject = match (message.resource.as_str(), message.name.as_str()) {
        ("", _) => "this".to_owned(),
        (resource, name) => format!("{resource} {name}"),
    };
    format!("{subject}: {}", outcome(evaluations.first().map_or(State::Unknown, |one| one.state)))
}
