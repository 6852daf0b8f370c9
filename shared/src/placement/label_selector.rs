//! Label selectors of objects, made ready to be matched often.

use std::collections::BTreeMap;

use crate::model;

pub(super) type Labels = BTreeMap<String, String>;

/// `metav1.LabelSelectorAsSelector`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LabelSelector {
    /// Selects nothing: the field was absent, or what it holds is not a selector.
    Nothing,
    /// Selects what meets all of these; everything without any.
    All(Vec<Requirement>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Requirement {
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Exists(String),
    DoesNotExist(String),
}

impl LabelSelector {
    pub(super) fn new(selector: Option<&model::LabelSelector>) -> Self {
        let Some(selector) = selector else { return Self::Nothing };
        let equal = selector.match_labels.iter().map(|(key, value)| Some(equal(key, value)));
        let expressions = selector.match_expressions.iter().map(|one| {
            let (key, values) = (one.key.clone(), one.values.clone());
            match one.operator.as_str() {
                "In" if !values.is_empty() => Some(Requirement::In(key, values)),
                "NotIn" if !values.is_empty() => Some(Requirement::NotIn(key, values)),
                "Exists" if values.is_empty() => Some(Requirement::Exists(key)),
                "DoesNotExist" if values.is_empty() => Some(Requirement::DoesNotExist(key)),
                _ => None,
            }
        });
        match equal.chain(expressions).collect() {
            Some(requirements) => Self::All(requirements),
            None => Self::Nothing,
        }
    }

    /// Requires a label as well.
    pub(super) fn require(&mut self, key: &str, value: &str) {
        if let Self::All(requirements) = self {
            requirements.push(equal(key, value));
        }
    }

    /// Returns whether it selects everything (`Selector.Empty`).
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::All(requirements) if requirements.is_empty())
    }

    pub(super) fn matches(&self, labels: &Labels) -> bool {
        match self {
            Self::Nothing => false,
            Self::All(requirements) => requirements.iter().all(|requirement| requirement.matches(labels)),
        }
    }
}

impl Requirement {
    fn matches(&self, labels: &Labels) -> bool {
        match self {
            Self::In(key, values) => labels.get(key).is_some_and(|value| values.contains(value)),
            Self::NotIn(key, values) => labels.get(key).is_none_or(|value| !values.contains(value)),
            Self::Exists(key) => labels.contains_key(key),
            Self::DoesNotExist(key) => !labels.contains_key(key),
        }
    }
}

fn equal(key: &str, value: &str) -> Requirement {
    Requirement::In(key.to_owned(), vec![value.to_owned()])
}
