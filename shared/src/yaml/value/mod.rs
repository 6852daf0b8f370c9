//! What a document means: aliases and merge keys followed, duplicate keys settled, scalars typed.

mod keys;
mod resolver;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::{Document, NodeId, YamlError};
use resolver::Resolver;

/// A value of a document, and the node it is written at.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'text> {
    /// What it is.
    pub content: ValueContent<'text>,
    /// Where it is written; behind an alias, the node the alias names.
    pub node: NodeId,
    /// The line it starts on, counted from 1.
    pub line: usize,
}

/// The kinds of values JSON knows, numbers told apart as Go tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueContent<'text> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean of YAML 1.1: `yes` and `off` too.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number above the range of [`ValueContent::Integer`].
    Unsigned(u64),
    /// A number with a fraction or an exponent, always finite.
    Float(f64),
    /// Text.
    Text(Cow<'text, str>),
    /// A list.
    Sequence(Vec<Value<'text>>),
    /// A mapping: every key once, the last one written wins.
    Mapping(Vec<Entry<'text>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'text> {
    /// The key as JSON has it: numbers and booleans become text.
    pub key: Cow<'text, str>,
    /// Where the key is written.
    pub key_node: NodeId,
    /// The value.
    pub value: Value<'text>,
}

impl<'text> Value<'text> {
    /// The meaning of a document's root; `None` for a document without content.
    ///
    /// The rules are those of `go.yaml.in/yaml/v2` (`decode.go`) and the conversion to JSON in
    /// `sigs.k8s.io/yaml`: later keys win over earlier ones, and a merge key `<<` is a key like the others, so one
    /// that stands after an explicit key overrides it.
    pub fn resolve(document: &Document<'text>) -> Result<Option<Self>, YamlError> {
        let Some(root) = document.root() else { return Ok(None) };
        Resolver::new(document).value(root).map(Some)
    }

    /// The value of a document without content.
    pub(super) fn null() -> Self {
        Self { content: ValueContent::Null, node: NodeId(0), line: 1 }
    }

    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Value<'text>> {
        match &self.content {
            ValueContent::Mapping(entries) => {
                entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
            }
            _ => None,
        }
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        self.content == ValueContent::Null
    }
}
