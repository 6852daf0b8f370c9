//! JSON as kubectl prints it, safe to look at.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use super::sanitize::is_hazardous;
use crate::{Error, Result};

/// A value as JSON the way kubectl prints it: four spaces of indentation, a line break at the end. Characters
/// that would drive or fool a terminal are written as `\uXXXX`, which every reader turns back.
///
/// # Errors
/// When the value can't be represented, such as a map whose keys are no strings.
pub fn json<T: Serialize>(value: &T) -> Result<String> {
    let mut bytes = Vec::new();
    write_json(&mut bytes, value)
        .map_err(|error| Error::new(format!("can't write the result as JSON: {error}")))?;
    Ok(String::from_utf8(bytes).expect("serde_json writes UTF-8"))
}

/// As [`json()`], piece by piece: the list of a large cluster is never held as one text.
pub(super) fn write_json<T: Serialize>(mut writer: impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(
        &mut writer,
        Harmless(PrettyFormatter::with_indent(b"    ")),
    ))?;
    writer.write_all(b"\n")
}

/// serde_json escapes what the grammar demands (up to U+001F); this escapes everything hazardous beyond.
struct Harmless<'a>(PrettyFormatter<'a>);

impl Formatter for Harmless<'_> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hazardous) {
            let (safe, found) = rest.split_at(at);
            writer.write_all(safe.as_bytes())?;
            let mut characters = found.chars();
            for unit in characters.by_ref().take(1).flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
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
