//! Label selectors as objects have them (`metav1.LabelSelector`).

use serde_json::Value;

/// Returns whether labels satisfy a selector. An empty selector matches everything, and so does none.
pub fn matches(selector: &Value, labels: &Value) -> bool {
    let wanted = selector["matchLabels"].as_object().into_iter().flatten();
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    wanted.into_iter().all(|(label, value)| labels[label] == *value)
        && expressions.into_iter().all(|expression| {
            let present = expression["key"].as_str().map_or(&Value::Null, |key| &labels[key]);
            let is_listed = || expression["values"].as_array().is_some_and(|values| values.contains(present));
            match expression["operator"].as_str() {
                Some("In") => is_listed(),
                Some("NotIn") => present.is_null() || !is_listed(),
                Some("Exists") => !present.is_null(),
                Some("DoesNotExist") => present.is_null(),
                _ => false,
            }
        })
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
