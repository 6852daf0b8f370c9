//! One file, one edit: which bytes change.

use super::*;

const KUBECTLS: &str = "\
apiVersion: v1
clusters:
- cluster:
    server: https://one
  name: one
contexts:
- context:
    cluster: one
    namespace: shop
    user: me
  name: alpha
- context:
    cluster: one
    user: me
  name: beta
current-context: alpha
kind: Config
preferences: {}
users:
- name: me
  user:
    token: t
";

/// Checks one edit: `from` occurs once in `text` and becomes `to`; all else stays.
#[track_caller]
fn check(text: &str, edit: Edit, from: &str, to: &str) {
    assert_eq!(text.matches(from).count(), 1, "`{from}` in {text}");
    let after = edited(text, edit.clone()).unwrap_or_else(|error| panic!("{edit:?} of {text}: {error}"));
    assert_eq!(after, text.replacen(from, to, 1), "{edit:?} of {text}");
}

#[test]
fn what_kubectl_writes() {
    check(KUBECTLS, use_context("beta"), "current-context: alpha", "current-context: beta");
    check(KUBECTLS, Edit::UnsetCurrentContext, "current-context: alpha", "current-context: \"\"");
    check(KUBECTLS, namespace("alpha", "no"), "namespace: shop", "namespace: \"no\"");
    check(
        KUBECTLS,
        namespace("beta", "shop"),
        "    cluster: one\n    user: me\n",
        "    cluster: one\n    namespace: shop\n    user: me\n",
    );
    check(KUBECTLS, no_namespace("alpha"), "    namespace: shop\n", "");
    check(KUBECTLS, rename("beta", "b c"), "name: beta", "name: \"b c\"");
    check(KUBECTLS, delete(&["beta"]), "- context:\n    cluster: one\n    user: me\n  name: beta\n", "");
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn comments_quotes_and_indentation_stay() {
    let text = "# mine\ncontexts:\n    -   name: 'alpha'  # first\n        context: {cluster: c}\n\n    -   name: beta\n\ncurrent-context: 'alpha'   # here\n# end";
    check(text, use_context("beta"), "'alpha'   # here", "'beta'   # here");
    check(text, namespace("alpha", "x"), "{cluster: c}", "{cluster: c, namespace: x}");
    check(text, namespace("beta", "x"), "name: beta\n", "name: beta\n        context: {namespace: x}\n");
    check(text, rename("beta", "it's"), "name: beta", "name: \"it's\"");
    let renamed = edited(text, rename("alpha", "it's")).unwrap();
    assert_eq!(renamed, text.replace("'alpha'", "'it''s'"));
    check(text, rename("beta", "007"), "name: beta", "name: \"007\"");
    check(text, delete(&["beta"]), "    -   name: beta\n", "");
}

#[test]
fn line_ends_and_marks_stay() {
    let text =
        "contexts:\r\n- name: a\r\n  context:\r\n    cluster: c\r\n- name: b\r\ncurrent-context: a\r\n";
    check(text, use_context("b"), "current-context: a", "current-context: b");
    check(text, namespace("a", "x"), "cluster: c\r\n", "cluster: c\r\n    namespace: x\r\n");
    check(text, delete(&["b"]), "- name: b\r\n", "");
    let marked = format!("\u{feff}{text}");
    check(&marked, use_context("b"), "current-context: a", "current-context: b");
    let folder = Folder::new(&[]);
    folder.write("config", &utf16(text));
    folder.edit("config", &[use_context("b")]).unwrap();
    let expected = utf16(&text.replace("current-context: a", "current-context: b"));
    assert_eq!(fs::read(folder.0.path().join("config")).unwrap(), expected);
}

#[test]
fn a_missing_current_context_is_appended() {
    let contexts = "contexts:\n- name: a\n";
    assert_eq!(edited(contexts, use_context("a")).unwrap(), format!("{contexts}current-context: a\n"));
    let open = "contexts:\n- name: a";
    assert_eq!(edited(open, use_context("a")).unwrap(), format!("{open}\ncurrent-context: a"));
    let windows = "contexts:\r\n- name: a\r\n";
    assert_eq!(edited(windows, use_context("a")).unwrap(), format!("{windows}current-context: a\r\n"));
    let indented = "  contexts:\n  - name: a\n  # end\n";
    assert_eq!(edited(indented, use_context("a")).unwrap(), format!("{indented}  current-context: a\n"));
    let documents = "---\ncontexts:\n- name: a\n---\nother: 1\n";
    check(documents, use_context("a"), "- name: a\n", "- name: a\ncurrent-context: a\n");
    let ended = "contexts:\n- name: a\n...\n";
    check(ended, use_context("a"), "- name: a\n", "- name: a\ncurrent-context: a\n");
    let literal = "contexts:\n- name: a\nx: |\n  text\n";
    assert_eq!(edited(literal, use_context("a")).unwrap(), format!("{literal}current-context: a\n"));
}

#[test]
fn an_empty_current_context_is_filled() {
    for (text, from, to) in [
        ("contexts:\n- name: a\ncurrent-context:\n", "current-context:", "current-context: a"),
        ("contexts:\n- name: a\ncurrent-context: # none\n", "current-context:", "current-context: a"),
        ("current-context:\ncontexts:\n- name: a\n", "current-context:", "current-context: a"),
        ("contexts:\n- name: a\ncurrent-context: \"\"\n", "\"\"", "\"a\""),
        ("contexts:\n- name: a\ncurrent-context: ~\n", "~", "a"),
        ("contexts:\n- name: a\ncurrent-context: null # n\n", "null", "a"),
        ("{contexts: [name: a], current-context: }", "current-context:", "current-context: a"),
    ] {
        check(text, use_context("a"), from, to);
    }
}

#[test]
fn the_last_of_two_keys_counts() {
    let text = "current-context: a\ncontexts: [{name: a}, {name: b}, {name: c}]\ncurrent-context: b\n";
    check(text, use_context("c"), "current-context: b", "current-context: c");
    let text = "contexts:\n- name: a\n  context: {namespace: x, namespace: w}\n";
    check(text, namespace("a", "z"), "namespace: w", "namespace: z");
    check(text, no_namespace("a"), "{namespace: x, namespace: w}", "{}");
}

#[test]
fn json_stays_json() {
    let text = "{\n  \"kind\": \"Config\",\n  \"contexts\": [\n    {\n      \"name\": \"a\",\n      \"context\": {\n        \"cluster\": \"c\",\n        \"namespace\": \"n\"\n      }\n    },\n    {\n      \"name\": \"b\",\n      \"context\": {\n        \"user\": \"u\"\n      }\n    },\n    {\n      \"name\": \"e\",\n      \"context\": {}\n    }\n  ]\n}\n";
    check(text, use_context("b"), "  ]\n}", "  ],\n  \"current-context\": \"b\"\n}");
    check(text, namespace("a", "x"), "\"n\"\n", "\"x\"\n");
    check(text, no_namespace("a"), ",\n        \"namespace\": \"n\"", "");
    check(
        text,
        namespace("b", "x"),
        "{\n        \"user\": \"u\"\n",
        "{\n        \"user\": \"u\",\n        \"namespace\": \"x\"\n",
    );
    check(text, namespace("e", "x"), "{}", "{\"namespace\": \"x\"}");
    check(text, rename("e", "q\"\n"), "\"e\"", "\"q\\\"\\n\"");
    check(text, delete(&["e"]), ",\n    {\n      \"name\": \"e\",\n      \"context\": {}\n    }", "");
    let compact = r#"{"contexts":[{"name":"a"},{"name":"b","context":{"namespace":"x"}}],"kind":"Config"}"#;
    check(compact, use_context("b"), r#""kind":"Config""#, r#""kind":"Config","current-context":"b""#);
    check(compact, namespace("a", "y"), r#"{"name":"a"}"#, r#"{"name":"a", "context":{"namespace":"y"}}"#);
    check(compact, delete(&["a"]), r#"{"name":"a"},"#, "");
    check(compact, delete(&["a", "b"]), r#"{"name":"a"},{"name":"b","context":{"namespace":"x"}}"#, "");
    check(compact, no_namespace("b"), r#"{"namespace":"x"}"#, "{}");
}

#[test]
fn quoted_keys_and_odd_scalars() {
    check(
        "\"contexts\":\n- \"name\": \"a\"\n- 'name': b\n\"current-context\": \"a\"\n",
        use_context("b"),
        "\"current-context\": \"a\"",
        "\"current-context\": \"b\"",
    );
    check("contexts: [name: a, name: b]\ncurrent-context: |-\n  a\n# c\n", use_context("b"), "|-\n  a", "b");
    check(
        "contexts: [name: a, name: b]\ncurrent-context: >-\n  a\nkind: Config\n",
        use_context("b"),
        ">-\n  a",
        "b",
    );
    check(
        "contexts: [name: a b, name: b]\ncurrent-context: a\n  b\nkind: Config\n",
        use_context("b"),
        "a\n  b\n",
        "b\n",
    );
    let tagged = edited("contexts: [name: a]\ncurrent-context: !!str\n", use_context("a")).unwrap_err();
    assert!(tagged.to_string().contains("line 2 is written in a way that leaves no sure place"), "{tagged}");
}

#[test]
fn all_contexts_deleted_leave_an_empty_list() {
    let text = "contexts:\n# one\n- name: a\n# two\n- name: b\n# end\nkind: Config\n";
    assert_eq!(edited(text, delete(&["a", "b"])).unwrap(), "contexts: []\n# end\nkind: Config\n");
    let text = "contexts:\n  - &a\n    name: a\n  -\n    name: b\n";
    check(text, delete(&["b"]), "  -\n    name: b\n", "");
    check(text, delete(&["a"]), "  - &a\n    name: a\n", "");
}

#[test]
fn deleting_the_current_context_clears_it() {
    let after = edited(KUBECTLS, delete(&["alpha"])).unwrap();
    assert!(after.contains("current-context: \"\"\n") && !after.contains("alpha"), "{after}");
    let error = edited(KUBECTLS, delete(&["beta", "gamma"])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: no context exists with the name: \"gamma\"\nhint: `kubectl config get-contexts` lists the contexts there are"
    );
}

#[test]
fn renaming_the_current_context_takes_it_along() {
    let after = edited(KUBECTLS, rename("alpha", "gamma")).unwrap();
    assert_eq!(after, KUBECTLS.replace("alpha", "gamma"));
    let error = edited(KUBECTLS, rename("alpha", "beta")).unwrap_err();
    assert_eq!(error.status(), crate::cli::ExitStatus::Guarded);
    assert_eq!(edited(KUBECTLS, rename("alpha", "alpha")).unwrap(), KUBECTLS);
}

const SHARED: &str = "\
common: &common {cluster: c, namespace: shared}
contexts:
- name: merged
  context: {<<: *common, user: u}
- name: overridden
  context: {namespace: mine, <<: *common}
- name: whole
  context: *common
- &item
  name: &own anchored
  context:
    namespace: &ns base
    cluster: c
- name: alias
  context:
    namespace: *ns
current-context: *own
";

#[test]
fn aliases_give_way_and_what_they_name_stays() {
    check(SHARED, use_context("alias"), "current-context: *own", "current-context: alias");
    check(SHARED, namespace("alias", "x"), "namespace: *ns", "namespace: x");
    check(SHARED, no_namespace("alias"), "    namespace: *ns\n", "");
    check(SHARED, delete(&["alias"]), "- name: alias\n  context:\n    namespace: *ns\n", "");
}

#[test]
fn a_merged_namespace_is_overridden() {
    check(SHARED, namespace("merged", "x"), "{<<: *common, user: u}", "{<<: *common, user: u, namespace: x}");
    check(
        SHARED,
        no_namespace("merged"),
        "{<<: *common, user: u}",
        "{<<: *common, user: u, namespace: \"\"}",
    );
}

#[test]
fn what_is_shared_is_refused() {
    let refused = |edit| edited(SHARED, edit).unwrap_err().to_string();
    assert_eq!(
        refused(namespace("overridden", "x")),
        "error: cannot change the namespace of context \"overridden\" in config alone: it comes through the merge key `<<` on line 6\n\
         hint: `kubectl config set-context overridden --namespace=x` can: it writes the whole file anew, without its comments and anchors"
    );
    assert_eq!(
        refused(namespace("whole", "x")),
        "error: cannot change the namespace of context \"whole\" in config alone: what stands on line 1 is repeated elsewhere through an anchor, which would change too\n\
         hint: `kubectl config set-context whole --namespace=x` can: it writes the whole file anew, without its comments and anchors"
    );
    let shared = "what stands on line 12 is repeated elsewhere";
    for edit in [namespace("anchored", "x"), no_namespace("anchored"), delete(&["anchored"])] {
        let message = refused(edit);
        assert!(message.contains(shared) || message.contains("line 10"), "{message}");
    }
    assert!(refused(rename("anchored", "x")).contains("line 10"));
}

#[test]
fn empty_names_are_refused() {
    for edit in [use_context(""), rename("alpha", "")] {
        let error = edited(KUBECTLS, edit).unwrap_err();
        assert_eq!(error.to_string(), "error: empty context names are not allowed");
        assert_eq!(error.status(), crate::cli::ExitStatus::Usage);
    }
}

#[test]
fn names_of_every_kind_come_back_as_they_went() {
    for name in [
        "arn:aws:eks:eu-west-1:123456789012:cluster/foo",
        "a=b",
        "-dash",
        "has space",
        "br]ack[et",
        ".",
        "-",
        "ünï",
        "new\nline",
        "esc\x1b[31m",
        "../config",
        "a/b",
        "#",
        "a #b",
        "a: b",
        "a:",
        "no",
        "Yes",
        "NULL",
        "~",
        "1e3",
        "0x1f",
        "2024-01-01",
        "'",
        "\"",
        "\\",
        "*a",
        "&a",
        "!a",
        "|",
        "%a",
        "@a",
        "`a",
        "\u{85}",
        "\u{2028}",
        "\u{feff}x",
        "😀",
        " ",
        "<<",
        "=",
        "{}",
        "null",
        ".inf",
        "y",
        "e1",
        "_",
    ] {
        for (text, plain) in [
            ("contexts:\n- name: a\ncurrent-context: a\n", "a"),
            ("contexts: [{name: 'a'}]\ncurrent-context: 'a'\n", "'a'"),
            ("{\"contexts\": [{\"name\": \"a\"}], \"current-context\": \"a\"}", "\"a\""),
        ] {
            let after =
                edited(text, rename("a", name)).unwrap_or_else(|error| panic!("{name:?} {plain}: {error}"));
            let folder = Folder::new(&[("config", &after)]);
            let sources = folder.sources("config").unwrap();
            assert_eq!(sources.current_context(), Some(name), "{after}");
            assert_eq!(sources.context(name).unwrap().name, name);
            if text.starts_with('{') {
                let json: serde_json::Value = serde_json::from_str(&after).unwrap();
                assert_eq!(json["current-context"], name);
            }
        }
    }
    let long = "x".repeat(300);
    assert!(edited(KUBECTLS, rename("alpha", &long)).unwrap().contains(&format!("name: {long}\n")));
}

#[test]
fn broken_credentials_do_not_stand_in_the_way() {
    let text = "users:\n- name: u\n  user: {client-key-data: '%%%'}\ncontexts: [{name: a}]\n";
    check(text, use_context("a"), "[{name: a}]\n", "[{name: a}]\ncurrent-context: a\n");
    let scanned = "users:\n- name: u\n  user:\n    client-key-data: no base64\ncontexts:\n- name: a\n";
    check(scanned, use_context("a"), "- name: a\n", "- name: a\ncurrent-context: a\n");
}

#[test]
fn a_merge_list_leaves_a_place_for_what_it_lacks() {
    let text = "x: &x {cluster: c}\ny: &y {user: u}\ncontexts:\n- context:\n    <<: [*x, *y]\n  name: a\n";
    check(text, namespace("a", "web"), "[*x, *y]\n", "[*x, *y]\n    namespace: web\n");
    let with_more = text.replace("*y]\n", "*y] # both\n    user: me\n");
    check(&with_more, namespace("a", "web"), "# both\n", "# both\n    namespace: web\n");
}

#[test]
fn broken_files_are_refused_with_the_line() {
    for (text, message) in [
        (
            "contexts:\n- name: 123\n",
            "line 2: contexts[0].name: expected a string, but 123 is a number in YAML\nhint: quote it: \"123\"",
        ),
        ("contexts:\n\t- name: a\n", "line 2"),
        ("kind: Pod\n", "no kind \"Pod\" is registered"),
        ("contexts: [{name: a}]\nclusters: 7\n", "line 2: clusters: expected a list, found a number"),
        (
            "contexts:\n- name: a\nclusters:\n- name: c\n  cluster:\n    server: 1\n",
            "line 6: clusters[0].cluster.server: expected a string, but 1 is a number in YAML",
        ),
        (
            "contexts:\n- name: a\nusers:\n- name: u\n  user:\n    exec: aws\n",
            "line 6: users[0].user.exec: expected a mapping, found a string",
        ),
        (
            "contexts:\n- name: a\nusers:\n- name: u\n- name: u\n",
            "line 5: duplicate name \"u\" in users, first on line 4",
        ),
        ("contexts: [{name: a}, {name: a}]\n", "duplicate name \"a\" in contexts, first on line 1"),
    ] {
        let error = edited(text, use_context("a")).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(error.status(), crate::cli::ExitStatus::Kubeconfig);
    }
}
