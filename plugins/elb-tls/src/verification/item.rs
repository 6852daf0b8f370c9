//! What is found at one address and port, for one name.

use schemars::JsonSchema;
use serde::Serialize;
use shared::output::Severity;

use crate::connections::{Certificate, TlsVersion};

/// An item of a `VerifyReport`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What was dialed.
    pub address: String,
    /// The port of the Service.
    pub port: i32,
    /// The name that was asked for; `None` without one.
    pub server_name: Option<String>,
    /// What it comes to.
    pub verdict: Verdict,
    /// The application protocol that the server chose.
    pub alpn: Option<String>,
    /// The versions of TLS that it accepts; `None` where they were not tried.
    pub versions: Option<Vec<TlsVersion>>,
    /// The certificate that it shows.
    pub certificate: Option<Certificate>,
    /// What is wrong, or worth knowing.
    pub problems: Vec<Problem>,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Verdict {
    /// Clients get what the annotations say.
    Ok,
    /// They do not.
    Mismatch,
    /// Nobody answers in time.
    TimedOut,
    /// There is no route from here.
    Unreachable,
}

impl Verdict {
    /// Returns the word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Mismatch => "Mismatch",
            Self::TimedOut => "TimedOut",
            Self::Unreachable => "Unreachable",
        }
    }
}

/// What is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// A word for it.
    pub code: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// A sentence about it.
    pub message: String,
}
