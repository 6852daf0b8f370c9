//! One refusal, judged by the quotas and LimitRanges of now.

use serde_json::json;
use shared::{
    admission::{By, NamespaceFacts, Shortage, quota_facts::QuotaFacts, simulator::Simulator},
    output::ShellCommand,
    quantity::Quantity,
};

use super::{
    decide::is_not_quota,
    explanation::{Row, State},
    namespace_snapshot::NamespaceSnapshot,
    refusal_message::{BoundViolation, RefusalMessage, RefusalReason, Rule},
    starter_amounts::split_quota_key,
};

/// What is true of one refusal now.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// How things stand.
    pub state: State,
    /// What is still refused.
    pub rows: Vec<Row>,
    /// What is behind the numbers.
    pub shortages: Vec<Shortage>,
    /// Who refuses.
    pub by: By,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// What would help besides more room.
    pub fix: Option<String>,
}

impl Evaluation {
    fn new(state: State) -> Self {
        let by = By { kind: "Other", name: String::new() };
        Self { state, rows: Vec::new(), shortages: Vec::new(), by, notes: Vec::new(), fix: None }
    }

    fn noted(self, note: impl Into<String>) -> Self {
        Self { notes: vec![note.into()], ..self }
    }

    /// Still refused, without numbers.
    fn refused(message: &RefusalMessage, kind: &'static str, name: &str) -> Self {
        let quota = (kind == "ResourceQuota").then_some(name);
        Self {
            rows: vec![Row::bare(&message.text, kind, quota)],
            by: By { kind, name: name.to_owned() },
            ..Self::new(State::Refused)
        }
    }
}

/// Judges all refusals by these rules.
pub fn judge_by(
    messages: &[RefusalMessage],
    snapshot: &NamespaceSnapshot,
    rules: &Simulator,
) -> Vec<Evaluation> {
    let none = NamespaceFacts::default();
    let facts = rules.namespaces.get(&snapshot.namespace).unwrap_or(&none);
    messages.iter().map(|message| one(message, snapshot, facts)).collect()
}

fn one(message: &RefusalMessage, snapshot: &NamespaceSnapshot, facts: &NamespaceFacts) -> Evaluation {
    let knows_quotas = !snapshot.cluster.without_quotas.contains(&snapshot.namespace);
    let knows_ranges = !snapshot.cluster.without_limit_ranges.contains(&snapshot.namespace);
    match &message.reason {
        RefusalReason::NotQuota { cause, .. } => Evaluation {
            rows: vec![Row::bare(&message.text, "Other", None)],
            ..Evaluation::new(State::NotQuota)
                .noted(format!("no matter of quotas: it is a matter of {cause}"))
        },
        RefusalReason::Invalid { .. } if is_not_quota(message) => Evaluation {
            rows: vec![Row::bare(&message.text, "Validation", None)],
            ..Evaluation::new(State::NotQuota)
                .noted("no matter of quotas: the API server calls the object itself invalid")
        },
        RefusalReason::Invalid { why } => invalid(message, why, facts),
        RefusalReason::Conflict { quota } => Evaluation::new(State::Admissible).noted(format!(
            "no shortage: somebody else was charged on quota {quota} at the same moment; send it again"
        )),
        RefusalReason::TimedOut => Evaluation::new(State::Admissible)
            .noted("no shortage: the API server did not get to its quotas within 10 s; send it again"),
        RefusalReason::Exceeded { shortages, .. } if !knows_quotas => Evaluation {
            rows: shortages.iter().map(|shortage| Row::of_shortage(&message.text, shortage)).collect(),
            ..Evaluation::new(State::Unknown)
                .noted("the numbers are those of the text: the quotas of now may not be read")
        },
        RefusalReason::Bounds(violations) => bounds(message, violations, facts, knows_ranges),
        _ if !knows_quotas => Evaluation {
            rows: vec![Row::bare(&message.text, "ResourceQuota", message.reason.quota())],
            ..Evaluation::new(State::Unknown)
        },
        RefusalReason::NoQuotaForScope { scopes } => {
            no_quota_of_scope(message, scopes, &snapshot.namespace, facts)
        }
        RefusalReason::NoQuotaForResource { resources } => {
            let is_there =
                |resource: &String| facts.quotas.iter().any(|quota| quota.status_hard.contains_key(resource));
            match resources.iter().all(is_there) {
                true => Evaluation::new(State::Admissible),
                false => Evaluation::refused(message, "ResourceQuota", "").noted(format!(
                    "the API server lets nobody have {} without a quota on it in the namespace: make one",
                    resources.join(", ")
                )),
            }
        }
        RefusalReason::NegativeUsage { .. } => Evaluation::refused(message, "ResourceQuota", "").noted(
            "an update that would give back more than is charged: a recount by the controller heals it",
        ),
        RefusalReason::Exceeded { quota, .. }
        | RefusalReason::MustSpecify { quota, .. }
        | RefusalReason::StatusUnknown { quota, .. } => match facts
            .quotas
            .iter()
            .find(|one| one.name == *quota)
        {
            Some(quota) => of_quota(message, quota, facts, knows_ranges),
            None => Evaluation {
                rows: vec![Row::bare(&message.text, "ResourceQuota", Some(quota))],
                ..Evaluation::new(State::Unknown).noted(format!(
                    "there is no quota {quota} in namespace {}: it is gone, or another namespace's (use -n)",
                    snapshot.namespace
                ))
            },
        },
    }
}

