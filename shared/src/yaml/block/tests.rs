//! What is put together from parts means what the full parser reads as a whole.

use proptest::prelude::*;

use super::document::read_content;
use crate::yaml::{Document, Value, ValueContent};

/// What a document means, and on which line every value starts.
fn meaning(document: &Document<'_>) -> Result<(serde_json::Value, Vec<usize>), String> {
    let value = Value::resolve(document).map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    let Some(value) = value else { return Ok((serde_json::Value::Null, lines)) };
    collect_lines(&value, &mut lines);
    Ok((value.to_json(), lines))
}

fn collect_lines(value: &Value<'_>, lines: &mut Vec<usize>) {
    // A block of text without a line starts nowhere.
    if !matches!(&value.content, ValueContent::Text(text) if text.is_empty()) {
        lines.push(value.line);
    }
    match &value.content {
        ValueContent::Sequence(items) => items.iter().for_each(|item| collect_lines(item, lines)),
        ValueContent::Mapping(entries) => entries.iter().for_each(|entry| collect_lines(&entry.value, lines)),
        _ => {}
    }
}

/// Returns whether the text was put together from parts.
fn agree(text: &str) -> Result<bool, TestCaseError> {
    let Some(document) = read_content(text) else { return Ok(false) };
    let full = Document::parse_content_in_full(text);
    prop_assert!(full.is_ok(), "only from parts: {text}\n{:?}", full);
    prop_assert_eq!(meaning(&document), meaning(&full.unwrap()), "{}", text);
    Ok(true)
}

/// Lines as manifests have them, and what makes readers stumble.
fn line() -> impl Strategy<Value = String> {
    let content = prop::sample::select(vec![
        "a:",
        "b: 1",
        "c: text",
        "- x",
        "- a: 1",
        "-",
        "- - x",
        "- |",
        "a: |",
        "a: |-",
        "a: >+",
        "a: |2",
        "- b: |",
        "text",
        "more text",
        "\"a\": b",
        "\"a\":",
        "'a': b",
        "- \"a\": b",
        "a: \"x",
        "y\"",
        "a: 'it''s'",
        "a: \"\\n\\u00e9\"",
        "a: {b: c}",
        "a: {b: c,",
        "d: e}",
        "}",
        "]",
        "a: [1, 2]",
        "a: [1,",
        "- [x]",
        "a: &x 1",
        "a: *x",
        "b: &x",
        "<<: *x",
        "<<: {a: 1}",
        "? a",
        ": b",
        "# comment",
        "# é",
        "a: é",
        "é: a",
        "- é",
        "",
        "",
        "  ",
        "...",
        "a: b: c",
        "a: !!str 1",
        "a: !!int x",
        "1: x",
        "~: x",
        "a: # é",
        "a: ~",
        "yes: no",
        "a: \t1",
        "\ta: 1",
        "a: b #c",
        "a: b # c",
        "a:  >",
        "%YAML 1.1",
        "a: \"b\" # é",
        "a: -",
        "- ? a",
        "- *x",
        "- &x a",
        "a: @b",
    ]);
    (prop::sample::select(vec![0, 0, 1, 2, 2, 2, 3, 4, 4, 6]), content)
        .prop_map(|(indent, content)| format!("{:indent$}{content}\n", ""))
}

fn cases() -> ProptestConfig {
    ProptestConfig { cases: 6000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parts_and_the_whole_mean_the_same(lines in prop::collection::vec(line(), 1..9), crlf in any::<bool>()) {
        let text = lines.concat();
        agree(&text)?;
        agree(text.trim_end())?;
        if crlf {
            agree(&text.replace('\n', "\r\n"))?;
        }
        agree(&format!("kind: List\nitems:\n- a:\n    b:\n{text}"))?;
    }

    #[test]
    fn no_text_makes_it_stumble(text in "[a-c:\\-# \n\r\t{}\\[\\]\"'&*!|>.~?é]{0,40}") {
        agree(&text)?;
        agree(&format!("a:\n  b: {text}"))?;
        agree(&format!("- a: |\n{text}"))?;
        agree(&format!("a:\n- {text}"))?;
    }
}

#[test]
fn what_kubectl_writes_is_put_together_from_parts() {
    let text = r#"apiVersion: v1
items:
- kind: Pod
  metadata:
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"kind":"Pod"}
      note: "two\nlines"
      "": empty
    name: p
  spec:
    containers:
    - args:
      - |-
        echo a
        echo b
      - 'it''s'
      - a long text that goes on
        below
      command: [sh, -c]
      name: ünï
  status:
    message: 'containers with unready status:
      [app]'
kind: List
"#;
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        assert!(agree(&text).unwrap(), "{text}");
    }
}
