//! Shows what will be written, and what it changes.

use serde_json::Value;
use shared::{
    Result,
    output::{Printer, yaml},
};

use super::plan::{Action, Step};

/// Shows each object as YAML, and of one that is there what changes.
///
/// # Errors
/// An object that can't be written as YAML.
pub fn show(steps: &[Step], printer: &mut Printer) -> Result<()> {
    for step in steps {
        let object = step.manifest.object();
        match step.foreseen() {
            Action::Unchanged => printer.note(format!("{object} is there already and does not change")),
            Action::Created => {
                printer.note(format!("{object} is new:"));
                yaml(&step.manifest.body)?.lines().for_each(|line| printer.note(format!("  {line}")));
            }
            _ => {
                printer.note(format!("{object} is there already and changes:"));
                let present = step.present.as_ref().unwrap_or(&Value::Null);
                let mut changes = Vec::new();
                compare(present, &step.manifest.body, "", &mut changes);
                changes.iter().for_each(|change| printer.note(format!("  {change}")));
            }
        }
    }
    Ok(())
}

/// Collects `path: before → after` for each value that differs.
fn compare(present: &Value, wanted: &Value, path: &str, changes: &mut Vec<String>) {
    match wanted {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&present[key], value, &path, changes);
            }
        }
        value if value != present => {
            let shown = |value: &Value| match value {
                Value::Null => "none".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            changes.push(format!("{path}: {} → {}", shown(present), shown(value)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let present =
            json!({"metadata": {"labels": {"team": "a", "x": "y"}}, "spec": {"hard": {"pods": "1"}}});
        let wanted =
            json!({"metadata": {"labels": {"team": "b"}}, "spec": {"hard": {"pods": "1", "secrets": "2"}}});
        let mut changes = Vec::new();
        compare(&present, &wanted, "", &mut changes);
        assert_eq!(changes, ["metadata.labels.team: a → b", "spec.hard.secrets: none → 2"]);
    }
}
