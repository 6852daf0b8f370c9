//! What libyaml, and so kubectl, refuses although the parser used here reads it.

use granit_parser::{ScalarStyle, Span};

use super::YamlError;

/// Refuses escapes of JSON that YAML 1.1 lacks: `\/` and halves of surrogate pairs.
pub(super) fn check_scalar(text: &str, span: &Span, style: ScalarStyle) -> Result<(), YamlError> {
    if style != ScalarStyle::DoubleQuoted {
        return Ok(());
    }
    let Some(source) = span.slice(text).filter(|source| source.contains('\\')) else {
        return Ok(());
    };
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let line = span.start.line() + source[..at].matches('\n').count();
        match &bytes[at + 1..] {
            [b'/', ..] => return Err(YamlError::new(line, "found unknown escape character \\/")),
            [b'u', b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..] => {
                return Err(YamlError::new(line, "found invalid Unicode character escape code"));
            }
            _ => at += 2,
        }
    }
    Ok(())
}

/// Refuses names of anchors and aliases with anything but ASCII letters, digits, `_` and `-`.
pub(super) fn check_anchor_name(text: &str, span: &Span) -> Result<(), YamlError> {
    let name = span.slice(text).unwrap_or_default().trim_start_matches(['&', '*']);
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return Ok(());
    }
    Err(YamlError::new(
        span.start.line(),
        "did not find expected alphabetic or numeric character in an anchor's name",
    ))
}
