//! What can go wrong with the control plane, as one sentence.

use std::fmt;

/// A sentence that says what failed and, where something can be done, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

/// What every function here returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that says `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Says what was being done when the operating system refused.
pub trait Context<T> {
    /// Puts `doing()` before the cause: `cannot create /x: permission denied`.
    fn context(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Error(format!("{}: {cause}", doing())))
    }
}
