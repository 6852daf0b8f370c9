//! YAML as kubectl reads it: kubeconfigs, manifests and dumps alike.
//!
//! kubectl reads through `sigs.k8s.io/yaml` on top of `go.yaml.in/yaml/v2`: YAML 1.1, turned into JSON, decoded
//! into Go structs. [`SourceText`] is a file's bytes as text, [`Document`] its first document as written,
//! [`Value`] what that document means (aliases and merge keys followed, scalars typed). [`documents()`] cuts a manifest into
//! its documents; a [`Value`] becomes JSON by [`Value::to_json`], or a struct by `serde`.
//!
//! What that library takes is taken, and what it refuses is refused: `libyaml` follows it, and lists the few differences.
//! Random tests beside kubectl know no others.

pub(crate) mod block;
mod deserialize;
mod document;
mod documents;
mod libyaml;
mod printable;
mod scalar;
mod source_text;
mod to_json;
mod value;

pub use deserialize::DecodeError;
pub use document::{Document, Node, NodeContent, NodeId, ScalarStyle};
pub use documents::{DocumentText, documents, with_plain_line_ends};
pub use source_text::{Encoding, SourceText};
pub use value::{Entry, Value, ValueContent};

/// Whether a plain scalar means null.
pub(crate) fn is_null(scalar: &str) -> bool {
    matches!(scalar, "" | "~" | "null" | "Null" | "NULL")
}

/// Whether a plain scalar means text, seen at its beginning: the words that mean something else are no longer than `false`,
/// and numbers start otherwise.
pub(crate) fn is_surely_text(scalar: &[u8]) -> bool {
    scalar.len() > "false".len() && scalar[0].is_ascii_alphabetic()
}

/// Whether a plain scalar means text: no number, boolean or null of YAML 1.1.
pub(crate) fn is_text(scalar: &str) -> bool {
    is_surely_text(scalar.as_bytes())
        || matches!(
            scalar::resolve(&std::borrow::Cow::Borrowed(scalar), ScalarStyle::Plain, None),
            Ok(ValueContent::Text(_))
        )
}

/// Why a text can't be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The line, counted from 1; 0 where the error has no place.
    pub line: usize,
    /// What is wrong, in the words of the parser.
    pub message: String,
}

impl YamlError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }

    /// Moves the line behind so many others.
    fn after_lines(self, lines: usize) -> Self {
        let line = if self.line == 0 { 0 } else { self.line + lines };
        Self { line, ..self }
    }
}

impl std::fmt::Display for YamlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "yaml: {}", self.message),
            line => write!(f, "yaml: line {line}: {}", self.message),
        }
    }
}
