//! One line at a time.

use std::ops::Range;

use crate::yaml::ScalarStyle;

use crate::yaml::printable::all_printable;

/// A line as it is understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'text> {
    /// Blank, or only a comment.
    Nothing,
    /// `---` alone.
    DocumentStart,
    /// `key: value`, possibly after a dash.
    Pair { indent: usize, dash: bool, column: usize, key: &'text [u8], colon_end: usize, value: Value },
    /// `- value`, never without a value.
    Item { indent: usize, column: usize, value: Value },
}

/// What stands after a colon. Ranges count in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing: null, or the start of a block.
    Nothing,
    /// `{}`, and where.
    EmptyMapping(usize),
    /// `[]`, and where.
    EmptySequence(usize),
    /// A scalar: its bytes with quotes, and how it is written.
    Scalar(Range<usize>, ScalarStyle),
}

/// Longer keys may not be keys any more: YAML looks ahead no further than 1024 characters.
const LONGEST_KEY: usize = 128;

/// Values longer than this are looked at as a whole first.
const LONG: usize = 48;

/// Understands a line without its end, or doesn't.
pub(crate) fn read(line: &[u8]) -> Option<Line<'_>> {
    let indent = line.iter().position(|byte| *byte != b' ').unwrap_or(line.len());
    let (mut at, mut dash) = (indent, false);
    match &line[indent..] {
        [] => return Some(Line::Nothing),
        [b'#', comment @ ..] => return all_printable(comment).then_some(Line::Nothing),
        b"---" if indent == 0 => return Some(Line::DocumentStart),
        [b'-', b' ', rest @ ..] => {
            dash = true;
            at = indent + 2 + rest.iter().position(|byte| *byte != b' ')?;
        }
        _ => {}
    }
    match key_length(&line[at..]) {
        Some(length) => {
            let colon_end = at + length + 1;
            let value = value(line, colon_end)?;
            let key = &line[at..at + length];
            Some(Line::Pair { indent, dash, column: at, key, colon_end, value })
        }
        // A lone scalar is only an entry of a list. `at - 1` is the blank before it.
        None if dash => match value(line, at - 1)? {
            Value::Nothing => None,
            value => Some(Line::Item { indent, column: at, value }),
        },
        None => None,
    }
}

/// The length of a plain key that is followed by a colon and a blank or the end.
pub(super) fn key_length(rest: &[u8]) -> Option<usize> {
    if !rest.first()?.is_ascii_alphabetic() {
        return None;
    }
    let in_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let length = rest.iter().take(LONGEST_KEY).position(|byte| !in_key(byte))?;
    let ends = rest[length] == b':' && matches!(rest.get(length + 1), None | Some(b' '));
    let null = matches!(&rest[..length], b"null" | b"Null" | b"NULL");
    (ends && !null).then_some(length)
}

/// What stands from `from` on, which is a blank or the end of the line.
fn value(line: &[u8], from: usize) -> Option<Value> {
    let Some(blanks) = line[from..].iter().position(|byte| *byte != b' ') else {
        return Some(Value::Nothing);
    };
    let start = from + blanks;
    let rest = &line[start..];
    match rest[0] {
        b'#' => all_printable(rest).then_some(Value::Nothing),
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &rest[1..])?;
            let inner = &rest[1..1 + length];
            // Escapes, and quotes doubled, are left to the full parser.
            let simple = all_printable(inner) && (quote == b'\'' || !inner.contains(&b'\\'));
            let style = if quote == b'"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
            (simple && only_comment(&rest[length + 2..]))
                .then(|| Value::Scalar(start..start + length + 2, style))
        }
        b'{' => (rest.starts_with(b"{}") && only_comment(&rest[2..])).then_some(Value::EmptyMapping(start)),
        b'[' => (rest.starts_with(b"[]") && only_comment(&rest[2..])).then_some(Value::EmptySequence(start)),
        _ => plain_length(rest).map(|length| Value::Scalar(start..start + length, ScalarStyle::Plain)),
    }
}

/// The length of a plain scalar that ends on its line.
fn plain_length(rest: &[u8]) -> Option<usize> {
    let starts = match rest[0] {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'_' | b'(' | b'+' | b'$' | b'~' | b';' | b'<' => {
            true
        }
        // Infinity and not-a-number are no JSON, and start with a point.
        b'.' => rest.len() > 5,
        b'-' => !matches!(rest.get(1), None | Some(b' ' | b'.')),
        _ => false,
    };
    if !starts || rest.starts_with(b"<<") || rest.starts_with(b"+.") {
        return None;
    }
    // Certificates and keys: without a blank, only a colon at the end means something else.
    if rest.len() > LONG && all_printable(rest) && memchr::memchr(b' ', rest).is_none() {
        return (rest[rest.len() - 1] != b':').then_some(rest.len());
    }
    let mut end = 0;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b' ' => continue,
            b'#' if rest[at - 1] == b' ' => return all_printable(&rest[at..]).then_some(end),
            b':' if matches!(rest.get(at + 1), None | Some(b' ')) => return None,
            0x21..=0x7e => end = at + 1,
            _ => return None,
        }
    }
    Some(end)
}

