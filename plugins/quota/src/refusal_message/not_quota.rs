//! Refusals that neither quotas nor LimitRanges cause, by their cause.

/// Phrases of refusals, in the order in which they are looked for, with the cause that they reveal.
const CAUSES: &[(&str, &str)] = &[
    (
        "violates PodSecurity ",
        "Pod Security admission rejects such pods, by the namespace's label pod-security.kubernetes.io/enforce",
    ),
    (
        "error looking up service account ",
        "the ServiceAccount does not exist: create it, or correct serviceAccountName",
    ),
    (
        "no PriorityClass with name ",
        "the PriorityClass does not exist: create it, or correct priorityClassName",
    ),
    ("RuntimeClass ", "the RuntimeClass does not exist: create it, or correct runtimeClassName"),
    ("pod rejected: ", "the pod's overhead differs from that of its RuntimeClass"),
    ("because it is being terminated", "the namespace is being deleted: nothing can be created in it"),
    ("denied the request", "an admission webhook rejects it: ask the owner of the webhook"),
    ("failed calling webhook", "an admission webhook does not answer"),
    ("ValidatingAdmissionPolicy ", "a ValidatingAdmissionPolicy rejects it: ask the owner of the policy"),
    ("cannot create resource ", "RBAC: the account that creates it lacks the permission"),
    (
        "unable to validate against any security context constraint",
        "no SecurityContextConstraints of OpenShift allow it",
    ),
    ("only dynamically provisioned pvc can be resized", "the StorageClass does not allow volume expansion"),
    ("pod update requires features ", "the node's kubelet does not support in-place resize"),
];

/// Returns the cause of a refusal.
pub(super) fn cause(why: &str) -> &'static str {
    let known = CAUSES.iter().find(|(words, _)| why.contains(words));
    known.map_or("another admission rule of this cluster rejects it", |(_, cause)| cause)
}

/// Where a refusal starts that reason neither `is forbidden` nor `is invalid`.
pub(super) const STARTS: &[&str] = &["admission webhook \"", "error looking up service account "];

/// Returns the note for a refusal of this cause.
pub fn not_caused_by_quota(cause: &str) -> String {
    format!("not caused by a quota or LimitRange: {cause}")
}
