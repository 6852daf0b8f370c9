//! What to do about an object that is not there.

/// The resources without a namespace that users name most.
const CLUSTER_WIDE: [&str; 5] = [
    "namespaces",
    "nodes",
    "persistentvolumes",
    "priorityclasses.scheduling.k8s.io",
    "storageclasses.storage.k8s.io",
];

/// Says how to see what there is instead, for the server's sentence about a missing object: `services "web" not found`
/// (`NewNotFound` in `staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go`).
pub fn what_is_there(sentence: &str) -> Option<String> {
    let (resource, _) = sentence.strip_suffix("\" not found")?.split_once(" \"")?;
    if resource.contains(' ') {
        return None;
    }
    let everywhere = if CLUSTER_WIDE.contains(&resource) { "" } else { " -A" };
    Some(format!("`kubectl get {resource}{everywhere}` lists those that are there"))
}

#[cfg(test)]
mod tests {
    use super::what_is_there;

    #[test]
    fn the_resource_is_listed_where_it_can_be() {
        let hint = |sentence| what_is_there(sentence).unwrap();
        assert_eq!(hint("nodes \"n1\" not found"), "`kubectl get nodes` lists those that are there");
        assert_eq!(
            hint("deployments.apps \"web\" not found"),
            "`kubectl get deployments.apps -A` lists those that are there"
        );
        assert_eq!(what_is_there("the server could not find the requested resource"), None);
        assert_eq!(what_is_there("quota is gone"), None);
    }
}
