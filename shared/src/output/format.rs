//! `-o`: the forms output can take.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::sanitize::is_hazardous;
use crate::{Error, Result};

/// A form of output. Each command says by a [`FormatSet`] which ones it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// More columns for people.
    Wide,
    /// One JSON document.
    Json,
    /// The same document as YAML.
    Yaml,
    /// `resource/name` lines.
    Name,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A Markdown table.
    Markdown,
    /// Prometheus text exposition.
    Prom,
    /// SARIF 2.1.0, for code scanners.
    Sarif,
    /// JUnit XML, for CI.
    Junit,
}

impl Format {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Wide => "wide",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Name => "name",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Prom => "prom",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Table => "Columns for people",
            Self::Wide => "More columns",
            Self::Json => "One JSON document",
            Self::Yaml => "The same document as YAML",
            Self::Name => "Only names, as resource/name",
            Self::Csv => "Comma-separated values",
            Self::Markdown => "A Markdown table",
            Self::Prom => "Prometheus metrics",
            Self::Sarif => "SARIF for code scanners",
            Self::Junit => "JUnit XML for CI",
        }
    }
}

/// The formats one command has; the first is its default.
///
/// ```
/// use shared::output::{Format, FormatSet};
/// #[derive(Clone, Debug)]
/// struct UsageFormats;
/// impl FormatSet for UsageFormats {
///     const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Json, Format::Prom];
/// }
/// ```
pub trait FormatSet: Clone + Send + Sync + 'static {
    /// The formats, the default first.
    const FORMATS: &'static [Format];
}

/// A clap parser for the formats of a set: other words are refused with the list, completion knows them.
pub(crate) fn format_parser<S: FormatSet>() -> impl TypedValueParser<Value = Format> {
    let values = S::FORMATS.iter().map(|format| PossibleValue::new(format.as_str()).help(format.help()));
    PossibleValuesParser::new(values).map(|word| {
        let format = S::FORMATS.iter().find(|format| format.as_str().eq_ignore_ascii_case(&word));
        *format.expect("clap lets only listed values through")
    })
}

/// A value as JSON the way kubectl prints it: four spaces of indentation, a line break at the end. Characters
/// that would drive or fool a terminal are written as `\uXXXX`, which every reader turns back.
///
/// # Errors
/// When the value can't be represented, such as a map whose keys are no strings.
pub fn json<T: Serialize>(value: &T) -> Result<String> {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    value
        .serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter))
        .map_err(|error| Error::new(format!("can't write the result as JSON: {error}")))?;
    let text = String::from_utf8(bytes).expect("serde_json writes UTF-8");
    let mut text = escape_hazards(text);
    text.push('\n');
    Ok(text)
}

/// serde_json escapes what the grammar demands (up to U+001F); everything hazardous beyond that can only stand
/// in a string, where an escape means the same.
fn escape_hazards(text: String) -> String {
    if text.is_ascii() && !text.contains('\u{7f}') {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hazardous(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json as value;

    use super::*;

    #[test]
    fn json_is_indented_as_kubectl_indents_it() {
        let text =
            json(&value!({"kind": "UsageList", "items": [{"used": null}], "none": [], "empty": {}})).unwrap();
        let expected = "{\n    \"empty\": {},\n    \"items\": [\n        {\n            \"used\": null\n        }\n    ],\n    \"kind\": \"UsageList\",\n    \"none\": []\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn json_escapes_what_would_fool_a_terminal() {
        let text = json(&"a\u{1b}[2J\u{202e}\u{7f}\u{9b}\u{e0041}é").unwrap();
        assert_eq!(text, "\"a\\u001b[2J\\u202e\\u007f\\u009b\\udb40\\udc41é\"\n");
    }

    proptest! {
        #[test]
        fn json_loses_nothing(text in any::<String>()) {
            let written = json(&vec![&text]).unwrap();
            prop_assert!(!written.contains(|c| is_hazardous(c) && c != '\n'));
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), vec![text]);
        }
    }
}
