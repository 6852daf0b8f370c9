//! `metav1.LabelSelector` applied to labels (`LabelSelectorAsSelector` in apimachinery's `pkg/apis/meta/v1/helpers.go`).

use std::collections::BTreeMap;

use crate::model::LabelSelector;

/// A selector of the API, checked once and matched often: labels must meet all requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompiledSelector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Requirement {
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Exists(String),
    DoesNotExist(String),
}

impl CompiledSelector {
    /// Prepares a selector; `None` for one with an operator that does not exist, or that does not go with its values, which
    /// the API server refuses.
    pub fn new(selector: &LabelSelector) -> Option<Self> {
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
        equal.chain(expressions).collect::<Option<_>>().map(Self)
    }

    /// Requires a label as well.
    pub fn require(&mut self, key: &str, value: &str) {
        self.0.push(equal(key, value));
    }

    /// Returns whether it selects everything (`Selector.Empty`).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether labels satisfy all of it. Empty it matches everything.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.0.iter().all(|requirement| requirement.matches(labels))
    }
}

impl Requirement {
    fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::CompiledSelector;

    fn matches(selector: Value, labels: Value) -> Option<bool> {
        let selector = serde_json::from_value(selector).unwrap();
        Some(CompiledSelector::new(&selector)?.matches(&serde_json::from_value(labels).unwrap()))
    }

    #[test]
    fn every_requirement_must_hold() {
        let of = |operator: &str, values: &[&str]| json!({"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": operator, "values": values}]});
        let (front, none) = (json!({"app": "web", "tier": "front"}), json!({"app": "web"}));
        for (operator, values, of_front, of_none) in [
            ("In", ["front"].as_slice(), true, false),
            ("NotIn", &["front"], false, true),
            ("Exists", &[], true, false),
            ("DoesNotExist", &[], false, true),
        ] {
            assert_eq!(matches(of(operator, values), front.clone()), Some(of_front), "{operator}");
            assert_eq!(matches(of(operator, values), none.clone()), Some(of_none), "{operator}");
            assert_eq!(matches(of(operator, values), json!({"app": "db", "tier": "front"})), Some(false));
        }
        assert_eq!(matches(json!({}), json!({})), Some(true));
        assert_eq!(matches(of("Near", &[]), front.clone()), None);
        assert_eq!(matches(of("In", &[]), front.clone()), None);
        assert_eq!(matches(of("Exists", &["front"]), front), None);
    }
}
