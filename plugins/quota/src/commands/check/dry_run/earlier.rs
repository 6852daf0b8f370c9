//! Refusals of a dry run that an earlier manifest resolves once it is applied.

use shared::manifest::Manifest;

/// Returns the earlier manifest that a refusal depends on: it creates or changes an object that the message names.
pub fn depends_on_earlier<'a>(
    message: &str,
    manifest: &Manifest,
    earlier: &'a [Manifest],
) -> Option<&'a Manifest> {
    earlier.iter().find(|one| {
        let name = &one.name;
        let same_namespace = one.namespace.is_empty() || one.namespace == manifest.namespace;
        let named = || message.contains(&format!("\"{name}\""));
        same_namespace
            && match (one.kind.group.as_str(), one.kind.kind.as_str()) {
                ("", "Namespace") => message == format!("namespaces \"{name}\" not found"),
                ("", "ServiceAccount") => message.contains("looking up service account") && named(),
                ("", "ResourceQuota") => {
                    message.contains(&format!("quota: {name},"))
                        || message.contains(&format!("quota: {name}:"))
                }
                ("", "LimitRange") => {
                    ["minimum ", "maximum ", " max limit to request ratio "]
                        .iter()
                        .any(|one| message.contains(one))
                        && message.contains(" per ")
                }
                ("scheduling.k8s.io", "PriorityClass") => {
                    message.contains(&format!("no PriorityClass with name {name} was found"))
                }
                ("node.k8s.io", "RuntimeClass") => message.contains("RuntimeClass") && named(),
                ("apiextensions.k8s.io", "CustomResourceDefinition") => {
                    message == "the server could not find the requested resource"
                        && one.value["spec"]["names"]["kind"] == *manifest.kind.kind
                }
                _ => false,
            }
    })
}
