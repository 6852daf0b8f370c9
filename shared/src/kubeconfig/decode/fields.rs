//! Typed access to a mapping, with faults that name the field and its line.

use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};

use super::Fault;
use crate::kubeconfig::yaml::{Document, Entry, NodeContent, Value, ValueContent};

/// Go's `base64.StdEncoding`: padded, and bits left over in the last character don't matter.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The fields of a mapping. Null, or nothing, is a mapping without fields.
pub(super) struct Fields<'value, 'text> {
    document: &'value Document<'text>,
    entries: &'value [Entry<'text>],
}

impl<'value, 'text> Fields<'value, 'text> {
    pub fn new(
        document: &'value Document<'text>,
        value: Option<&'value Value<'text>>,
    ) -> Result<Self, Fault> {
        let entries: &[Entry<'_>] = match value.map(|value| (&value.content, value)) {
            None | Some((ValueContent::Null, _)) => &[],
            Some((ValueContent::Mapping(entries), _)) => entries,
            Some((_, value)) => return Err(unexpected("a mapping", value)),
        };
        Ok(Self { document, entries })
    }

    pub fn document(&self) -> &'value Document<'text> {
        self.document
    }

    pub fn entries(&self) -> &'value [Entry<'text>] {
        self.entries
    }

    /// The field, unless it is missing or null.
    pub fn value(&self, name: &str) -> Option<&'value Value<'text>> {
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        (!entry.value.is_null()).then_some(&entry.value)
    }

    /// A string; an empty one counts as missing.
    pub fn text(&self, name: &str) -> Result<Option<String>, Fault> {
        self.string(name, true)
    }

    /// A string that no message may repeat.
    pub fn secret_text(&self, name: &str) -> Result<Option<String>, Fault> {
        self.string(name, false)
    }

    fn string(&self, name: &str, shown: bool) -> Result<Option<String>, Fault> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let text = self.string_of(value, shown).map_err(|fault| fault.inside(name))?;
        Ok((!text.is_empty()).then_some(text))
    }

    /// The string a value is; null is the empty one.
    pub fn string_of(&self, value: &Value<'_>, shown: bool) -> Result<String, Fault> {
        let kind = match &value.content {
            ValueContent::Text(text) => return Ok(text.to_string()),
            ValueContent::Null => return Ok(String::new()),
            ValueContent::Boolean(_) => "a boolean",
            ValueContent::Integer(_) | ValueContent::Unsigned(_) | ValueContent::Float(_) => "a number",
            ValueContent::Sequence(_) | ValueContent::Mapping(_) => {
                return Err(unexpected("a string", value));
            }
        };
        match &self.document.node(value.node).content {
            NodeContent::Scalar(text, _) if shown => {
                let message = format!("expected a string, but {text} is {kind} in YAML");
                Err(Fault::new(value.line, message).with_hint(format!("quote it: \"{text}\"")))
            }
            _ => {
                let message = format!("expected a string, but this is {kind} in YAML");
                Err(Fault::new(value.line, message).with_hint("put the value in quotes"))
            }
        }
    }

    pub fn boolean(&self, name: &str) -> Result<bool, Fault> {
        match self.value(name) {
            None => Ok(false),
            Some(Value { content: ValueContent::Boolean(boolean), .. }) => Ok(*boolean),
            Some(value) => Err(unexpected("a boolean", value).inside(name)),
        }
    }

    pub fn list(&self, name: &str) -> Result<&'value [Value<'text>], Fault> {
        match self.value(name) {
            None => Ok(&[]),
            Some(Value { content: ValueContent::Sequence(items), .. }) => Ok(items),
            Some(value) => Err(unexpected("a list", value).inside(name)),
        }
    }

    pub fn fields(&self, name: &str) -> Result<Self, Fault> {
        Self::new(self.document, self.value(name)).map_err(|fault| fault.inside(name))
    }

    pub fn texts(&self, name: &str) -> Result<Vec<String>, Fault> {
        let items = self.list(name)?;
        items
            .iter()
            .map(|item| self.string_of(item, true))
            .collect::<Result<_, _>>()
            .map_err(|fault| fault.inside(name))
    }

    /// Bytes in base64, line breaks allowed; as Go's JSON decoder also a list of numbers. Broken base64 is left out
    /// if `left_out` is there to say so.
    pub fn data(&self, name: &str, left_out: Option<&mut Vec<Fault>>) -> Result<Option<Vec<u8>>, Fault> {
        let mut bytes = Vec::new();
        Ok(self.decode(name, &mut bytes, left_out)?.then_some(bytes))
    }

    /// The same where only the check counts: empty where there is some. `scratch` is used over and over.
    pub fn checked_data(
        &self,
        name: &str,
        scratch: &mut Vec<u8>,
        left_out: Option<&mut Vec<Fault>>,
    ) -> Result<Option<Vec<u8>>, Fault> {
        scratch.clear();
        Ok(self.decode(name, scratch, left_out)?.then(Vec::new))
    }

    /// Whether there is any data; it is appended to `bytes`.
    fn decode(
        &self,
        name: &str,
        bytes: &mut Vec<u8>,
        left_out: Option<&mut Vec<Fault>>,
    ) -> Result<bool, Fault> {
        let Some(value) = self.value(name) else { return Ok(false) };
        let decoded = match &value.content {
            ValueContent::Sequence(items) => {
                items.iter().try_for_each(|item| byte(item).map(|byte| bytes.push(byte)))
            }
            _ => {
                let text = match &value.content {
                    ValueContent::Text(text) => Cow::Borrowed(text.as_bytes()),
                    _ => Cow::Owned(
                        self.string_of(value, false).map_err(|fault| fault.inside(name))?.into_bytes(),
                    ),
                };
                let compact = match memchr::memchr2(b'\r', b'\n', &text) {
                    Some(_) => text.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect(),
                    None => text,
                };
                BASE64.decode_vec(&compact, bytes).map_err(|_| {
                    Fault::new(value.line, "illegal base64 data")
                        .with_hint("paste the data again, or name a file instead")
                })
            }
        };
        match (decoded.map_err(|fault| fault.inside(name)), left_out) {
            (Ok(()), _) => Ok(!bytes.is_empty()),
            (Err(fault), Some(left_out)) => {
                left_out.push(fault);
                Ok(false)
            }
            (Err(fault), None) => Err(fault),
        }
    }
}

fn byte(value: &Value<'_>) -> Result<u8, Fault> {
    let number = match value.content {
        ValueContent::Null => Some(0),
        ValueContent::Integer(number) => u8::try_from(number).ok(),
        ValueContent::Float(number) if number.fract() == 0.0 && (0.0..256.0).contains(&number) => {
            Some(number as u8)
        }
        _ => None,
    };
    number.ok_or_else(|| unexpected("a byte", value))
}

/// A value of the wrong kind.
pub(super) fn unexpected(wanted: &str, value: &Value<'_>) -> Fault {
    let found = match &value.content {
        ValueContent::Null => "nothing",
        ValueContent::Boolean(_) => "a boolean",
        ValueContent::Integer(_) | ValueContent::Unsigned(_) | ValueContent::Float(_) => "a number",
        ValueContent::Text(_) => "a string",
        ValueContent::Sequence(_) => "a list",
        ValueContent::Mapping(_) => "a mapping",
    };
    Fault::new(value.line, format!("expected {wanted}, found {found}"))
}
