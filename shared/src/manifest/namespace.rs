//! The namespace of manifests beside that of the command line.

use super::{json::text, kinds::Kinds};
use crate::{Error, Result, dump::DumpObject};

/// Fails as kubectl does where manifests name another namespace than `--namespace` (`RetrieveNamespace` and `RequireNamespace`
/// in <https://github.com/kubernetes/cli-runtime/blob/v0.37.0/pkg/resource/visitor.go>). The namespace of a kubeconfig, which
/// is no `--namespace`, is for manifests without one.
///
/// # Errors
/// The sentence of kubectl about each of them.
pub fn refuse_other_namespaces<'a>(
    objects: impl IntoIterator<Item = &'a DumpObject>,
    kinds: &Kinds,
    namespace: Option<&str>,
) -> Result<()> {
    let Some(namespace) = namespace.filter(|namespace| !namespace.is_empty()) else { return Ok(()) };
    let is_namespaced = |one: &&DumpObject| {
        kinds.find_or_guess(text(&one.object["apiVersion"]), text(&one.object["kind"])).namespaced
    };
    let owns =
        objects.into_iter().filter(is_namespaced).map(|one| text(&one.object["metadata"]["namespace"]));
    let others = owns.filter(|own| !own.is_empty() && *own != namespace);
    let sentence = |own: &str| {
        format!(
            "the namespace from the provided object \"{own}\" does not match the namespace \"{namespace}\". You must pass '--namespace={own}' to perform this operation."
        )
    };
    let sentences: Vec<_> = others.map(sentence).collect();
    let error = match sentences.as_slice() {
        [] => return Ok(()),
        [only] => Error::new(only),
        // Several errors are printed one below the other without a prefix (`CheckErr`).
        several => Error::verbatim(several.join("\n")),
    };
    Err(error.with_hint("without --namespace each manifest is judged in its own"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_objects_with_another_namespace_are_refused() {
        let object = |api_version: &str, kind: &str, namespace: serde_json::Value| DumpObject {
            file: "f".to_owned(),
            document: 1,
            object: json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "x", "namespace": namespace}}),
        };
        let refused = |objects: &[DumpObject], namespace: Option<&str>| {
            refuse_other_namespaces(objects, &Kinds::default(), namespace).is_err()
        };
        let pod = |namespace: &str| object("v1", "Pod", json!(namespace));
        assert!(refused(&[pod("a"), pod("b")], Some("a")));
        assert!(!refused(&[pod("a"), pod(""), object("v1", "Pod", json!(null))], Some("a")));
        assert!(!refused(&[pod("a"), pod("b")], None));
        assert!(!refused(&[pod("a"), pod("b")], Some("")));
        // What has no namespace may say what it likes.
        assert!(!refused(&[object("v1", "Node", json!("b"))], Some("a")));
        assert!(!refused(&[object("rbac.authorization.k8s.io/v1", "ClusterRole", json!("b"))], Some("a")));
    }
}
