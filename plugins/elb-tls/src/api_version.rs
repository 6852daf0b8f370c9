//! The version of the JSON documents.

/// Stands in every document. A new version comes only when keys are renamed, which they are not.
pub const API_VERSION: &str = "kubectl-elb-tls/v1";
