//! The version of every document of the plugin.

/// `apiVersion` of JSON and YAML.
pub const API_VERSION: &str = "kubectl-drain-safe/v1";
