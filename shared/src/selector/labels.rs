//! `metav1.LabelSelector` applied to labels (`LabelSelectorAsSelector` in apimachinery's `pkg/apis/meta/v1/helpers.go`).

use std::collections::BTreeMap;

use crate::model::LabelSelector;

/// A selector of the API, checked once and matched often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompiledSelector {
    equal: Vec<(String, String)>,
    requirements: Vec<(String, Operator, Vec<String>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl CompiledSelector {
    /// Prepares a selector; `None` for one with an operator that does not exist, which the API server refuses.
    pub fn new(selector: &LabelSelector) -> Option<Self> {
        let equal =
            selector.match_labels.iter().map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>();
        let requirements = selector.match_expressions.iter().map(|one| {
            let operator = match one.operator.as_str() {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                _ => return None,
            };
            Some((one.key.clone(), operator, one.values.clone()))
        });
        Some(Self { equal, requirements: requirements.collect::<Option<Vec<_>>>()? })
    }

    /// Returns whether labels satisfy all of it. Empty it matches everything.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.equal.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.requirements.iter().all(|(key, operator, values)| {
                let present = labels.get(key);
                match operator {
                    Operator::In => present.is_some_and(|value| values.contains(value)),
                    Operator::NotIn => present.is_none_or(|value| !values.contains(value)),
                    Operator::Exists => present.is_some(),
                    Operator::DoesNotExist => present.is_none(),
                }
            })
    }
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
        assert_eq!(matches(of("Near", &[]), front), None);
    }
}
