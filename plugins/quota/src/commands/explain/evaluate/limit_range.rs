//! Refusals that LimitRanges cause, by their bounds or their defaults.

use shared::{admission::NamespaceFacts, quantity::Quantity};

use super::Evaluation;
use crate::commands::explain::{
    explanation::{Row, State},
    refusal_message::{BoundViolation, RefusalMessage, Rule},
};

/// Evaluates a 422 about resources: the object contradicts itself, or the defaults of a LimitRange contradict it.
pub(super) fn invalid(message: &RefusalMessage, why: &str, facts: &NamespaceFacts) -> Evaluation {
    let amount = why.rsplit_once("limit of ").and_then(|(_, amount)| {
        let end = amount.find(|character: char| !character.is_ascii_alphanumeric() && character != '.');
        Quantity::parse(&amount[..end.unwrap_or(amount.len())]).ok()
    });
    let range = facts.limit_ranges.iter().find(|range| {
        let mut defaults = range.items.iter().flat_map(|item| item.default.values());
        amount.as_ref().is_some_and(|amount| defaults.any(|default| default == amount))
    });
    match range {
        Some(range) => Evaluation::refused(message, "LimitRange", &range.name).noted(format!(
            "the limit is probably the default of LimitRange {}: a container that requests more needs a limit of its own",
            range.name
        )),
        None => Evaluation::refused(message, "Validation", "").noted("requests exceed limits in the object itself"),
    }
}

/// Evaluates a refusal by the bounds of LimitRanges.
pub(super) fn bounds(
    message: &RefusalMessage,
    violations: &[BoundViolation],
    facts: &NamespaceFacts,
    knows_ranges: bool,
) -> Evaluation {
    if !knows_ranges {
        return Evaluation {
            rows: vec![Row::bare(&message.text, "LimitRange", None)],
            ..Evaluation::new(State::Unknown).noted("the current LimitRanges cannot be read")
        };
    }
    let violated_range = |violation: &BoundViolation| {
        let number = violation.found.rsplit_once(" is ").and_then(|(_, number)| Quantity::parse(number).ok());
        facts.limit_ranges.iter().find(|range| {
            range.items.iter().filter(|item| item.kind == violation.kind).any(|item| {
                let list = match violation.rule {
                    Rule::Minimum => &item.min,
                    Rule::Maximum => &item.max,
                    Rule::Ratio => &item.ratio,
                };
                match (list.get(&violation.resource), &number) {
                    (Some(bound), Some(number)) if violation.rule == Rule::Minimum => number < bound,
                    (Some(bound), Some(number)) => number > bound,
                    (Some(_), None) => true,
                    (None, _) => false,
                }
            })
        })
    };
    match violations.iter().find_map(violated_range) {
        Some(range) => Evaluation::refused(message, "LimitRange", &range.name)
            .noted(format!("a bound of LimitRange {}, which is checked before any quota", range.name)),
        None => Evaluation::new(State::Admissible),
    }
}
