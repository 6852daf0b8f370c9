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
