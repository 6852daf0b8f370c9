//! The kinds that are exported, in the order in which they must be there.

use shared::model::kind::{Kind, guessed_plural, kind_of};

/// Kinds with a namespace, by group.
const NAMESPACED: &[(&str, &[&str])] = &[
    ("", &["ServiceAccount", "ConfigMap", "PersistentVolumeClaim", "Service", "LimitRange", "ResourceQuota"]),
    ("rbac.authorization.k8s.io", &["Role", "RoleBinding"]),
    ("apps", &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]),
    ("batch", &["CronJob", "Job"]),
    ("", &["ReplicationController", "Pod"]),
    ("policy", &["PodDisruptionBudget"]),
    ("networking.k8s.io", &["Ingress", "NetworkPolicy"]),
];

/// Returns the kinds to export.
pub fn kinds(secrets: bool) -> Vec<Kind> {
    let of = |group: &str, kind: &str, namespaced| Kind {
        namespaced,
        ..kind_of(group, kind, &guessed_plural(kind))
    };
    let mut kinds = vec![
        of("", "Namespace", false),
        of("scheduling.k8s.io", "PriorityClass", false),
        of("storage.k8s.io", "StorageClass", false),
        of("", "PersistentVolume", false),
    ];
    if secrets {
        kinds.push(of("", "Secret", true));
    }
    for (group, names) in NAMESPACED {
        kinds.extend(names.iter().map(|name| of(group, name, true)));
    }
    kinds.push(Kind { version: "v2".to_owned(), ..of("autoscaling", "HorizontalPodAutoscaler", true) });
    kinds
}
