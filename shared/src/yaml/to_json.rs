//! A value as JSON: what kubectl sends to the API server for it.

use super::{Value, ValueContent};

/// A number as the API machinery decodes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum JsonNumber {
    Integer(i64),
    Float(f64),
}

impl JsonNumber {
    /// Returns the number kubectl makes of a value; none where it is not one.
    ///
    /// `sigs.k8s.io/yaml` writes numbers as JSON, and `k8s.io/apimachinery` reads them back: what is spelled without point
    /// and exponent and fits 64 bits with a sign is an integer, everything else a double. Go spells doubles below 1e21
    /// without exponent, in their shortest digits, so `1e3` is the integer 1000.
    pub fn of(content: &ValueContent<'_>) -> Option<Self> {
        match *content {
            ValueContent::Integer(number) => Some(Self::Integer(number)),
            ValueContent::Unsigned(number) => Some(Self::Float(number as f64)),
            ValueContent::Float(number) => {
                let whole = number.fract() == 0.0 && number.abs() < 1e19;
                let integer = whole.then(|| format!("{number}").parse().ok()).flatten();
                Some(integer.map_or(Self::Float(number), Self::Integer))
            }
            _ => None,
        }
    }
}

impl Value<'_> {
    /// Returns the value as JSON, as kubectl converts it: keys are text already, numbers are 64-bit integers or doubles.
    pub fn to_json(&self) -> serde_json::Value {
        self.convert(false)
    }

    /// Returns the value as the JSON that client-go keeps undecoded (`runtime.RawExtension`), in which an integer may
    /// need all 64 bits without a sign.
    pub fn to_raw_json(&self) -> serde_json::Value {
        self.convert(true)
    }

    fn convert(&self, keeps_unsigned: bool) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.content {
            ValueContent::Null => Json::Null,
            ValueContent::Boolean(boolean) => Json::from(*boolean),
            ValueContent::Text(text) => Json::from(text.as_ref()),
            ValueContent::Sequence(items) => {
                Json::Array(items.iter().map(|item| item.convert(keeps_unsigned)).collect())
            }
            ValueContent::Mapping(entries) => Json::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.to_string(), entry.value.convert(keeps_unsigned)))
                    .collect(),
            ),
            ValueContent::Unsigned(number) if keeps_unsigned => Json::from(*number),
            number => match JsonNumber::of(number) {
                Some(JsonNumber::Integer(number)) => Json::from(number),
                Some(JsonNumber::Float(number)) => Json::from(number),
                None => Json::Null,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Document;
    use super::*;

    fn json(text: &str) -> serde_json::Value {
        Value::resolve(&Document::parse(text).unwrap()).unwrap().unwrap().to_json()
    }

    #[test]
    fn scalars_mean_what_kubectl_takes_them_for() {
        let text = "[010, 0644, 0o17, 0x1F, 0b11, 1_000, yes, off, ~, '010', 2024-01-01, 3:20, !!str 8, !!binary aGk=]";
        let expected =
            json!([8, 420, 15, 31, 3, 1000, true, false, null, "010", "2024-01-01", "3:20", "8", "hi"]);
        assert_eq!(json(text), expected);
    }

    #[test]
    fn numbers_are_integers_or_doubles_as_go_spells_them() {
        assert_eq!(json("[1.0, 1e3, -0.0, 1.5, 1e300]"), json!([1, 1000, 0, 1.5, 1e300]));
        assert_eq!(json("1234567890123456789.0"), json!(1_234_567_890_123_456_800_i64));
        assert_eq!(json("9223372036854775807"), json!(i64::MAX));
        assert_eq!(json("18446744073709551615"), json!(18_446_744_073_709_552_000.0));
        assert_eq!(json("9.3e18"), json!(9.3e18));
    }

    #[test]
    fn undecoded_json_keeps_integers_without_a_sign() {
        let document = Document::parse("[18446744073709551615, 1e3]").unwrap();
        let value = Value::resolve(&document).unwrap().unwrap();
        assert_eq!(value.to_raw_json(), json!([18_446_744_073_709_551_615_u64, 1000]));
    }

    #[test]
    fn keys_are_text_and_the_last_of_two_counts() {
        assert_eq!(
            json("{1: a, yes: b, 1.5: c, a: 1, 0x10: d, a: 2}"),
            json!({"1": "a", "true": "b", "1.5": "c", "16": "d", "a": 2})
        );
    }
}
