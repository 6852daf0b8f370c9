//! Manifests as YAML for people: with a reason above each number.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::output::sanitize_line;

/// Reasons by the path of the field, `spec.hard.requests.cpu` or `spec.limits.0.max.cpu`.
pub type Reasons = BTreeMap<String, String>;

/// An object as one YAML document without its separator. Comments begin with `# `.
pub fn manifest(object: &Value, reasons: &Reasons) -> String {
    let mut text = String::new();
    write(&mut text, object, "", 0, reasons);
    text
}

fn write(text: &mut String, value: &Value, path: &str, level: usize, reasons: &Reasons) {
    let indentation = "  ".repeat(level);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                if let Some(reason) = reasons.get(&path) {
                    text.push_str(&format!("{indentation}# {}\n", sanitize_line(reason)));
                }
                let key = scalar(name);
                match value {
                    Value::Object(fields) if !fields.is_empty() => {
                        text.push_str(&format!("{indentation}{key}:\n"));
                        write(text, value, &path, level + 1, reasons);
                    }
                    Value::Array(items) if !items.is_empty() => {
                        text.push_str(&format!("{indentation}{key}:\n"));
                        items.iter().enumerate().for_each(|(index, item)| {
                            let mut inner = String::new();
                            write(&mut inner, item, &format!("{path}.{index}"), level + 1, reasons);
                            // The dash takes the place of the first line's indentation.
                            let inner = inner.trim_start();
                            text.push_str(&format!("{indentation}- {inner}"));
                        });
                    }
                    value => text.push_str(&format!("{indentation}{key}: {}\n", value_text(value))),
                }
            }
        }
        value => text.push_str(&format!("{indentation}{}\n", value_text(value))),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        value => value.to_string(),
    }
}

/// A text as a YAML scalar: plain only where every reader takes it for a text.
fn scalar(text: &str) -> String {
    let written = shared::output::yaml(&text).unwrap_or_else(|_| Value::from(text).to_string());
    written.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::manifest;

    #[test]
    fn reasons_stand_above_what_they_explain() {
        let object = json!({
            "kind": "LimitRange",
            "spec": {"limits": [{"type": "Container", "max": {"cpu": "2", "no": "1Gi"}}], "scopes": ["A", "B"]},
        });
        let reasons = [
            ("spec.limits.0.max.cpu".to_owned(), "the most of 3".to_owned()),
            ("kind".to_owned(), "two\nlines".to_owned()),
        ];
        let text = manifest(&object, &reasons.into());
        assert_eq!(
            text,
            "# two\\nlines\nkind: LimitRange\nspec:\n  limits:\n  - max:\n      # the most of 3\n      cpu: \"2\"\n      \"no\": \"1Gi\"\n    type: Container\n  scopes:\n  - A\n  - B\n"
        );
    }
}
