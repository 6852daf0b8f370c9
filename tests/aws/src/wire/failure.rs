//! What AWS says when it refuses a call.

/// A refusal: a code that the SDKs know and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code, such as `CertificateNotFound`.
    pub code: String,
    /// The sentence.
    pub message: String,
}

impl Failure {
    /// A refusal with a code and a sentence.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }

    /// The refusal of a value that no service accepts.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationError", message)
    }
}

/// What a call of AWS ends in.
pub type Outcome<T> = Result<T, Failure>;
