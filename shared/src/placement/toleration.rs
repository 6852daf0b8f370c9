//! Taints and what tolerates them (`k8s.io/component-helpers/scheduling/corev1/helpers.go`).

use crate::model::{Taint, Toleration};

/// The taint of a cordoned node, which its controller adds.
pub(super) const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// Returns whether a pod tolerates every taint that keeps pods away; `PreferNoSchedule` does not.
pub(super) fn tolerates_all(taints: &[Taint], tolerations: &[Toleration]) -> bool {
    let mut strict =
        taints.iter().filter(|taint| matches!(taint.effect.as_str(), "NoSchedule" | "NoExecute"));
    strict.all(|taint| tolerates(tolerations, &taint.key, &taint.value, &taint.effect))
}

/// Returns whether a pod may go to a cordoned node.
pub(super) fn tolerates_cordon(tolerations: &[Toleration]) -> bool {
    tolerates(tolerations, UNSCHEDULABLE, "", "NoSchedule")
}

/// Returns whether any toleration matches a taint (`Toleration.ToleratesTaint`). The operators `Gt` and `Lt` match
/// nothing: their gate, `TaintTolerationComparisonOperators`, is off.
fn tolerates(tolerations: &[Toleration], key: &str, value: &str, effect: &str) -> bool {
    tolerations.iter().any(|toleration| {
        (toleration.effect.is_empty() || toleration.effect == effect)
            && (toleration.key.is_empty() || toleration.key == key)
            && match toleration.operator.as_str() {
                "" | "Equal" => toleration.value == value,
                "Exists" => true,
                _ => false,
            }
    })
}
