//! Refusals that are no matter of quotas, and what they are a matter of.

/// What the words give away, in the order in which they are looked for, and what to look at.
const MATTERS: &[(&str, &str)] = &[
    (
        "violates PodSecurity ",
        "Pod Security: the namespace's label pod-security.kubernetes.io/enforce forbids such pods",
    ),
    (
        "error looking up service account ",
        "a ServiceAccount that is not there: create it, or correct serviceAccountName",
    ),
    (
        "no PriorityClass with name ",
        "a PriorityClass that is not there: create it, or correct priorityClassName",
    ),
    ("RuntimeClass ", "a RuntimeClass that is not there: create it, or correct runtimeClassName"),
    ("pod rejected: ", "the RuntimeClass, whose overhead and the pod's differ"),
    ("because it is being terminated", "the namespace, which is being deleted: nothing can be created in it"),
    ("denied the request", "an admission webhook, whose owner knows its rules"),
    ("failed calling webhook", "an admission webhook that does not answer"),
    ("ValidatingAdmissionPolicy ", "a ValidatingAdmissionPolicy, whose owner knows its rules"),
    ("cannot create resource ", "permissions (RBAC): the account that creates it may not"),
    ("unable to validate against any security context constraint", "OpenShift's SecurityContextConstraints"),
    ("only dynamically provisioned pvc can be resized", "the StorageClass, which does not let volumes grow"),
    ("pod update requires features ", "the node, whose kubelet does not resize pods in place"),
];

/// What it is a matter of; that of `is forbidden` where nothing else is known.
pub(super) fn cause(why: &str) -> &'static str {
    let known = MATTERS.iter().find(|(words, _)| why.contains(words));
    known.map_or("another admission rule of this cluster", |(_, cause)| cause)
}

/// Where a refusal starts that reason neither `is forbidden` nor `is invalid`.
pub(super) const STARTS: &[&str] = &["admission webhook \"", "error looking up service account "];
