//! Label selectors as objects have them (`metav1.LabelSelector`).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::labels::CompiledSelector;
use crate::model::LabelSelector;

/// Returns whether labels satisfy a selector. An empty selector matches everything, and so does none; one with an operator
/// that does not exist matches nothing.
pub fn matches(selector: &Value, labels: &Value) -> bool {
    let selector = Option::<LabelSelector>::deserialize(selector).map(Option::unwrap_or_default);
    let labels = Option::<BTreeMap<String, String>>::deserialize(labels).map(Option::unwrap_or_default);
    let (Ok(selector), Ok(labels)) = (selector, labels) else { return false };
    CompiledSelector::new(&selector).is_some_and(|selector| selector.matches(&labels))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::matches;

    #[test]
    fn labels_and_expressions_must_all_hold() {
        let expression = |operator: &str, values: &[&str]| json!({"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": operator, "values": values}]});
        let (front, none) = (json!({"app": "web", "tier": "front"}), json!({"app": "web"}));
        for (operator, values, of_front, of_none) in [
            ("In", ["front"].as_slice(), true, false),
            ("NotIn", &["front"], false, true),
            ("Exists", &[], true, false),
            ("DoesNotExist", &[], false, true),
        ] {
            let selector = expression(operator, values);
            assert_eq!(
                (matches(&selector, &front), matches(&selector, &none)),
                (of_front, of_none),
                "{operator}"
            );
            assert!(!matches(&selector, &json!({"app": "other", "tier": "front"})));
        }
        assert!(matches(&json!(null), &none) && matches(&json!({}), &json!(null)));
    }
}
