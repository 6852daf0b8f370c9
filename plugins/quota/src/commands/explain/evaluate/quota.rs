//! Refusals of a quota.

use shared::admission::{NamespaceFacts, Shortage, quota_facts::QuotaFacts};

use super::Evaluation;
use crate::commands::explain::{
    explanation::{Row, State},
    refusal_message::{RefusalMessage, RefusalReason},
    starter_amounts::split_quota_key,
};

/// Evaluates a refusal of a quota that exists.
pub(super) fn evaluate(
    message: &RefusalMessage,
    quota: &QuotaFacts,
    facts: &NamespaceFacts,
    knows_ranges: bool,
) -> Evaluation {
    match &message.reason {
        RefusalReason::Exceeded { shortages, .. } => {
            let now = shortages.iter().filter_map(|then| {
                let hard = quota.status_hard.get(&then.resource)?.clone();
                let used = quota.used.get(&then.resource).cloned().unwrap_or_default();
                (&used + &then.requested > hard).then(|| Shortage { used, hard, ..then.clone() })
            });
            let now: Vec<_> = now.collect();
            if now.is_empty() {
                return Evaluation::new(State::Admissible);
            }
            Evaluation {
                rows: now.iter().map(|shortage| Row::of_shortage(&message.text, shortage)).collect(),
                shortages: now,
                ..Evaluation::refused(message, "ResourceQuota", &quota.name)
            }
        }
        RefusalReason::MustSpecify { missing, .. } => {
            let has_default = |key: &str| {
                let (is_limit, resource) = split_quota_key(key);
                let items = facts.limit_ranges.iter().flat_map(|range| &range.items);
                items.filter(|item| item.kind == "Container").any(|item| {
                    if is_limit { item.default.contains_key(resource) } else { item.default_request.contains_key(resource) }
                })
            };
            let is_refused = missing.iter().any(|(key, _)| quota.status_hard.contains_key(key) && !has_default(key));
            match is_refused {
                false => Evaluation::new(State::Admissible),
                true if !knows_ranges => Evaluation::new(State::Unknown),
                true => Evaluation::refused(message, "ResourceQuota", &quota.name)
                    .noted("every container must specify what the quota limits, or get it from the defaults of a LimitRange"),
            }
        }
        _ => match quota.status_hard.keys().all(|key| quota.used.contains_key(key)) {
            true => Evaluation::new(State::Admissible),
            false => Evaluation::refused(message, "ResourceQuota", &quota.name).noted(format!(
                "the quota controller has not counted for quota {} yet; if that persists, change spec.hard to trigger a recount",
                quota.name
            )),
        },
    }
}