/// Whether nothing but blanks, or blanks and a comment, stands there.
fn only_comment(rest: &[u8]) -> bool {
    match rest.iter().position(|byte| *byte != b' ') {
        None => true,
        Some(0) => false,
        Some(blanks) => rest[blanks] == b'#' && all_printable(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(line: &str) -> Option<(usize, bool, usize, String, String)> {
        match read(line.as_bytes())? {
            Line::Pair { indent, dash, column, key, value, .. } => {
                let value = match value {
                    Value::Scalar(range, style) => format!("{style:?} {}", &line[range]),
                    other => format!("{other:?}"),
                };
                Some((indent, dash, column, String::from_utf8(key.to_vec()).unwrap(), value))
            }
            _ => None,
        }
    }

    #[test]
    fn pairs() {
        let found = |indent, dash, column, key: &str, value: &str| {
            Some((indent, dash, column, key.to_string(), value.to_string()))
        };
        assert_eq!(pair("a: b"), found(0, false, 0, "a", "Plain b"));
        assert_eq!(pair("  - a-b:   c d  # e"), found(2, true, 4, "a-b", "Plain c d"));
        assert_eq!(pair("a:"), found(0, false, 0, "a", "Nothing"));
        assert_eq!(pair("a: # b"), found(0, false, 0, "a", "Nothing"));
        assert_eq!(pair("a: \"b # c\" # d"), found(0, false, 0, "a", "DoubleQuoted \"b # c\""));
        assert_eq!(pair("a: '{x}'"), found(0, false, 0, "a", "SingleQuoted '{x}'"));
        assert_eq!(pair("a: {}"), found(0, false, 0, "a", "EmptyMapping(3)"));
        assert_eq!(pair("a: [] # x"), found(0, false, 0, "a", "EmptySequence(3)"));
        assert_eq!(pair("a: https://x:1/#y"), found(0, false, 0, "a", "Plain https://x:1/#y"));
        let long = "QUJD".repeat(40) + "+/==";
        assert_eq!(pair(&format!("a: {long}")), found(0, false, 0, "a", &format!("Plain {long}")));
    }

    #[test]
    fn lines_that_are_not_sure() {
        for line in [
            "\ta: b",
            "a: b: c",
            "a: b:",
            "a: &x b",
            "a: *x",
            "a: !x b",
            "a: |",
            "a: >",
            "a: {b: c}",
            "a: [b]",
            "a: \"b",
            "a: \"b\\n\"",
            "a: 'b''c'",
            "a: 'b'#c",
            "a: ü",
            "a: b\u{7f}",
            "? a",
            "a : b",
            "\"a\": b",
            "<<: *x",
            "a: <<",
            "- - a: b",
            "-",
            "- ",
            "- # c",
            "a",
            "--- a",
            "...",
            "%YAML 1.1",
            "null: x",
            "a: .inf",
            "a: -.inf",
            "a: @x",
            "a: `x",
            "a: %x",
            "a: - b",
            "a: ? b",
            "a: \tb",
            "a: b\t# c",
            "a:\tb",
            "# ü",
            "1: x",
            "a: ,b",
            "a: =",
            "a: x\ry",
            "a: {",
            "a: [",
            "a: \"",
            "a: '",
            "- {",
            "- \"",
            "a: #\u{1}",
            ":",
            "a: :",
            "- :",
            "-x",
        ] {
            assert_eq!(read(line.as_bytes()), None, "{line}");
        }
        let long = "QUJD".repeat(40);
        for tail in [":", "ü", " #\u{1}", ": x"] {
            assert_eq!(read(format!("a: {long}{tail}").as_bytes()), None, "{tail}");
        }
    }

    #[test]
    fn other_lines() {
        assert_eq!(read(b""), Some(Line::Nothing));
        assert_eq!(read(b"   # x"), Some(Line::Nothing));
        assert_eq!(read(b"---"), Some(Line::DocumentStart));
        let item = |indent, column, end, style| {
            Some(Line::Item { indent, column, value: Value::Scalar(column..end, style) })
        };
        assert_eq!(read(b"  - --flag"), item(2, 4, 10, ScalarStyle::Plain));
        assert_eq!(read(b"- a:b"), item(0, 2, 5, ScalarStyle::Plain));
        assert_eq!(read(b"-  'a'"), item(0, 3, 6, ScalarStyle::SingleQuoted));
    }
}
