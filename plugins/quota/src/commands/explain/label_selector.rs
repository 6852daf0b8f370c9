//! The selector of a workload as `kubectl get -l` takes it.

use serde_json::Value;

/// Returns the selector as text; `None` where it is empty.
pub fn label_selector(selector: &Value) -> Option<String> {
    let is_plain = selector["matchLabels"].is_null() && selector["matchExpressions"].is_null();
    // A ReplicationController has plain labels.
    let labels = if is_plain { selector } else { &selector["matchLabels"] };
    let labels = labels.as_object().into_iter().flatten();
    let equal = labels.filter_map(|(key, value)| Some(format!("{key}={}", value.as_str()?)));
    let expressions = selector["matchExpressions"].as_array().into_iter().flatten();
    let expressions = expressions.filter_map(|one| {
        let key = one["key"].as_str()?;
        let values: Vec<_> =
            one["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        Some(match one["operator"].as_str()? {
            "In" => format!("{key} in ({})", values.join(",")),
            "NotIn" => format!("{key} notin ({})", values.join(",")),
            "DoesNotExist" => format!("!{key}"),
            _ => key.to_owned(),
        })
    });
    let all: Vec<_> = equal.chain(expressions).collect();
    (!all.is_empty()).then(|| all.join(","))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::label_selector;

    #[test]
    fn selectors_of_all_shapes() {
        let whole = json!({
            "matchLabels": {"app": "web"},
            "matchExpressions": [
                {"key": "tier", "operator": "In", "values": ["a", "b"]},
                {"key": "old", "operator": "DoesNotExist"},
            ],
        });
        assert_eq!(label_selector(&whole).as_deref(), Some("app=web,tier in (a,b),!old"));
        assert_eq!(label_selector(&json!({"app": "old"})).as_deref(), Some("app=old"));
        assert_eq!(label_selector(&json!(null)), None);
    }
}
