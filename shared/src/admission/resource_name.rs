//! The names under which a quota lists a resource: several can mean the same thing.

use std::borrow::Cow;

/// The one name for resources that quotas know by two: `cpu` is `requests.cpu` (`podComputeUsageHelper` in
/// `pkg/quota/v1/evaluator/core/pods.go` charges both with the same amount) and `secrets` is `count/secrets`
/// (`legacyObjectCountAliases` in `registry.go`). `pods` is not `count/pods`: the latter counts finished pods too.
pub fn canonical(resource: &str) -> Cow<'_, str> {
    match resource {
        "cpu" | "memory" | "ephemeral-storage" => format!("requests.{resource}").into(),
        "count/configmaps"
        | "count/persistentvolumeclaims"
        | "count/replicationcontrollers"
        | "count/resourcequotas"
        | "count/secrets"
        | "count/services" => resource["count/".len()..].into(),
        _ if resource.starts_with("hugepages-") => format!("requests.{resource}").into(),
        _ => resource.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn two_names_for_one_resource_become_one() {
        assert_eq!(canonical("cpu"), "requests.cpu");
        assert_eq!(canonical("requests.cpu"), "requests.cpu");
        assert_eq!(canonical("hugepages-2Mi"), "requests.hugepages-2Mi");
        assert_eq!(canonical("count/secrets"), "secrets");
    }

    #[test]
    fn names_that_differ_in_meaning_stay_apart() {
        for resource in ["pods", "count/pods", "limits.cpu", "count/deployments.apps", "services.nodeports"] {
            assert_eq!(canonical(resource), resource);
        }
    }
}
