//! What the server answers to an eviction, and what follows from it.

use std::time::Duration;

use shared::Error;

/// An answer to an eviction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The pod is on its way out.
    Accepted,
    /// There is no such pod.
    Missing,
    /// Another pod has its name: the one that was meant is gone.
    OtherUid,
    /// Its budget allows no disruption now.
    BudgetHeld(String),
    /// The disruption controller has not seen the last change of its budget.
    BudgetStale(String),
    /// Several budgets select it: evictions are refused until somebody acts.
    SeveralBudgets(String),
    /// Its namespace is deleted, and it with it.
    NamespaceTerminating(String),
    /// The server wants fewer requests.
    Busy {
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
        /// Its words.
        message: String,
    },
    /// A webhook or a policy refuses it, or another request was faster; asked again, it may go.
    Refused(String),
    /// The server failed. Whether the eviction was carried out is not known.
    Failed(String),
    /// No answer came. The eviction may be carried out yet.
    Lost(String),
    /// We may not evict.
    NotPermitted(String),
}

impl Answer {
    /// Reads the answer out of a failure (`pkg/registry/core/pod/storage/eviction.go` in Kubernetes). A 403 counts as
    /// that of an admission plugin: whether it is the authorizer's, only a review can tell.
    pub fn of_error(error: &Error) -> Self {
        let Some(api) = error.api_status() else {
            return Self::Lost(error.sentence().to_owned());
        };
        let message = api.message.clone();
        let cause = error.api_cause("DisruptionBudget").map(|cause| cause.message.clone());
        match (api.code, cause) {
            (404, _) => Self::Missing,
            (409, _) if is_of_another_uid(&message) => Self::OtherUid,
            (409, _) if is_of_another_version(&message) => {
                Self::Failed("the pod has changed since an answer to its eviction was lost".to_owned())
            }
            (429, Some(cause)) if cause.contains("still being processed") => Self::BudgetStale(cause),
            (429, Some(cause)) => Self::BudgetHeld(cause),
            (429, None) if is_of_admission(&message) => Self::Refused(message),
            (429, None) => Self::Busy { retry_after: error.retry_after(), message },
            (403, _) if error.api_cause("NamespaceTerminating").is_some() => {
                Self::NamespaceTerminating(message)
            }
            // Negative or overfull budgets: `checkAndDecrement` answers 403 for either.
            (403, _) if message.contains("disruption budget") || message.contains("PodDisruptionBudget") => {
                Self::BudgetHeld(message)
            }
            (401, _) => Self::NotPermitted(message),
            (500, _) if message.contains("more than one PodDisruptionBudget") => {
                Self::SeveralBudgets(message)
            }
            (500.., _) => Self::Failed(message),
            _ => Self::Refused(message),
        }
    }

    /// Returns the answer as a review has decided a 403: whether we may still evict.
    pub fn reviewed(self, is_permitted: bool) -> Self {
        match self {
            Self::Refused(message) if !is_permitted => Self::NotPermitted(message),
            answer => answer,
        }
    }
}

/// Of an eviction, or of a deletion (`Preconditions.Check` in apiserver's `pkg/storage/interfaces.go`).
fn is_of_another_uid(message: &str) -> bool {
    message.contains("the UID in the precondition")
        || message.contains("Precondition failed: UID in precondition")
}

/// As [`is_of_another_uid`], where the answer to an earlier request was lost.
fn is_of_another_version(message: &str) -> bool {
    message.contains("the ResourceVersion in the precondition")
        || message.contains("Precondition failed: ResourceVersion in precondition")
}

/// Webhooks choose the status of their refusals freely, 429 for instance (`pkg/admission/plugin/webhook/errors`).
fn is_of_admission(message: &str) -> bool {
    message.starts_with("admission webhook ")
}

#[cfg(test)]
mod tests {
    use shared::error::{ApiStatus, ApiStatusCause, ApiStatusDetails};

    use super::*;

    fn answer(code: u16, message: &str, cause: Option<(&str, &str)>) -> Answer {
        let cause = cause.map(|(reason, message)| ApiStatusCause {
            reason: reason.into(),
            message: message.into(),
            ..ApiStatusCause::default()
        });
        let details = ApiStatusDetails { causes: cause.into_iter().collect(), ..ApiStatusDetails::default() };
        let api = ApiStatus { code, message: message.into(), details: Some(details), ..ApiStatus::default() };
        Answer::of_error(&Error::api(api).with_retry_after(Some(Duration::from_secs(10))))
    }

    #[test]
    fn each_cause_is_told_apart() {
        let held = "The disruption budget p needs 2 healthy pods and has 2 currently";
        let stale = "The disruption budget p is still being processed by the server.";
        let budget = "Cannot evict pod as it would violate the pod's disruption budget.";
        let uid = "Operation cannot be fulfilled on Pod \"a\": the UID in the precondition (1) does not match the UID in record (2). The object might have been deleted and then recreated";
        let version = "Operation cannot be fulfilled on Pod \"a\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (2). The object might have been modified";
        let several = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
        let webhook = "admission webhook \"w\" denied the request: later";
        let busy =
            Answer::Busy { retry_after: Some(Duration::from_secs(10)), message: "Too many requests".into() };
        for (code, message, cause, expected) in [
            (429, budget, Some(("DisruptionBudget", held)), Answer::BudgetHeld(held.into())),
            (429, budget, Some(("DisruptionBudget", stale)), Answer::BudgetStale(stale.into())),
            (429, "Too many requests", None, busy),
            (429, webhook, None, Answer::Refused(webhook.into())),
            (404, "pods \"a\" not found", None, Answer::Missing),
            (404, "namespaces \"x\" not found", None, Answer::Missing),
            (409, uid, None, Answer::OtherUid),
            (
                409,
                version,
                None,
                Answer::Failed("the pod has changed since an answer to its eviction was lost".into()),
            ),
            (409, "please apply your changes", None, Answer::Refused("please apply your changes".into())),
            (403, "x", Some(("NamespaceTerminating", "x")), Answer::NamespaceTerminating("x".into())),
            (403, "no", None, Answer::Refused("no".into())),
            (422, "denied", None, Answer::Refused("denied".into())),
            (401, "who", None, Answer::NotPermitted("who".into())),
            (500, several, None, Answer::SeveralBudgets(several.into())),
            (500, "oh", None, Answer::Failed("oh".into())),
            (504, "conflicts", None, Answer::Failed("conflicts".into())),
        ] {
            assert_eq!(answer(code, message, cause), expected, "{code} {message}");
        }
        assert_eq!(Answer::of_error(&Error::new("lost")), Answer::Lost("lost".into()));
    }

    #[test]
    fn a_review_decides_whose_refusal_it_is() {
        let refused = || Answer::Refused("no".into());
        assert_eq!(refused().reviewed(true), refused());
        assert_eq!(refused().reviewed(false), Answer::NotPermitted("no".into()));
        assert_eq!(Answer::Accepted.reviewed(false), Answer::Accepted);
    }
}
