//! How a name is written so that kubectl, and every other YAML reader, reads it back.

use crate::yaml::ScalarStyle;

use crate::yaml::is_text;

/// What surrounds the place a scalar is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// Lines and indentation.
    Block,
    /// Brackets.
    Flow,
    /// Brackets with quoted keys, so probably JSON.
    Json,
}

/// Writes `value` in the style of what stood there, as long as that reads back as `value`.
pub(super) fn write(value: &str, style: ScalarStyle, surroundings: Surroundings) -> String {
    if surroundings == Surroundings::Json {
        return double_quoted(value);
    }
    match style {
        ScalarStyle::SingleQuoted if is_printable(value) => format!("'{}'", value.replace('\'', "''")),
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded if is_plain(value, surroundings) => {
            value.to_string()
        }
        _ => double_quoted(value),
    }
}

/// Whether `value` needs no quotes: it starts with a letter, has only characters that mean nothing in YAML, and is no
/// boolean, number or null in YAML 1.1, which is what `go.yaml.in/yaml/v2` reads.
fn is_plain(value: &str, surroundings: Surroundings) -> bool {
    let extra: &[u8] = if surroundings == Surroundings::Block { b"-_./:@" } else { b"-_./" };
    value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte))
        && !value.ends_with(':')
        && !reads_otherwise(value)
}

/// Words that some reader takes for something else than text, in whatever case.
fn reads_otherwise(value: &str) -> bool {
    let word = value.to_ascii_lowercase();
    matches!(&word[..], "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null")
        || !is_text(value)
}

fn is_printable(value: &str) -> bool {
    !value.chars().any(is_escaped)
}

/// Characters that don't stand in a file as they are.
fn is_escaped(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// In double quotes, with escapes that mean the same in JSON and in YAML 1.1.
fn double_quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            other if is_escaped(other) => quoted.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
