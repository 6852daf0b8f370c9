//! Evaluates refusals by the current quotas and LimitRanges.

mod evaluation;
mod limit_range;
mod quota;
mod scope;

use shared::admission::{NamespaceFacts, simulator::Simulator};

use super::{
    explanation::{Row, State},
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::{RefusalMessage, RefusalReason, not_caused_by_quota},
};

pub use evaluation::Evaluation;

/// Evaluates all refusals by these rules.
pub fn evaluate(
    messages: &[RefusalMessage],
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Vec<Evaluation> {
    let none = NamespaceFacts::default();
    let facts = rules.namespaces.get(&snapshot.namespace).unwrap_or(&none);
    messages.iter().map(|message| evaluate_one(message, snapshot, facts)).collect()
}

fn evaluate_one(
    message: &RefusalMessage,
    snapshot: &NamespaceSnapshot,
    facts: &NamespaceFacts,
) -> Evaluation {
    let knows_quotas = !snapshot.cluster.without_quotas.contains(&snapshot.namespace);
    let knows_ranges = !snapshot.cluster.without_limit_ranges.contains(&snapshot.namespace);
    match &message.reason {
        RefusalReason::NotQuota { cause, .. } => Evaluation {
            rows: vec![Row::bare(&message.text, "Other", None)],
            ..Evaluation::new(State::NotQuota)
                .noted(not_caused_by_quota(cause))
        },
        RefusalReason::Invalid { .. } if message.is_not_quota() => Evaluation {
            rows: vec![Row::bare(&message.text, "Validation", None)],
            ..Evaluation::new(State::NotQuota)
                .noted("not caused by a quota or LimitRange: the API server rejects the object as invalid")
        },
        RefusalReason::Invalid { why } => limit_range::invalid(message, why, facts),
        RefusalReason::Conflict { quota } => Evaluation::new(State::Admissible).noted(format!(
            "not a shortage: quota {quota} was updated at the same time; try again"
        )),
        RefusalReason::TimedOut => Evaluation::new(State::Admissible)
            .noted("not a shortage: the API server did not evaluate its quotas within 10s; try again"),
        RefusalReason::Exceeded { shortages, .. } if !knows_quotas => Evaluation {
            rows: shortages.iter().map(|shortage| Row::of_shortage(&message.text, shortage)).collect(),
            ..Evaluation::new(State::Unknown)
                .noted("these are the amounts in the text, as of then: the current quotas cannot be read")
        },
        RefusalReason::Bounds(violations) => limit_range::bounds(message, violations, facts, knows_ranges),
        _ if !knows_quotas => Evaluation {
            rows: vec![Row::bare(&message.text, "ResourceQuota", message.reason.quota())],
            ..Evaluation::new(State::Unknown)
        },
        RefusalReason::NoQuotaForScope { scopes } => {
            scope::no_quota_for_scope(message, scopes, &snapshot.namespace, facts)
        }
        RefusalReason::NoQuotaForResource { resources } => {
            let is_there =
                |resource: &String| facts.quotas.iter().any(|quota| quota.status_hard.contains_key(resource));
            match resources.iter().all(is_there) {
                true => Evaluation::new(State::Admissible),
                false => Evaluation::refused(message, "ResourceQuota", "").noted(format!(
                    "the API server admits {} only in namespaces with a quota for it: create one",
                    resources.join(", ")
                )),
            }
        }
        RefusalReason::NegativeUsage { .. } => Evaluation::refused(message, "ResourceQuota", "").noted(
            "an update would release more than the quota records; the quota controller corrects this when it recounts",
        ),
        RefusalReason::Exceeded { quota, .. }
        | RefusalReason::MustSpecify { quota, .. }
        | RefusalReason::StatusUnknown { quota, .. } => match facts
            .quotas
            .iter()
            .find(|one| one.name == *quota)
        {
            Some(quota) => quota::evaluate(message, quota, facts, knows_ranges),
            None => {
                let rows = match &message.reason {
                    RefusalReason::Exceeded { shortages, .. } => {
                        shortages.iter().map(|one| Row::of_shortage(&message.text, one)).collect()
                    }
                    _ => vec![Row::bare(&message.text, "ResourceQuota", Some(quota))],
                };
                let unknown = Evaluation::new(State::Unknown).noted(format!(
                    "namespace {} has no quota {quota}: it was deleted, belongs to another namespace (use -n), or is a quota over several namespaces",
                    snapshot.namespace
                ));
                let amounts = "the amounts are those in the text, as of then";
                let is_exceeded = matches!(message.reason, RefusalReason::Exceeded { .. });
                let notes = unknown.notes.iter().cloned().chain(is_exceeded.then(|| amounts.to_owned()));
                Evaluation { rows, notes: notes.collect(), ..unknown.clone() }
            }
        },
    }
}
