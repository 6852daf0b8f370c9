//! `-o yaml` that every YAML reader reads alike.
//!
//! serde_yaml writes `no`, `on`, `y` and the like plain, which a YAML 1.1 reader takes for booleans, kubectl's
//! among them. All are legal names of namespaces. So serde_yaml makes the values, and this writes them: a string
//! stands plain only if no reader could take it for anything else.

use std::{collections::BTreeMap, fmt::Write};

use serde::Serialize;
use serde_yaml::Value;

use super::{sanitize::is_hazardous, sanitize_line};
use crate::{Error, Result};

/// A value as one YAML document, lists level with their key as kubectl writes them, a line break at the end.
///
/// # Errors
/// When the value can't be represented.
pub fn yaml<T: Serialize>(value: &T) -> Result<String> {
    let mut text = String::new();
    write_block(&mut text, &to_value(value)?, 0, None)?;
    Ok(text)
}

/// Comments by the path of the field that they stand above, such as `spec.hard.requests.cpu` or `spec.limits.0.max.cpu`.
pub type YamlComments = BTreeMap<String, String>;

/// Returns a value as one YAML document like [`yaml`], with comments above fields.
///
/// # Errors
/// When the value can't be represented.
pub fn yaml_with_comments<T: Serialize>(value: &T, comments: &YamlComments) -> Result<String> {
    let mut text = String::new();
    write_block(&mut text, &to_value(value)?, 0, Some(Commented { path: "", comments }))?;
    Ok(text)
}

fn to_value<T: Serialize>(value: &T) -> Result<Value> {
    serde_yaml::to_value(value)
        .map_err(|error| Error::new(format!("can't write the result as YAML: {error}")))
}

/// The path of a value, with the comments of its document.
#[derive(Clone, Copy)]
struct Commented<'a> {
    path: &'a str,
    comments: &'a YamlComments,
}

impl<'a> Commented<'a> {
    /// Returns the path of a field or an element.
    fn join(self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn at(self, path: &'a str) -> Self {
        Self { path, ..self }
    }
}

/// Writes a value on lines of its own, indented by this many levels.
fn write_block(text: &mut String, value: &Value, level: usize, place: Option<Commented>) -> Result<()> {
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            for (index, (key, value)) in map.iter().enumerate() {
                // The first key after a `- ` stands on the line of the dash.
                if index > 0 || !text.ends_with("- ") {
                    indent(text, level);
                }
                let path = place.map(|place| place.join(key.as_str().unwrap_or_default()));
                let place = place.zip(path.as_deref()).map(|(place, path)| place.at(path));
                if let Some(comment) = place.and_then(|place| place.comments.get(place.path)) {
                    text.push_str("# ");
                    text.push_str(&sanitize_line(comment));
                    text.push('\n');
                    indent(text, level);
                }
                text.push_str(&scalar(key)?);
                text.push(':');
                match value {
                    Value::Mapping(map) if !map.is_empty() => {
                        text.push('\n');
                        write_block(text, value, level + 1, place)?;
                    }
                    Value::Sequence(items) if !items.is_empty() => {
                        text.push('\n');
                        write_block(text, value, level, place)?;
                    }
                    _ => {
                        text.push(' ');
                        text.push_str(&scalar(value)?);
                        text.push('\n');
                    }
                }
            }
        }
        Value::Sequence(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 || !text.ends_with("- ") {
                    indent(text, level);
                }
                text.push_str("- ");
                let path = place.map(|place| place.join(&index.to_string()));
                let place = place.zip(path.as_deref()).map(|(place, path)| place.at(path));
                write_block(text, item, level + 1, place)?;
            }
        }
        _ => {
            text.push_str(&scalar(value)?);
            text.push('\n');
        }
    }
    Ok(())
}

fn indent(text: &mut String, level: usize) {
    text.extend(std::iter::repeat_n("  ", level));
}

/// A value that fits on the rest of a line.
fn scalar(value: &Value) -> Result<String> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Sequence(_) => "[]".to_owned(),
        Value::Mapping(_) => "{}".to_owned(),
        Value::Tagged(_) => return Err(Error::new("can't write a tagged value as YAML")),
    })
}

