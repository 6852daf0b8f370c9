//! Reads that were refused: an answer without them is incomplete, and says so.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Error, Result};

/// A read that was refused, or that was not attempted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Skipped {
    /// The verb that was refused, `list`.
    pub verb: String,
    /// The resource, `resourcequotas`.
    pub resource: String,
    /// The namespace; empty for all namespaces.
    pub namespace: String,
    /// The reason, in the server's words.
    pub reason: String,
}

impl Skipped {
    /// Returns a list that the server refused; `namespace` is empty for all namespaces.
    pub fn list(resource: &str, namespace: &str, error: &Error) -> Self {
        let reason = error.api_status().map_or_else(|| error.to_string(), |api| api.message.clone());
        Self {
            verb: "list".to_owned(),
            resource: resource.to_owned(),
            namespace: namespace.to_owned(),
            reason,
        }
    }

    /// Returns what may be in files of a dump that can't be read, each for one reason.
    pub fn of_files(resource: &str, unread: &[Error]) -> Vec<Self> {
        let of_file = |error: &Error| Self {
            verb: "read".to_owned(),
            resource: resource.to_owned(),
            namespace: String::new(),
            reason: format!("a file is left out: {}", error.sentence()),
        };
        unread.iter().map(of_file).collect()
    }

    /// Returns the sentence for standard error.
    pub fn sentence(&self) -> String {
        let place = match self.namespace.as_str() {
            "" => "in all namespaces".to_owned(),
            namespace => format!("in namespace {namespace}"),
        };
        format!("can't {} {} {place}: {}", self.verb, self.resource, self.reason)
    }
}

/// Returns the result of a request, or `None` where it was refused, which is noted in `skipped`: forbidden (403), a kind
/// that can't be read so (405), or an aggregated API whose server is down (503).
///
/// # Errors
/// Any other failure.
pub fn unless_forbidden<T>(
    outcome: Result<T>,
    skipped: &mut Vec<Skipped>,
    verb: &str,
    resource: &str,
    namespace: &str,
) -> Result<Option<T>> {
    match outcome {
        Ok(read) => Ok(Some(read)),
        Err(error) if is_about_one_kind(&error, resource) => {
            skipped.push(Skipped { verb: verb.to_owned(), ..Skipped::list(resource, namespace, &error) });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Returns whether a failure says nothing about other kinds. Only an aggregated API is down while others are up, and all of
/// them have a domain for their group.
fn is_about_one_kind(error: &Error, resource: &str) -> bool {
    error.is_api(403) || error.is_api(405) || (error.is_api(503) && resource.contains('.'))
}
