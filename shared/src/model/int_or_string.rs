//! `intstr.IntOrString`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A number, or a text such as `25%` (`maxUnavailable`, `targetPort`). Look at it through
/// [`IntOrString::value`].
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct IntOrString {
    /// Which of the two counts: 0 the number, 1 the text (`intstr.Type`).
    #[prost(int64, tag = "1")]
    kind: i64,
    #[prost(int32, tag = "2")]
    int: i32,
    #[prost(string, tag = "3")]
    text: String,
}

/// What an [`IntOrString`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOrStringValue<'a> {
    /// A plain number.
    Int(i32),
    /// A text: a percentage, a port's name.
    Text(&'a str),
}

impl IntOrString {
    /// Returns the number or the text.
    pub fn value(&self) -> IntOrStringValue<'_> {
        match self.kind {
            0 => IntOrStringValue::Int(self.int),
            _ => IntOrStringValue::Text(&self.text),
        }
    }
}

impl From<i32> for IntOrString {
    fn from(int: i32) -> Self {
        Self { int, ..Self::default() }
    }
}

impl From<&str> for IntOrString {
    fn from(text: &str) -> Self {
        Self { kind: 1, text: text.to_owned(), ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntOrStringVisitor)
    }
}

struct IntOrStringVisitor;

impl Visitor<'_> for IntOrStringVisitor {
    type Value = IntOrString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 32-bit integer or a string")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<IntOrString, E> {
        let int = i32::try_from(number).map_err(|_| E::custom(format!("{number} exceeds 32 bits")))?;
        Ok(int.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<IntOrString, E> {
        let int = i32::try_from(number).map_err(|_| E::custom(format!("{number} exceeds 32 bits")))?;
        Ok(int.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<IntOrString, E> {
        Ok(text.into())
    }
}
