//! What the server refuses now, and would not once what comes earlier among the manifests is there.

use shared::manifest::Manifest;

/// The earlier manifest that a refusal hangs on: a rule or a thing it names, which that manifest makes or changes.
pub fn depends_on_earlier<'a>(
    message: &str,
    manifest: &Manifest,
    earlier: &'a [Manifest],
) -> Option<&'a Manifest> {
    earlier.iter().find(|one| {
        let name = &one.name;
        let here = one.namespace.is_empty() || one.namespace == manifest.namespace;
        let named = || message.contains(&format!("\"{name}\""));
        here && match (one.kind.group.as_str(), one.kind.kind.as_str()) {
            ("", "Namespace") => message == format!("namespaces \"{name}\" not found"),
            ("", "ServiceAccount") => message.contains("looking up service account") && named(),
            ("", "ResourceQuota") => {
                message.contains(&format!("quota: {name},")) || message.contains(&format!("quota: {name}:"))
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