/// Whether a string may stand without quotes: words of letters, digits and `-_./` with single spaces between
/// that begin with a letter and are no word any YAML version gives a meaning, and no number in disguise.
fn is_plain(text: &str) -> bool {
    const MEANINGFUL: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | ')'))
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ' | '(' | ')'))
        && !MEANINGFUL.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A double-quoted scalar; everything hazardous is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            // Noncharacters are not printable in YAML either.
            character if is_hazardous(character) || u32::from(character) & 0xfffe == 0xfffe => {
                let code = u32::from(character);
                let written = match code {
                    0..=0xff => write!(quoted, "\\x{code:02x}"),
                    0x100..=0xffff => write!(quoted, "\\u{code:04x}"),
                    _ => write!(quoted, "\\U{code:08x}"),
                };
                written.expect("writing to a String can't fail");
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn looks_like_kubectl() {
        let value = json!({
            "apiVersion": "kubectl-quota/v1",
            "items": [{"namespace": "team-a", "scopes": [], "used": {"decimal": "1.5", "quantity": "1500m"}, "ratio": 0.5}, "x", [1, [2]]],
            "none": null, "empty": {}, "ok": true,
        });
        let expected = "\
apiVersion: kubectl-quota/v1
empty: {}
items:
- namespace: team-a
  ratio: 0.5
  scopes: []
  used:
    decimal: \"1.5\"
    quantity: \"1500m\"
- x
- - 1
  - - 2
none: null
ok: true
";
        assert_eq!(yaml(&value).unwrap(), expected);
    }

    #[test]
    fn comments_stand_above_their_fields() {
        let object = json!({
            "kind": "LimitRange",
            "spec": {"limits": [{"type": "Container", "max": {"cpu": "2", "no": "1Gi"}}], "scopes": ["A", "B"]},
        });
        let comments = [
            ("spec.limits.0.max.cpu".to_owned(), "the most of 3".to_owned()),
            ("kind".to_owned(), "two\nlines".to_owned()),
        ];
        assert_eq!(
            yaml_with_comments(&object, &comments.into()).unwrap(),
            "# two\\nlines\nkind: LimitRange\nspec:\n  limits:\n  - max:\n      # the most of 3\n      cpu: \"2\"\n      \"no\": \"1Gi\"\n    type: Container\n  scopes:\n  - A\n  - B\n"
        );
        let first = [("0.a".to_owned(), "why".to_owned())];
        let text = yaml_with_comments(&json!([{"a": 1, "b": 2}]), &first.into()).unwrap();
        assert_eq!(text, "- # why\n  a: 1\n  b: 2\n");
    }

    #[test]
    fn words_that_old_readers_take_for_booleans_are_quoted() {
        for word in [
            "y",
            "n",
            "yes",
            "no",
            "on",
            "off",
            "Yes",
            "NO",
            "true",
            "null",
            "~",
            "",
            " ",
            "1e3",
            "0x1f",
            "007",
            "2024-01-01",
            ".5",
            "-",
            "- a",
            "a: b",
            "a #b",
            "*a",
            "&a",
            "!a",
            "1:30",
            "<<",
            "=",
        ] {
            let text = yaml(&json!({"namespace": word})).unwrap();
            assert_eq!(text, format!("namespace: \"{word}\"\n"));
            let text = yaml(&json!({word: 1})).unwrap();
            assert_eq!(text, format!("\"{word}\": 1\n"));
        }
    }

    #[test]
    fn names_stay_plain() {
        for word in ["team-a", "node-1.example.com", "kubectl-quota/v1", "Not enforced", "none.", "e1"] {
            assert_eq!(yaml(&word).unwrap(), format!("{word}\n"));
        }
    }

    fn any_value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(|flag| json!(flag)),
            any::<i64>().prop_map(|number| json!(number)),
            (-1e9f64..1e9).prop_map(|number| json!(number)),
            any::<String>().prop_map(|text| json!(text)),
            "[a-z0-9:#. _/()-]{0,8}".prop_map(|text| json!(text)),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|items| json!(items)),
                prop::collection::btree_map("[a-z: -]{0,6}", inner, 0..4).prop_map(|map| json!(map)),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_back_as_it_was(value in any_value()) {
            let text = yaml(&value).unwrap();
            prop_assert!(!text.contains(|c| is_hazardous(c) && c != '\n'));
            let back: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
