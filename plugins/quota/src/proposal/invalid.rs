//! Objects that the server calls invalid, in kubectl's words.

use shared::{Error, Result, cli::ExitStatus};

/// What kubectl says of one complaint about an object.
pub fn sentence(kind: &str, name: &str, why: &str) -> String {
    format!("The {kind} {name:?} is invalid: {why}")
}

/// Ends a command that was given what the server would not take.
///
/// # Errors
/// All these sentences, if there is one.
pub fn refuse(sentences: &[String]) -> Result<()> {
    match sentences.is_empty() {
        true => Ok(()),
        false => Err(Error::verbatim(sentences.join("\n")).with_status(ExitStatus::Usage)),
    }
}
