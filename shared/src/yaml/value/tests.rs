//! What texts mean.

use serde_json::json;

use super::*;

fn read(text: &str) -> Result<serde_json::Value, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let value = Value::resolve(&document).map_err(|error| error.to_string())?;
    Ok(value.map_or(serde_json::Value::Null, |value| value.to_json()))
}

#[test]
fn a_merge_key_counts_where_it_stands() {
    let base = "base: &base {namespace: shared, user: u}\n";
    assert_eq!(
        read(&format!("{base}a: {{namespace: mine, <<: *base}}")).unwrap()["a"],
        json!({"namespace": "shared", "user": "u"})
    );
    assert_eq!(
        read(&format!("{base}a: {{<<: *base, namespace: mine}}")).unwrap()["a"],
        json!({"namespace": "mine", "user": "u"})
    );
}

#[test]
fn earlier_sources_of_a_merge_list_win() {
    let text = "a: &a {x: 1, v: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*a, *b, {x: 3, w: 3}]}";
    assert_eq!(read(text).unwrap()["c"], json!({"x": 1, "v": 1, "z": 2, "w": 3}));
}

#[test]
fn a_quoted_merge_key_is_a_key() {
    assert_eq!(read("a: {\"<<\": {x: 1}}").unwrap(), json!({"a": {"<<": {"x": 1}}}));
}

#[test]
fn a_merge_of_anything_else_is_refused() {
    for source in ["1", "[1]", "", "*x", "[[{a: 1}]]"] {
        let error = read(&format!("x: &x [1]\nb:\n  <<: {source}\n")).unwrap_err();
        assert_eq!(
            error, "yaml: line 3: map merge requires map or sequence of maps as the value",
            "{source}"
        );
    }
}

#[test]
fn the_last_of_duplicate_keys_wins() {
    assert_eq!(read("a: 1\nb: 2\na: 3\n").unwrap(), json!({"a": 3, "b": 2}));
    let many: String = (0..40).map(|number| format!("k{}: {number}\n", number % 30)).collect();
    let read = read(&many).unwrap();
    assert_eq!(
        (read["k5"].clone(), read["k15"].clone(), read.as_object().unwrap().len()),
        (json!(35), json!(15), 30)
    );
}

#[test]
fn keys_become_text_as_in_json() {
    assert_eq!(
        read("{1: a, 1.5: b, yes: c, 1e6: d, 1e-5: e, 1234567.0: f, 2024-01-01: g}").unwrap(),
        json!({"1": "a", "1.5": "b", "true": "c", "1e+06": "d", "1e-05": "e", "1.234567e+06": "f", "2024-01-01": "g"})
    );
    assert_eq!(read("a: 1\n~: x").unwrap_err(), "yaml: line 2: a mapping's key can't be null");
    assert_eq!(read("? [a]\n: x").unwrap_err(), "yaml: line 1: a mapping's key can't be a list");
}

#[test]
fn aliases_repeat_the_latest_anchor_and_never_themselves() {
    assert_eq!(read("a: &x 1\nb: &x 2\nc: *x").unwrap()["c"], json!(2));
    assert_eq!(read("a: &x {b: *x}").unwrap_err(), "yaml: line 1: an anchor's value contains itself");
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert!(read(&text).unwrap_err().ends_with("document contains excessive aliasing"));
}

#[test]
fn only_the_first_document_counts() {
    assert_eq!(read("a: 1\n---\na: 2\n").unwrap(), json!({"a": 1}));
    assert_eq!(read("a: 1\n---\n\t{[broken").unwrap(), json!({"a": 1}));
    assert_eq!(read("a: 1\n...\n%YAML 9\n---\nb: [").unwrap(), json!({"a": 1}));
    assert_eq!(read("---\n---\na: 1").unwrap(), json!(null));
    let document = Document::parse("a: 1\n# end\n---\na: 2\n").unwrap();
    assert!(document.has_more_documents());
    assert!(document.end() <= "a: 1\n# end\n".len() && document.end() >= "a: 1".len());
}

#[test]
fn texts_without_content_are_null() {
    for text in ["", "  \n", "# only a comment\n", "---\n", "\r\n"] {
        assert_eq!(read(text).unwrap(), json!(null), "{text:?}");
    }
}

#[test]
fn spans_cover_the_scalar_as_written() {
    let text = "a: &x 'it''s' # c\nb: {c: \"d\\n\", e: *x}\n";
    let document = Document::parse(text).unwrap();
    let value = Value::resolve(&document).unwrap().unwrap();
    let slice = |value: &Value<'_>| &text[document.node(value.node).span.clone()];
    assert_eq!(slice(value.get("a").unwrap()), "'it''s'");
    assert_eq!(slice(value.get("b").unwrap()), "{c: \"d\\n\", e: *x}");
    assert_eq!(slice(value.get("b").unwrap().get("c").unwrap()), "\"d\\n\"");
    assert_eq!(slice(value.get("b").unwrap().get("e").unwrap()), "'it''s'");
    assert_eq!(value.get("b").unwrap().line, 2);
}

#[test]
fn a_tab_where_a_block_of_text_begins_is_refused() {
    for text in [
        "a: >\n  \ttab\n",
        "a: | # why\n  \ttab\n",
        "a: |-\n\n  \ttab\n  text\n",
        "b:\n- a: >\r\n    \ttab\r\n",
        "a: {}\nk: ~\na: |\n  \tt",
        "      b:\n      - {\"q\": {}}\n      - a: >\n          \ttab\n",
        "   ? a\n   :\n     a:\n     - key: x\n       key: | # why\n         \ttab\n",
    ] {
        let error = read(text).unwrap_err();
        assert!(error.ends_with("found a tab character where an indentation space is expected"), "{error}");
        let content = Document::parse_content(text).map(drop).unwrap_err().to_string();
        assert_eq!(content, error);
    }
    for text in ["a: |2\n  \ttab\n", "a: |\n  text\n  \ttab\n", "a: >1-\n \ttab"] {
        assert!(read(text).is_ok_and(|read| read["a"].as_str().unwrap().contains("\ttab")), "{text:?}");
    }
}
