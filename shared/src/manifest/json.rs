//! Fields of objects that are kept as JSON, read with the API's defaults.

use serde_json::Value;

/// Returns the text of a field; empty where the field is absent or is not a string.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns the number of a field: `default` where the field is absent or is not an integer, 0 where it is negative, and the
/// greatest that the API's counts hold where it is greater, which only an edited dump can say.
pub fn number(value: &Value, default: usize) -> usize {
    value.as_i64().map_or(default, |number| usize::try_from(number.clamp(0, i32::MAX.into())).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{number, text};

    #[test]
    fn absent_and_mistyped_fields_have_the_default() {
        let object = json!({"name": "web", "replicas": 3, "surge": -1, "paused": true});
        assert_eq!(
            (text(&object["name"]), text(&object["none"]), text(&object["replicas"])),
            ("web", "", "")
        );
        assert_eq!((number(&object["replicas"], 1), number(&object["none"], 1)), (3, 1));
        assert_eq!((number(&object["surge"], 1), number(&object["paused"], 2)), (0, 2));
        assert_eq!(number(&json!(1_000_000_000_000_000_000_i64), 1), 2_147_483_647);
    }
}
