//! What the server says to a dry run.

use serde_json::Value;
use shared::{Error, Result};

/// What the server says to an object and, where it is a workload, to a pod of it.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// To the object.
    pub object: DryRunResponse,
    /// To a pod of its template; `None` for what has none, and where the object is refused.
    pub pod: Option<DryRunResponse>,
}

/// What the server says to one dry run.
#[derive(Clone, Debug)]
pub enum DryRunResponse {
    /// It would let it in, as this.
    Admitted(Box<Value>),
    /// It refuses.
    Refused(String),
    /// It can't tell, since it, or a webhook, does no dry runs of this.
    Unable(String),
    /// We may not ask.
    NotPermitted(Error),
}

impl DryRunResponse {
    /// From what came of the request.
    ///
    /// # Errors
    /// Trouble that is no answer: no connection, a server that is too busy.
    pub fn of(outcome: Result<Value>) -> Result<Self> {
        let error = match outcome {
            Ok(object) => return Ok(Self::Admitted(Box::new(object))),
            Err(error) => error,
        };
        let Some(api) = error.api_status() else { return Err(error) };
        let message = api.message.clone();
        match api.code {
            401 | 408 | 429 | 503 | 504 => Err(error),
            403 if is_by_permission(&message) => Ok(Self::NotPermitted(error)),
            // `NewDryRunUnsupportedErr` in `apiserver/pkg/admission/plugin/webhook/errors`.
            400 if message.ends_with("does not support dry run") => Ok(Self::Unable(message)),
            405 | 409 => Ok(Self::Unable(message)),
            _ => Ok(Self::Refused(message)),
        }
    }
}

/// Whether a refusal is by the rules of who may do what, not by a quota: both are 403 (`Forbidden` in
/// `apiserver/pkg/endpoints/handlers/responsewriters`).
fn is_by_permission(message: &str) -> bool {
    message.split_once(" is forbidden: User ").is_some_and(|(_, rest)| rest.contains(" cannot "))
}

#[cfg(test)]
mod tests {
    use super::is_by_permission;

    #[test]
    fn permissions_and_quotas_are_told_apart() {
        assert!(is_by_permission(
            "pods is forbidden: User \"eve\" cannot create resource \"pods\" in API group \"\" in the namespace \"x\""
        ));
        assert!(!is_by_permission(
            "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"
        ));
    }
}
