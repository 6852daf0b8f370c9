//! The fast reader against the full one, and every edit against its promise.

use proptest::prelude::*;

use super::super::{
    change::{Change, List},
    outline::Outline,
    reading::parsed_splices,
    scan::Scan,
    splice::apply_all,
};
use crate::kubeconfig::file_bytes::FileBytes;
use crate::yaml::{Document, SourceText, block};

/// Pieces lines are made of: what kubeconfigs consist of, and what makes readers stumble.
fn fragment() -> impl Strategy<Value = String> {
    let common = prop::sample::select(vec![
        "contexts:",
        "- context:",
        "    cluster: c",
        "    namespace: n",
        "    user: u",
        "  name: a",
        "  name: b",
        "- name: a",
        "- name: b",
        "- name: c",
        "  context:",
        "current-context: a",
        "current-context:",
        "kind: Config",
        "apiVersion: v1",
        "users:",
        "- name: u",
        "  user:",
        "    token: x y",
        "    exec:",
        "      args:",
        "      - --flag",
        "      env: null",
        "      - name: A",
        "        value: b",
        "preferences: {}",
        "clusters: []",
        "clusters:",
        "- cluster:",
        "- name: u # v",
        "",
        "# comment",
        "    # deep",
        "---",
        "    extensions:",
        "    - extension:",
        "        last-update: Sun, 01 Jan 2023 10:00:00 UTC",
        "      name: cluster_info",
        "contexts: []",
        "  context: {}",
        "    namespace: ''",
        "    namespace: \"q\"",
        "    cluster: \"c # d\" # e",
        "    namespace:",
        "  name: 'a'",
        "    namespace: null # none",
        "  context: null",
        "current-context: \"\"",
        "    server: https://host:6443/path#x",
        "    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURJVENDQWdtZ0F3SUJBZ0lJ",
        "    as-groups:",
        "    - 'a b'",
        "    - {}",
        "    - []",
        "    - name: x",
        "      value: y",
        "      deeper:",
        "        -  wide: 1",
        "           wider: true",
        "    config:",
        "      id-token: a.b.c",
        "- cluster:",
        "    server: s",
        "    insecure-skip-tls-verify: true",
        "    disable-compression: # no",
        "  name: c2",
        "  name: u2",
        "      provideClusterInfo: false",
        "      installHint: x",
        "    auth-provider:",
        "    as-user-extra:",
        "      scopes:",
        "      - a",
        "  user: {}",
        "    client-key-data: bm8gYmFzZTY0",
    ]);
    let odd = prop::sample::select(vec![
        "    namespace: 12",
        "    namespace: no",
        "  name: &x a",
        "    user: *x",
        "    <<: *x",
        "current-context: |",
        "  text",
        "contexts: [{name: a}]",
        "\"contexts\":",
        "    namespace: a: b",
        "    continued",
        "- - name: a",
        "-",
        "  - name: d",
        "...",
        "\tkind: Config",
        "kind: Pod",
        "Kind: Config",
        "    namespace: 'it''s'",
        "    namespace: \"\\x41\"",
        "current-context: ü",
        "users: x",
        "users: {}",
        "- word",
        "- name:",
        "- name: 12",
        "  name:",
        "    cluster: {}",
        "    cluster: []",
        "contexts: {}",
        "context: x",
        "    namespace: [a]",
        "? a",
        ": b",
        "    token: QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD",
        "    token: \"multi",
        "    line\"",
        "  name: a ",
        "    namespace: .inf",
        "contexts: null",
        "contexts: ~ # x",
        "%YAML 1.1",
        "    cluster: a#b",
        "    user: -",
        "    user: -x",
        "    user: ---",
        "    server: 12",
        "    server: [a]",
        "    insecure-skip-tls-verify: 1",
        "    insecure-skip-tls-verify: \"true\"",
        "    insecure-skip-tls-verify: yes",
        "    certificate-authority-data: 12",
        "    certificate-authority-data: \"no base64!\"",
        "  cluster: x",
        "  user: x",
        "  user: []",
        "    exec: x",
        "    exec: []",
        "      args: x",
        "      args: {}",
        "      - 12",
        "      - ~",
        "      env: {}",
        "        value: 12",
        "    extensions: x",
        "    - extension: 1",
        "preferences: x",
        "preferences:",
        "  colors: x",
        "extensions:",
        "- cluster: c",
        "    as-groups: a",
        "      id-token: 12",
        "      scopes: a",
    ]);
    prop_oneof![8 => common, 1 => odd].prop_map(String::from)
}

