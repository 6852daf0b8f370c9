//! Why a switch to a namespace failed; kubens words some of the reasons its own way.

use shared::{Error, output::sanitize_line};

use crate::kubeconfigs::did_you_mean;

/// The reason a switch to a namespace failed.
#[derive(Clone, Debug)]
pub enum NamespaceError {
    /// The cluster has no such namespace.
    Missing {
        /// The name.
        name: String,
        /// The context.
        context: String,
        /// The cluster's server.
        server: String,
        /// Up to three names like it.
        nearest: Vec<String>,
    },
    /// No previous namespace is remembered.
    NoPrevious {
        /// The context.
        context: String,
    },
    /// Everything else.
    Other(Error),
}

impl From<Error> for NamespaceError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<NamespaceError> for Error {
    fn from(failure: NamespaceError) -> Self {
        match failure {
            NamespaceError::Missing { name, context, server, nearest } => {
                let error = Self::new(format!(
                    "no namespace exists with the name \"{name}\" (context {}, cluster {server})",
                    sanitize_line(&context)
                ))
                .about_word(&name);
                match nearest.is_empty() {
                    true => error.with_hint("see them all with `kubectl ns-switch list`"),
                    false => error.with_hint(did_you_mean(&nearest)),
                }
            }
            NamespaceError::NoPrevious { context } => Self::new(format!(
                "no previous namespace is known for context \"{}\"",
                sanitize_line(&context)
            ))
            .with_hint("it is remembered from the first switch on"),
            NamespaceError::Other(error) => error,
        }
    }
}
