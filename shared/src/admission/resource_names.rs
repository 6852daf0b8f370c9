//! The resource names of a quota: which of them anything in the control plane can count, and which mean the same.
//!
//! Names without a slash are checked when the quota is created. Names with one are accepted whatever they
//! say (`ValidateResourceQuotaResourceName` in `pkg/apis/core/validation`), so a typing mistake lies in
//! `status.hard` for ever and limits nothing. The rules below are the union of `MatchingResources` of all
//! evaluators in `pkg/quota/v1/evaluator/core` and of the generic object count evaluator.

use std::borrow::Cow;

use crate::model::built_in_resources::BUILT_IN;

/// Returns whether an evaluator of some cluster can count this resource name.
///
/// `false` is certain: `nvidia.com/gpu` (extended resources are counted as `requests.nvidia.com/gpu` only),
/// `limits.nvidia.com/gpu`, `count/deployments.app`. `true` may still need a custom resource or a device
/// class that this cluster lacks.
pub fn is_enforceable(resource: &str) -> bool {
    let Some((before, after)) = resource.split_once('/') else {
        return true;
    };
    match before {
        "count" => can_be_object_count(after),
        _ if before.ends_with(".storageclass.storage.k8s.io") => {
            matches!(after, "requests.storage" | "persistentvolumeclaims")
        }
        _ if before.ends_with(".deviceclass.resource.k8s.io") => after == "devices",
        "requests.deviceclass.resource.kubernetes.io" => true,
        // `isExtendedResourceNameForQuota`: anything with `kubernetes.io/` in it is native, thus no extended resource.
        _ => before.starts_with("requests.") && !before.ends_with("kubernetes.io"),
    }
}

/// Returns whether `count/NAME` can name a namespaced kind that is stored and listed.
fn can_be_object_count(name: &str) -> bool {
    let (plural, group) = name.split_once('.').unwrap_or((name, ""));
    // The plural of a custom resource is a lower-case DNS label, and so is every built-in one.
    let is_label = !plural.is_empty()
        && plural.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_label {
        return false;
    }
    match BUILT_IN.iter().find(|(built_in, _)| *built_in == group) {
        // Not served since 1.22, which is older than any version supported here; quotas of providers still name it.
        Some(("extensions", _)) => false,
        Some((_, plurals)) => plurals.contains(&plural),
        // A custom resource's group must have a dot (`validateCustomResourceDefinitionSpec` in apiextensions).
        None => group.contains('.') && group == group.to_ascii_lowercase(),
    }
}

/// Returns one name for resources that quotas know by two: `cpu` is `requests.cpu` (`podComputeUsageHelper` in
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
    use super::{canonical, is_enforceable};

    #[test]
    fn names_that_an_evaluator_counts() {
        for resource in [
            "pods",
            "requests.cpu",
            "hugepages-2Mi",
            "requests.nvidia.com/gpu",
            "requests.deviceclass.resource.kubernetes.io/gpu",
            "gpu.deviceclass.resource.k8s.io/devices",
            "gold.storageclass.storage.k8s.io/requests.storage",
            "gold.storageclass.storage.k8s.io/persistentvolumeclaims",
            "count/pods",
            "count/deployments.apps",
            "count/ingresses.networking.k8s.io",
            "count/foos.example.com",
            "count/gateways.gateway.networking.k8s.io",
        ] {
            assert!(is_enforceable(resource), "{resource}");
        }
    }

    #[test]
    fn names_that_nothing_ever_counts() {
        for resource in [
            "nvidia.com/gpu",
            "limits.nvidia.com/gpu",
            "x/cpu",
            "requests.kubernetes.io/thing",
            "count/deployments",
            "count/deployments.app",
            "count/deployment.apps",
            "count/Deployments.apps",
            "count/nodes",
            "count/bindings",
            "count/ingresses.extensions",
            "count/events",
            "count/events.events.k8s.io",
            "count/clusterroles.rbac.authorization.k8s.io",
            "count/",
            "gold.storageclass.storage.k8s.io/storage",
            "gold.storageclass.storage.k8s.io.kubernetes.io/requests.storage",
            "gpu.deviceclass.resource.k8s.io/gpus",
        ] {
            assert!(!is_enforceable(resource), "{resource}");
        }
    }

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