/// A text of such lines, with any line end, and some lines indented otherwise.
fn text() -> impl Strategy<Value = String> {
    let line = (fragment(), prop::bool::weighted(0.05), 0usize..3);
    let line =
        line.prop_map(|(line, shift, by)| if shift { format!("{}{line}", " ".repeat(by)) } else { line });
    (prop::collection::vec(line, 0..24), prop::bool::weighted(0.1), prop::bool::weighted(0.1)).prop_map(
        |(lines, windows, open)| {
            let end = if windows { "\r\n" } else { "\n" };
            let text = lines.join(end);
            if open || text.is_empty() { text } else { text + end }
        },
    )
}

/// A kubeconfig as tools write it, in many arrangements, seldom spoilt by one odd line.
fn kubeconfig() -> impl Strategy<Value = String> {
    let value = || {
        prop::sample::select(vec!["c", "\"c\"", "'c d'", "c # x", "arn:aws:eks:x/y", "", "null", "~", "\"\""])
    };
    let body = (value(), value(), value(), 0usize..6, any::<bool>());
    let context = body.prop_map(|(cluster, namespace, user, order, nested)| {
        let mut pairs =
            vec![format!("cluster: {cluster}"), format!("namespace: {namespace}"), format!("user: {user}")];
        pairs.swap(order % 3, order / 2);
        pairs.truncate(1 + order % 3);
        if nested {
            pairs.push("extensions:".into());
            pairs.push("- name: x".into());
            pairs.push("  extension: {}".into());
        }
        pairs
    });
    let contexts = prop::collection::vec(context, 0..5);
    (
        contexts,
        0usize..3,
        prop::sample::select(vec!["  ", ""]),
        any::<[bool; 5]>(),
        fragment(),
        0usize..40,
        0u8..4,
    )
        .prop_map(
            |(contexts, current, inset, [first, windows, open, name_first, with_current], odd, at, spoil)| {
                let mut list = vec!["contexts:".to_string()];
                for (index, pairs) in contexts.iter().enumerate() {
                    let name = format!("name: ctx-{index}");
                    let inner = pairs.iter().map(|pair| format!("{inset}    {pair}").trim_end().to_string());
                    if name_first {
                        list.push(format!("{inset}- {name}"));
                        list.push(format!("{inset}  context:"));
                        list.extend(inner);
                    } else {
                        list.push(format!("{inset}- context:"));
                        list.extend(inner);
                        list.push(format!("{inset}  {name}"));
                    }
                }
                let mut lines = vec!["apiVersion: v1".to_string(), "kind: Config".into()];
                let current = with_current.then(|| format!("current-context: ctx-{current}"));
                if first {
                    lines.extend(current);
                    lines.extend(list);
                } else {
                    lines.extend(list);
                    lines.extend(current);
                }
                lines.extend(["users:", "- name: u", "  user:", "    token: abc"].map(String::from));
                if spoil == 0 {
                    lines.insert(at.min(lines.len()), odd);
                }
                let end = if windows { "\r\n" } else { "\n" };
                lines.join(end) + if open { "" } else { end }
            },
        )
}

fn change() -> impl Strategy<Value = Change> {
    let context = || prop::sample::select(vec!["a", "b", "ctx-0", "ctx-1", "ctx-3"]).prop_map(String::from);
    let value = || {
        prop::sample::select(vec!["x", "no", "a b", "arn:aws:x/y", "ü", "a\nb", "", "007"])
            .prop_map(String::from)
    };
    prop_oneof![
        value().prop_map(Change::Current),
        (context(), value())
            .prop_map(|(context, value)| Change::Namespace { context, namespace: Some(value) }),
        context().prop_map(|context| Change::Namespace { context, namespace: None }),
    ]
}

