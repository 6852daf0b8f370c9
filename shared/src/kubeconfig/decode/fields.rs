//! Typed access to a mapping, with faults that name the field and its line.

use std::borrow::Cow;

use super::Fault;
use crate::{
    base64,
    yaml::{Document, Entry, NodeContent, Value, ValueContent},
};

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
        let bytes = self.encoded(name, base64::decode, |bytes| bytes);
        Ok(or_left_out(bytes, left_out)?.filter(|bytes| !bytes.is_empty()))
    }

    /// The same where only the check counts: empty where there is some.
    pub fn checked_data(
        &self,
        name: &str,
        left_out: Option<&mut Vec<Fault>>,
    ) -> Result<Option<Vec<u8>>, Fault> {
        // Each character but line breaks stands for something.
        let any = |text: &[u8]| text.iter().any(|byte| !b"\r\n".contains(byte));
        let checked =
            self.encoded(name, |text| base64::is_valid(text).then(|| any(text)), |bytes| !bytes.is_empty());
        Ok(or_left_out(checked, left_out)?.unwrap_or_default().then(Vec::new))
    }

    /// What stands in base64, as `read` has it, or what the bytes of a list of numbers come to.
    fn encoded<T>(
        &self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Option<T>,
        of_list: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<Option<T>, Fault> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let read = || {
            let text = match &value.content {
                ValueContent::Sequence(items) => {
                    return Ok(of_list(items.iter().map(byte).collect::<Result<_, _>>()?));
                }
                ValueContent::Text(text) => Cow::Borrowed(text.as_ref()),
                _ => Cow::Owned(self.string_of(value, false)?),
            };
            read(text.as_bytes()).ok_or_else(|| {
                Fault::new(value.line, "illegal base64 data")
                    .with_hint("paste the data again, or name a file instead")
            })
        };
        read().map(Some).map_err(|fault: Fault| fault.inside(name))
    }
}

/// Broken data is left out if `left_out` is there to say so.
fn or_left_out<T>(
    read: Result<Option<T>, Fault>,
    left_out: Option<&mut Vec<Fault>>,
) -> Result<Option<T>, Fault> {
    match (read, left_out) {
        (Err(fault), Some(left_out)) => {
            left_out.push(fault);
            Ok(None)
        }
        (read, _) => read,
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
