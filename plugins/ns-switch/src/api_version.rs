//! The version of this plugin's JSON documents.

/// What `apiVersion` says in every document.
pub const API_VERSION: &str = "kubectl-ns-switch/v1";
