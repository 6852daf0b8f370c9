//! The version of JSON documents.

/// The `apiVersion` of every JSON document that this plugin prints. Keys are added, never renamed.
pub const API_VERSION: &str = "kubectl-quota/v1";
