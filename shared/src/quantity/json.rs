//! Quantities in documents: read as the API server reads them, written as the plugins' JSON has them.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Quantity;

impl Serialize for Quantity {
    /// Writes the form of every plugin's JSON: `{"quantity": "1500m", "decimal": "1.5"}`, the text as the server keeps it and the
    /// exact decimal. Objects for the API server take [`Quantity::text`] instead.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Quantity", 2)?;
        fields.serialize_field("quantity", &self.text())?;
        fields.serialize_field("decimal", &self.exact_decimal())?;
        fields.end()
    }
}

/// What every plugin's JSON has for a quantity.
impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<String>();
        json_schema!({
            "description": "An amount: as the API server spells it, such as 1500m, and as an exact decimal, such as 1.5.",
            "type": "object",
            "properties": {"quantity": text, "decimal": text},
            "required": ["quantity", "decimal"],
        })
    }
}

impl<'de> Deserialize<'de> for Quantity {
    /// Reads a string, or a bare number as hand-written YAML has it (`pods: 10`, `cpu: 1.5`). As in
    /// `UnmarshalJSON` space around a string is dropped, and null is zero: the API server stores `pods: null`
    /// as `"0"`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

struct QuantityVisitor;

impl Visitor<'_> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity such as 500m, 1.5Gi or 10")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Quantity, E> {
        Quantity::parse(text.trim()).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Quantity, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Quantity, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Quantity, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Quantity, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Quantity, E> {
        self.visit_str(&go_float(number))
    }

    fn visit_unit<E: Error>(self) -> Result<Quantity, E> {
        Ok(Quantity::ZERO)
    }
}

/// Writes a float as Go's `encoding/json` writes it, which is what kubectl sends for an unquoted YAML number: with an
/// exponent (and so another [`super::Format`]) from 10^21 up and below 10^-6.
fn go_float(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{number:e}");
        return if size >= 1e21 { text.replace('e', "e+") } else { text };
    }
    number.to_string()
}