/// How many cases a property gets: `KUBECONFIG_CASES`, else few enough for every day.
fn cases(few: u32) -> ProptestConfig {
    let cases = std::env::var("KUBECONFIG_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: cases.unwrap_or(few), failure_persistence: None, ..ProptestConfig::default() }
}

/// What the fast readers accept, the full one reads the same: every node, span and line of the document, and what it
/// says of contexts; and the edits are the same.
fn agree(text: &str, change: &Change) -> Result<bool, TestCaseError> {
    let document = block::document::read(text);
    if let Some(document) = &document {
        let decoded = SourceText::decode(text.as_bytes()).map(|source| source.text.into_owned());
        prop_assert_eq!(decoded.as_deref(), Ok(text));
        let full = Document::parse_in_full(text);
        prop_assert_eq!(Ok(document), full.as_ref(), "{}", text);
    }
    let Some(scan) = Scan::new(text.as_bytes()) else { return Ok(false) };
    prop_assert!(document.is_some(), "{}", text);
    let parsed = Outline::parse(text.as_bytes());
    prop_assert_eq!(Ok(&scan.outline), parsed.as_ref(), "{}", text);
    for list in [List::Clusters, List::Users] {
        for name in list.names(&scan.outline) {
            let lines = scan.entry(list, name).unwrap();
            let (before, entry, after) = (&text[..lines.start], &text[lines.clone()], &text[lines.end..]);
            prop_assert!(before.ends_with('\n') && entry.trim_start().starts_with("- "), "{}", text);
            prop_assert!(after.is_empty() || entry.ends_with('\n'), "{}", text);
            let alone = format!("{}:\n{entry}", list.key());
            let alone = Outline::parse(alone.as_bytes());
            prop_assert_eq!(
                alone.as_ref().map(|alone| list.names(alone)),
                Ok(&[name.clone()][..]),
                "{}",
                text
            );
        }
    }
    let exists = match change {
        Change::Namespace { context, .. } => scan.outline.context(context).is_some(),
        _ => true,
    };
    if exists && let Some(fast) = scan.splices(text.as_bytes(), change) {
        let full = parsed_splices(text.as_bytes(), change);
        prop_assert_eq!(Ok(&fast), full.as_ref().map(|(splices, _)| splices), "{}", text);
        let mut changed = FileBytes::from(text.as_bytes().to_vec());
        apply_all(fast.clone(), &mut changed);
        let expected = Scan::new(&changed).filter(|found| found.outline == scan.outline.after(change));
        let mut followed = scan.clone();
        let follows = followed.follow(&changed, change, &fast);
        prop_assert_eq!(follows.then_some(&followed), expected.as_ref(), "{}", text);
        prop_assert!(follows || followed == scan, "half followed: {}", text);
    }
    Ok(true)
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn what_the_fast_reader_accepts_the_full_one_reads_and_edits_the_same(text in text(), change in change()) {
        agree(&text, &change)?;
    }

    #[test]
    fn no_text_makes_it_stumble(text in "[a-c:\\-# \n\r\t{}\\[\\]\"'&*!|>.~]{0,40}", change in change()) {
        agree(&text, &change)?;
        agree(&format!("contexts:\n- name: a\n{text}"), &change)?;
        agree(&format!("contexts:\n- name: a\n  context:\n    cluster: {text}"), &change)?;
        agree(&format!("users:\n- name: {text}"), &change)?;
    }

    #[test]
    fn the_same_on_likely_kubeconfigs(text in kubeconfig(), change in change()) {
        agree(&text, &change)?;
    }
}

#[test]
fn what_kubectl_and_kubeadm_write_is_read_fast() {
    let minikube = "\
apiVersion: v1
clusters:
- cluster:
    certificate-authority: /home/me/.minikube/ca.crt
    extensions:
    - extension:
        last-update: Tue, 19 Jul 2022 13:00:00 EDT
        provider: minikube.sigs.k8s.io
        version: v1.26.0
      name: cluster_info
    server: https://192.168.49.2:8443
  name: minikube
contexts:
- context:
    cluster: minikube
    extensions:
    - extension:
        last-update: Tue, 19 Jul 2022 13:00:00 EDT
      name: context_info
    namespace: default
    user: minikube
  name: minikube
current-context: minikube
kind: Config
preferences: {}
users:
- name: minikube
  user:
    client-certificate: /home/me/.minikube/client.crt
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - --region
      - eu-west-1
      command: aws
      env: null
      interactiveMode: IfAvailable
      provideClusterInfo: false
";
    for text in [minikube.to_string(), minikube.replace('\n', "\r\n"), format!("---\n{minikube}")] {
        let scan = Scan::new(text.as_bytes()).unwrap();
        assert_eq!(Ok(&scan.outline), Outline::parse(text.as_bytes()).as_ref());
    }
}

#[test]
fn what_is_nested_too_deeply_is_left_to_the_full_parser() {
    let nested =
        |depth: usize| -> String { (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect() };
    assert!(block::document::read(&nested(64)).is_some());
    assert!(block::document::read(&nested(65)).is_none());
}