fn of_quota(
    message: &RefusalMessage,
    quota: &QuotaFacts,
    facts: &NamespaceFacts,
    knows_ranges: bool,
) -> Evaluation {
    match &message.reason {
        RefusalReason::Exceeded { shortages, .. } => {
            let now = shortages.iter().filter_map(|of_then| {
                let hard = quota.status_hard.get(&of_then.resource)?.clone();
                let used = quota.used.get(&of_then.resource).cloned().unwrap_or_default();
                (&used + &of_then.requested > hard).then(|| Shortage { used, hard, ..of_then.clone() })
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
            let filled_in = |key: &str| {
                let (is_limit, resource) = split_quota_key(key);
                let items = facts.limit_ranges.iter().flat_map(|range| &range.items);
                items.filter(|item| item.kind == "Container").any(|item| {
                    if is_limit { item.default.contains_key(resource) } else { item.default_request.contains_key(resource) }
                })
            };
            let open = missing.iter().any(|(key, _)| quota.status_hard.contains_key(key) && !filled_in(key));
            match open {
                false => Evaluation::new(State::Admissible),
                true if !knows_ranges => Evaluation::new(State::Unknown),
                true => Evaluation::refused(message, "ResourceQuota", &quota.name)
                    .noted("every container must name what the quota limits, or a LimitRange must for it"),
            }
        }
        _ => match quota.status_hard.keys().all(|key| quota.used.contains_key(key)) {
            true => Evaluation::new(State::Admissible),
            false => Evaluation::refused(message, "ResourceQuota", &quota.name).noted(format!(
                "the controller has not counted for quota {} yet; if that lasts, change its spec.hard, which makes it count",
                quota.name
            )),
        },
    }
}

/// A 422 about resources: by the object itself, or by defaults that a LimitRange put beside its own numbers.
fn invalid(message: &RefusalMessage, why: &str, facts: &NamespaceFacts) -> Evaluation {
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
            "the limit is likely the default of LimitRange {}: a container that asks for more needs a limit of its own",
            range.name
        )),
        None => Evaluation::refused(message, "Validation", "").noted("requests must not be above limits: the object contradicts itself"),
    }
}

/// Bounds that still hold.
fn bounds(
    message: &RefusalMessage,
    violations: &[BoundViolation],
    facts: &NamespaceFacts,
    knows_ranges: bool,
) -> Evaluation {
    if !knows_ranges {
        return Evaluation {
            rows: vec![Row::bare(&message.text, "LimitRange", None)],
            ..Evaluation::new(State::Unknown).noted("the LimitRanges of now may not be read")
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
            .noted(format!("a bound of LimitRange {}, which is looked at before any quota", range.name)),
        None => Evaluation::new(State::Admissible),
    }
}

fn no_quota_of_scope(
    message: &RefusalMessage,
    scopes: &str,
    namespace: &str,
    facts: &NamespaceFacts,
) -> Evaluation {
    let inner = scopes.trim_start_matches("[{").trim_end_matches("}]");
    let mut words = inner.splitn(3, ' ');
    let (scope, operator) = (words.next().unwrap_or_default(), words.next().unwrap_or("Exists"));
    let values: Vec<_> = words
        .next()
        .unwrap_or_default()
        .trim_matches(['[', ']'])
        .split(' ')
        .filter(|value| !value.is_empty())
        .collect();
    let covers = |quota: &QuotaFacts| quota.requirements.iter().any(|requirement| requirement.scope == scope);
    if facts.quotas.iter().any(covers) {
        return Evaluation::new(State::Unknown).noted(format!(
            "a quota of scope {scope} is there now: whether it covers this object the text does not tell"
        ));
    }
    let requirement = json!({"scopeName": scope, "operator": operator, "values": values});
    let quota = json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": scope.to_lowercase(), "namespace": namespace},
        "spec": {"hard": {"pods": "10"}, "scopeSelector": {"matchExpressions": [requirement]}},
    });
    Evaluation {
        fix: Some(ShellCommand::new(["kubectl", "apply"])
                    .flag_with("-n", namespace)
                    .flag_with("-f", "-")
                    .stdin(quota.to_string())
                    .to_string()),
        ..Evaluation::refused(message, "ResourceQuota", "").noted(
            "not a full quota but one that is not there: by the API server's configuration such objects missing a quota of their scope in the namespace",
        )
    }
}
