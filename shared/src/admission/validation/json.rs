//! Values as the server's messages show them: as Go writes JSON.

use serde_json::Value;

/// A text.
pub fn quoted(text: &str) -> String {
    written(&Value::from(text))
}

/// Go escapes what could end a script in a page (`encoding/json` with `escapeHTML`).
pub fn written(value: &Value) -> String {
    let mut text = String::new();
    for character in value.to_string().chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(character)))
            }
            other => text.push(other),
        }
    }
    text
}
