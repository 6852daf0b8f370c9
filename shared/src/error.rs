//! Failures as the user sees them: one sentence, at times a hint, and an exit status.

use std::{fmt, time::Duration};

use crate::exit_status::ExitStatus;

/// The result of anything that can fail in front of a user.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the API server said when it refused a request (`metav1.Status`, the parts that decide).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ApiStatus {
    /// The HTTP status code, 403 for instance.
    pub code: u16,
    /// The machine-readable reason (`Forbidden`); empty where the server gave none.
    pub reason: String,
    /// The server's sentence, verbatim.
    pub message: String,
    /// Which object it is about, and what is wrong with it; not every refusal has any.
    pub details: Option<ApiStatusDetails>,
}

/// More about a refusal (`metav1.StatusDetails`, the parts that decide).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ApiStatusDetails {
    /// The object's name; may be empty.
    pub name: String,
    /// The object's kind, at times its resource (`Pod`, `pods`); may be empty.
    pub kind: String,
    /// Each thing that is wrong.
    pub causes: Vec<ApiStatusCause>,
}

/// One thing that is wrong (`metav1.StatusCause`).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ApiStatusCause {
    /// The machine-readable reason (`FieldValueInvalid`, `DisruptionBudget`); may be empty.
    pub reason: String,
    /// The server's sentence, verbatim.
    pub message: String,
    /// The path of the field at fault (`spec.containers[0].image`); may be empty.
    pub field: String,
}

impl ApiStatus {
    /// Returns kubectl's sentence for an object that is invalid (`checkErr` in `pkg/cmd/util/helpers.go`): of which kind and
    /// name, then each different cause, on lines of their own where there are several.
    fn invalid(&self) -> String {
        let Some(details) = &self.details else {
            return match self.message.as_str() {
                "" => "The request is invalid".to_owned(),
                message => format!("The request is invalid: {message}"),
            };
        };
        let named = !details.kind.is_empty() || !details.name.is_empty();
        let subject = match named {
            true => format!("The {} {:?} is invalid", details.kind, details.name),
            false => "The request is invalid".to_owned(),
        };
        let mut causes: Vec<String> = Vec::new();
        for cause in &details.causes {
            let cause = format!("{}: {}", cause.field, cause.message);
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
        match causes.as_slice() {
            [] if !named && !self.message.is_empty() => format!("{subject}: {}", self.message),
            [] => subject,
            [cause] => format!("{subject}: {cause}"),
            causes => format!("{subject}: \n* {}", causes.join("\n* ")),
        }
    }
}

/// A failure: what failed, on which object, and what to try next.
///
/// The sentence is complete as it stands, worded as kubectl words it where kubectl has words for it
/// (`Error from server (Forbidden): …`); others get the prefix `error: ` when rendered.
#[derive(Clone, Debug)]
pub struct Error {
    sentence: String,
    hint: Option<String>,
    status: ExitStatus,
    // Boxed, since results are passed on by value and few are refusals.
    api: Option<Box<ApiStatus>>,
    retry_after: Option<Duration>,
    word: Option<Box<str>>,
    prefixed: bool,
}

impl Error {
    /// Creates a failure with exit status [`ExitStatus::Failure`], rendered as `error: SENTENCE`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            hint: None,
            status: ExitStatus::Failure,
            api: None,
            retry_after: None,
            word: None,
            prefixed: true,
        }
    }

    /// Creates the failure of a command line that can't be carried out as typed.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::new(sentence).with_status(ExitStatus::Usage)
    }

    /// Creates the failure of a kubeconfig that can't be read, is invalid, or could not be written.
    pub fn kubeconfig(sentence: impl Into<String>) -> Self {
        Self::new(sentence).with_status(ExitStatus::Kubeconfig)
    }

    /// Creates the failure for a user who said no, or pressed Ctrl-C or Esc at a prompt.
    pub fn cancelled() -> Self {
        Self::new("cancelled, nothing was changed").with_status(ExitStatus::Cancelled)
    }

    /// Creates the end of a command whose output nobody reads any more (`| head -1`). Nothing is wrong: the exit status is
    /// [`ExitStatus::Success`], and [`crate::cli::run`] says nothing about it.
    pub fn closed_pipe() -> Self {
        Self::new("the reader of the output has gone away").with_status(ExitStatus::Success)
    }

    /// Tells whether this is [`Error::closed_pipe`].
    pub fn is_closed_pipe(&self) -> bool {
        self.status == ExitStatus::Success
    }

    /// Creates a failure whose sentence already reads as kubectl's does and gets no prefix, such as
    /// `Unable to connect to the server: …`.
    pub fn verbatim(sentence: impl Into<String>) -> Self {
        Self { prefixed: false, ..Self::new(sentence) }
    }

    /// Creates a refusal by the API server, worded as kubectl words it:
    /// `Error from server (Forbidden): …`, 401 as `error: You must be logged in to the server (…)`, and an invalid
    /// object as `The Pod "p" is invalid: …` (`CheckErr` in kubectl's `pkg/cmd/util/helpers.go`). 401 and 403 exit
    /// as not permitted.
    pub fn api(api: ApiStatus) -> Self {
        let status = match api.code {
            401 | 403 => ExitStatus::NotPermitted,
            _ => ExitStatus::Failure,
        };
        let error = match (api.code, api.reason.as_str()) {
            (401, _) => Self::new(format!("You must be logged in to the server ({})", api.message)),
            (_, "Invalid") => Self::verbatim(api.invalid()),
            (_, "") => Self::verbatim(format!("Error from server: {}", api.message)),
            (_, reason) => Self::verbatim(format!("Error from server ({reason}): {}", api.message)),
        };
        Self { api: Some(Box::new(api)), ..error.with_status(status) }
    }

    /// Adds advice on what to do next, a whole sentence or a command.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Changes the exit status.
    pub fn with_status(mut self, status: ExitStatus) -> Self {
        self.status = status;
        self
    }

    /// Adds when the server wants to be asked again.
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    /// Names the word of the command line that nothing is called by: it may be a command that was mistyped, which
    /// [`crate::cli::run`] then says.
    pub fn about_word(mut self, word: &str) -> Self {
        self.word = Some(word.into());
        self
    }

    /// Returns the word of the command line that nothing is called by.
    pub fn word(&self) -> Option<&str> {
        self.word.as_deref()
    }

    /// Returns how long the server wants the client to wait before it tries again (`Retry-After`), if it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the process's exit status if this failure ends it.
    pub fn status(&self) -> ExitStatus {
        self.status
    }

    /// Returns the sentence, without `error: ` before it and without the hint.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Returns what to do next, if anything is known to help.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Returns the API server's answer, where one was the cause.
    pub fn api_status(&self) -> Option<&ApiStatus> {
        self.api.as_deref()
    }

    /// Returns the API server's cause with this reason, such as `DisruptionBudget` or `NamespaceTerminating`.
    pub fn api_cause(&self, reason: &str) -> Option<&ApiStatusCause> {
        self.api.as_ref()?.details.as_ref()?.causes.iter().find(|cause| cause.reason == reason)
    }

    /// Tells whether the API server answered with this HTTP status code.
    pub fn is_api(&self, code: u16) -> bool {
        self.api.as_ref().is_some_and(|api| api.code == code)
    }
}

impl fmt::Display for Error {
    /// Writes what stderr shows, hint on a line of its own, without a final newline. Unsanitized: only
    /// [`crate::output::Printer`] writes, and it sanitizes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefixed {
            f.write_str("error: ")?;
        }
        f.write_str(&self.sentence)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
