//! What is wrong in a file, gathered on the way up.

use std::path::Path;

use crate::kubeconfig::Problem;
use crate::yaml::YamlError;

/// A [`Problem`] that does not know its file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    line: usize,
    /// The field, `contexts[2].context.namespace`; empty where no field is to blame.
    field: String,
    message: String,
    hint: Option<String>,
}

impl Fault {
    pub fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, field: String::new(), message: message.into(), hint: None }
    }

    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same fault seen from the mapping or list around it.
    pub fn inside(mut self, outer: &str) -> Self {
        self.field = match self.field.is_empty() {
            true => outer.to_string(),
            false => format!("{outer}.{}", self.field),
        };
        self
    }

    pub fn into_problem(self, path: &Path) -> Problem {
        let message = match self.field.is_empty() {
            true => self.message,
            false => format!("{}: {}", self.field, self.message),
        };
        Problem { path: path.to_path_buf(), line: self.line, message, hint: self.hint }
    }
}

impl From<YamlError> for Fault {
    fn from(error: YamlError) -> Self {
        Self::new(error.line, error.message)
    }
}
