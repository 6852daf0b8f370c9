//! Nodes by label and name (`k8s.io/component-helpers/scheduling/corev1/nodeaffinity`).

use std::collections::BTreeSet;

use super::label_selector::Labels;
use crate::model::wide_pod::WidePodSpec;
use crate::model::{NodeSelector, NodeSelectorRequirement, NodeSelectorTerm};

/// Returns whether a node meets a pod's node selector and its required node affinity.
pub(super) fn matches_required(spec: &WidePodSpec, name: &str, labels: &Labels) -> bool {
    spec.node_selector.iter().all(|(key, value)| labels.get(key) == Some(value))
        && required(spec).is_none_or(|selector| matches(selector, Some(name), labels))
}

/// Returns a pod's required node affinity.
pub(super) fn required(spec: &WidePodSpec) -> Option<&NodeSelector> {
    spec.affinity
        .as_ref()?
        .node_affinity
        .as_ref()?
        .required_during_scheduling_ignored_during_execution
        .as_ref()
}

/// Returns whether any term matches. An empty term matches nothing, and neither does one that cannot be read. Without a
/// name, as for volumes, requirements on it are passed over.
pub(super) fn matches(selector: &NodeSelector, name: Option<&str>, labels: &Labels) -> bool {
    selector.node_selector_terms.iter().any(|term| matches_term(term, name, labels))
}

fn matches_term(term: &NodeSelectorTerm, name: Option<&str>, labels: &Labels) -> bool {
    let (expressions, fields) = (&term.match_expressions, &term.match_fields);
    (!expressions.is_empty() || !fields.is_empty())
        && expressions.iter().all(is_readable)
        && fields
            .iter()
            .all(|field| field.values.len() == 1 && matches!(field.operator.as_str(), "In" | "NotIn"))
        && expressions.iter().all(|requirement| matches_label(requirement, labels))
        && name.is_none_or(|name| {
            fields.iter().all(|field| {
                let value = if field.key == "metadata.name" { name } else { "" };
                field.values.iter().any(|wanted| wanted == value) == (field.operator == "In")
            })
        })
}

/// Returns whether `labels.NewRequirement` accepts a requirement.
fn is_readable(requirement: &NodeSelectorRequirement) -> bool {
    let values = &requirement.values;
    let shape = match requirement.operator.as_str() {
        "In" | "NotIn" => !values.is_empty(),
        "Exists" | "DoesNotExist" => values.is_empty(),
        "Gt" | "Lt" => values.len() == 1 && values.iter().all(|value| value.parse::<i64>().is_ok()),
        _ => false,
    };
    shape && values.iter().all(|value| is_label_value(value))
}

fn is_label_value(value: &str) -> bool {
    let is_end = |c: Option<char>| c.is_none_or(|c| c.is_ascii_alphanumeric());
    value.len() <= 63
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && is_end(value.chars().next())
        && is_end(value.chars().last())
}

fn matches_label(requirement: &NodeSelectorRequirement, labels: &Labels) -> bool {
    let (value, values) = (labels.get(&requirement.key), &requirement.values);
    let compared =
        || Some((value?.parse::<i64>().ok()?, values.first().and_then(|bound| bound.parse::<i64>().ok())?));
    match requirement.operator.as_str() {
        "In" => value.is_some_and(|value| values.contains(value)),
        "NotIn" => value.is_none_or(|value| !values.contains(value)),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => compared().is_some_and(|(value, bound)| value > bound),
        "Lt" => compared().is_some_and(|(value, bound)| value < bound),
        _ => false,
    }
}

/// The nodes that required `metadata.name` fields leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NamedNodes {
    /// All: some term names none.
    All,
    /// These only; the others are not even looked at.
    Only(BTreeSet<String>),
    /// None: within every term the names contradict each other.
    Conflict,
}

/// Returns the nodes that are looked at (`NodeAffinity.PreFilter`).
pub(super) fn named_nodes(spec: &WidePodSpec) -> NamedNodes {
    let Some(selector) = required(spec).filter(|selector| !selector.node_selector_terms.is_empty()) else {
        return NamedNodes::All;
    };
    let mut names = BTreeSet::new();
    for term in &selector.node_selector_terms {
        let sets =
            term.match_fields.iter().filter(|field| field.key == "metadata.name" && field.operator == "In");
        let sets = sets.map(|field| field.values.iter().cloned().collect::<BTreeSet<_>>());
        match sets.reduce(|one, other| &one & &other) {
            Some(set) => names.extend(set),
            None => return NamedNodes::All,
        }
    }
    if names.is_empty() { NamedNodes::Conflict } else { NamedNodes::Only(names) }
}
