//! The version of the JSON documents.

/// The `apiVersion` of every JSON document that this plugin prints. Keys are added to it, never renamed.
pub const API_VERSION: &str = "kubectl-quota/v1";
