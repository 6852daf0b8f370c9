//! Credentials that were issued, and what is told of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// New credentials. There is nothing to debug in them: they are secret.
pub struct Credentials {
    /// The user's part of a kubeconfig.
    pub user: Value,
    /// The signing request, for certificates.
    pub request: Option<String>,
    /// When they expire.
    pub expires: Option<Timestamp>,
}

/// What is told of new credentials. Serialized it is the content of `user add -o json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserAccess {
    /// Who got them, as on the command line.
    pub name: String,
    /// The groups in a certificate.
    pub groups: Vec<String>,
    /// `certificate` or `serviceAccountToken`.
    pub credential: &'static str,
    /// The signing request, for certificates.
    pub request: Option<String>,
    /// When they expire.
    pub expires: Option<Timestamp>,
    /// The kubeconfig file they are in, where they got one of their own.
    pub file: Option<String>,
    /// The context that uses them.
    pub context: Option<String>,
}
