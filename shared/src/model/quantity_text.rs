//! A quantity as it was written, not yet a number.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

/// Quantities by resource name (`core/v1.ResourceList`).
pub type Quantities = BTreeMap<String, QuantityText>;

/// The text of a quantity, verbatim: the server repeats `+1`, `010Mi` or `1e0` as they were written
/// where they are kept, so its messages can only be predicted from the text. `Quantity::parse` of
/// [`crate::quantity`] makes a number of it.
///
/// Dumps and manifests may hold plain numbers (`pods: 10`, `cpu: 1.5`). Those become their shortest
/// decimal text, by way of a double where they have a fraction: the way of kubectl, which turns YAML
/// into JSON before anything else (`sigs.k8s.io/yaml`), so that `cpu: 1.50` reaches a server as `1.5`.
/// `null` is `0`, as in `Quantity.UnmarshalJSON` of apimachinery.
#[derive(Clone, PartialEq, Eq, Hash, prost::Message)]
pub struct QuantityText {
    /// The text, `1500m` for instance.
    #[prost(string, tag = "1")]
    pub text: String,
}

impl QuantityText {
    /// Returns the text as a slice.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<&str> for QuantityText {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

impl fmt::Display for QuantityText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<'de> Deserialize<'de> for QuantityText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

struct QuantityVisitor;

impl QuantityVisitor {
    fn text<E>(text: impl ToString) -> Result<QuantityText, E> {
        Ok(QuantityText { text: text.to_string() })
    }
}

impl Visitor<'_> for QuantityVisitor {
    type Value = QuantityText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity (a string or a number)")
    }

    fn visit_str<E>(self, text: &str) -> Result<QuantityText, E> {
        Self::text(text)
    }

    fn visit_string<E>(self, text: String) -> Result<QuantityText, E> {
        Ok(QuantityText { text })
    }

    fn visit_u64<E>(self, number: u64) -> Result<QuantityText, E> {
        Self::text(number)
    }

    fn visit_i64<E>(self, number: i64) -> Result<QuantityText, E> {
        Self::text(number)
    }

    fn visit_u128<E>(self, number: u128) -> Result<QuantityText, E> {
        Self::text(number)
    }

    fn visit_i128<E>(self, number: i128) -> Result<QuantityText, E> {
        Self::text(number)
    }

    fn visit_f64<E>(self, number: f64) -> Result<QuantityText, E> {
        // Display of a double never uses an exponent, and gives the shortest digits that read back.
        Self::text(number)
    }

    fn visit_unit<E>(self) -> Result<QuantityText, E> {
        Self::text(0)
    }
}
