//! The server's answers to dry runs.

use serde_json::Value;
use shared::{Error, Result};

/// Dry runs of an object and, where it is a workload, of one pod.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// The answer for the object.
    pub object: DryRunResponse,
    /// The answer for a pod of the template; `None` without a template, and where the object is refused.
    pub pod: Option<DryRunResponse>,
}

/// Answer to one dry run.
#[derive(Clone, Debug)]
pub enum DryRunResponse {
    /// The object is admitted, with all changes of admission plugins.
    Admitted(Box<Value>),
    /// The object is refused with this message.
    Refused(String),
    /// The server or a webhook does not support a dry run of this object.
    Unable(String),
    /// The user has no permission to send it.
    NotPermitted(Error),
}

impl DryRunResponse {
    /// Classifies the outcome of a request.
    ///
    /// # Errors
    /// Errors that are not an answer: no connection, a server that is too busy.
    pub fn of(outcome: Result<Value>) -> Result<Self> {
        let error = match outcome {
            Ok(object) => return Ok(Self::Admitted(Box::new(object))),
            Err(error) => error,
        };
        let Some(api) = error.api_status() else { return Err(error) };
        let message = api.message.clone();
        match api.code {
            401 | 408 | 429 | 503 | 504 => Err(error),
            403 if is_by_authorization(&message) => Ok(Self::NotPermitted(error)),
            // `NewDryRunUnsupportedErr` in `apiserver/pkg/admission/plugin/webhook/errors`.
            400 if message.ends_with("does not support dry run") => Ok(Self::Unable(message)),
            405 | 409 => Ok(Self::Unable(message)),
            _ => Ok(Self::Refused(message)),
        }
    }
}

/// Returns whether authorization refused a request, not a quota: both are 403 (`Forbidden` in
/// `apiserver/pkg/endpoints/handlers/responsewriters`).
fn is_by_authorization(message: &str) -> bool {
    message.split_once(" is forbidden: User ").is_some_and(|(_, rest)| rest.contains(" cannot "))
}

#[cfg(test)]
mod tests {
    use super::is_by_authorization;

    #[test]
    fn permissions_and_quotas_are_told_apart() {
        assert!(is_by_authorization(
            "pods is forbidden: User \"eve\" cannot create resource \"pods\" in API group \"\" in the namespace \"x\""
        ));
        assert!(!is_by_authorization(
            "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"
        ));
    }
}
