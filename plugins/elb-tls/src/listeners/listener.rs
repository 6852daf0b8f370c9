//! A listener, in the words of AWS.

use schemars::JsonSchema;
use serde::Serialize;

/// A listener of a load balancer. Serialized it is the `Listener` of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listener {
    /// The port that clients connect to.
    pub port: i32,
    /// The protocol that clients speak: `HTTP`, `HTTPS`, `TCP`, `SSL`, `TLS`, `UDP` and so on.
    pub protocol: String,
    /// Where connections go.
    pub backend: Backend,
    /// The certificates, the default first, each once.
    pub certificates: Vec<String>,
    /// The security policy in force; `None` without TLS.
    pub policy: Option<String>,
    /// The ALPN policy; `None` for none.
    pub alpn: Option<String>,
}

/// Where connections go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Backend {
    /// The protocol that targets are spoken to in.
    pub protocol: String,
    /// The port of the nodes, or of the pods where they are the targets; `None` where it has a name or is not allocated.
    pub port: Option<i32>,
}

impl Listener {
    /// Returns whether clients speak TLS to it.
    pub fn is_tls(&self) -> bool {
        matches!(self.protocol.as_str(), "HTTPS" | "SSL" | "TLS")
    }
}

/// Whether a load balancer has public addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// It has private ones only.
    Internal,
    /// It has public ones.
    InternetFacing,
}

impl Scheme {
    /// Returns the word of AWS.
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::InternetFacing => "internet-facing",
        }
    }
}
