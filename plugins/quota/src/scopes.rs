//! The scopes of quotas.

/// Scopes of pods and of claims (`ResourceQuotaScope` in the API).
pub const SCOPES: [&str; 7] = [
    "BestEffort",
    "CrossNamespacePodAffinity",
    "NotBestEffort",
    "NotTerminating",
    "PriorityClass",
    "Terminating",
    "VolumeAttributesClass",
];
