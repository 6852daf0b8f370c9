//! What a scalar means in YAML 1.1 as `go.yaml.in/yaml/v2` resolves it (`resolve.go`).

use std::borrow::Cow;

use crate::yaml::ScalarStyle;

use super::value::ValueContent;

const PREFIX: &str = "tag:yaml.org,2002:";

/// The meaning of a scalar, or a sentence saying why its tag does not fit.
pub(super) fn resolve<'text>(
    text: &Cow<'text, str>,
    style: ScalarStyle,
    tag: Option<&str>,
) -> Result<ValueContent<'text>, String> {
    let string = || ValueContent::Text(text.clone());
    let tag = match tag {
        None if style == ScalarStyle::Plain => return Ok(implicit(text)),
        None => return Ok(string()),
        Some(tag) => tag,
    };
    // A tag outside the YAML namespace, or one the library doesn't know, leaves the text as it is.
    let Some(kind) = tag.strip_prefix(PREFIX) else { return Ok(string()) };
    let found = implicit(text);
    match (kind, found) {
        ("str", _) => Ok(string()),
        ("binary", _) => match crate::base64::decode(text.as_bytes()) {
            Some(bytes) => Ok(ValueContent::Text(Cow::Owned(text_of(&bytes)))),
            None => Err("!!binary value contains invalid base64 data".into()),
        },
        ("bool", found @ ValueContent::Boolean(_))
        | ("null", found @ ValueContent::Null)
        | ("int", found @ (ValueContent::Integer(_) | ValueContent::Unsigned(_)))
        | ("float", found @ ValueContent::Float(_)) => Ok(found),
        ("float", ValueContent::Integer(number)) => Ok(ValueContent::Float(number as f64)),
        ("timestamp", _) if looks_like_a_date(text) => Ok(string()),
        ("bool" | "null" | "int" | "float" | "timestamp", _) => {
            Err(format!("cannot decode `{text}` as a !!{kind}"))
        }
        _ => Ok(string()),
    }
}

/// The bytes as text, with a replacement character for each byte that is none, as Go writes them into JSON.
fn text_of(bytes: &[u8]) -> String {
    let piece = |chunk: std::str::Utf8Chunk<'_>| {
        let replacements = std::iter::repeat_n(char::REPLACEMENT_CHARACTER, chunk.invalid().len());
        chunk.valid().chars().chain(replacements).collect::<String>()
    };
    bytes.utf8_chunks().map(piece).collect()
}

/// The meaning of a plain scalar.
fn implicit<'text>(text: &Cow<'text, str>) -> ValueContent<'text> {
    let word = text.as_ref();
    match word {
        "" | "~" | "null" | "Null" | "NULL" => return ValueContent::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return ValueContent::Boolean(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return ValueContent::Boolean(false);
        }
        ".nan" | ".NaN" | ".NAN" => return ValueContent::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return ValueContent::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return ValueContent::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let number = match word.as_bytes()[0] {
        b'.' => without_separators(word).and_then(|digits| float(&digits)),
        b'0'..=b'9' | b'+' | b'-' => {
            let digits =
                if word.contains('_') { Cow::Owned(word.replace('_', "")) } else { Cow::Borrowed(word) };
            integer(&digits).or_else(|| float(&digits))
        }
        _ => None,
    };
    number.unwrap_or_else(|| ValueContent::Text(text.clone()))
}

/// A number without its underscores, if each stands between two digits: Go's `strconv.ParseFloat` wants that, and the
/// library asks nothing else where a number starts with a point.
fn without_separators(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut separators = (0..bytes.len()).filter(|at| bytes[*at] == b'_').peekable();
    if separators.peek().is_none() {
        return Some(Cow::Borrowed(text));
    }
    separators
        .all(|at| digit(at.checked_sub(1)) && digit(Some(at + 1)))
        .then(|| Cow::Owned(text.replace('_', "")))
}

/// Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`: a leading `0` is octal, `0x`, `0o` and `0b` as in Go.
fn integer(text: &str) -> Option<ValueContent<'static>> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = digits.get(..2).map(str::to_ascii_lowercase);
    let (radix, digits) = match lower.as_deref() {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        Some(_) if digits.starts_with('0') => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().next()?.is_ascii_alphanumeric() {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative {
        return 0i64.checked_sub_unsigned(magnitude).map(ValueContent::Integer);
    }
    match i64::try_from(magnitude) {
        Ok(number) => Some(ValueContent::Integer(number)),
        // ParseUint takes no sign.
        Err(_) if text.starts_with('+') => None,
        Err(_) => Some(ValueContent::Unsigned(magnitude)),
    }
}

/// A decimal number as the library's pattern `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` has it. One
/// beyond the range of a double stays text.
fn float(text: &str) -> Option<ValueContent<'static>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(ValueContent::Float)
}

/// A date, and a time behind it where something follows: enough to accept an explicit `!!timestamp`, which stays text
/// anyway.
fn looks_like_a_date(text: &str) -> bool {
    let mut rest = text;
    let mut number = |lengths: std::ops::RangeInclusive<usize>, end: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let fits = lengths.contains(&digits) && rest[digits..].starts_with(end);
        rest = if fits { &rest[digits + end.len()..] } else { "" };
        fits
    };
    number(4..=4, "-")
        && number(1..=2, "-")
        && number(1..=2, "")
        && (rest.is_empty()
            || rest
                .strip_prefix(['T', 't', ' '])
                .is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> ValueContent<'_> {
        resolve(&Cow::Borrowed(text), ScalarStyle::Plain, None).unwrap()
    }

    #[test]
    fn plain_scalars_are_typed_as_in_yaml_1_1() {
        for word in ["y", "Y", "yes", "Yes", "YES", "true", "on", "On", "ON", "TRUE"] {
            assert_eq!(plain(word), ValueContent::Boolean(true), "{word}");
        }
        for word in ["n", "N", "no", "NO", "off", "Off", "false", "FALSE"] {
            assert_eq!(plain(word), ValueContent::Boolean(false), "{word}");
        }
        for word in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(plain(word), ValueContent::Null, "{word}");
        }
        for (word, number) in [
            ("123", 123),
            ("+1", 1),
            ("-7", -7),
            ("0x1F", 31),
            ("0b101", 5),
            ("0o17", 15),
            ("017", 15),
            ("1_000", 1000),
            ("-0x10", -16),
            ("0", 0),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(plain(word), ValueContent::Integer(number), "{word}");
        }
        assert_eq!(plain("18446744073709551615"), ValueContent::Unsigned(u64::MAX));
        for (word, number) in [
            ("1e3", 1e3),
            ("6e-3", 6e-3),
            (".5", 0.5),
            (".1_0", 0.1),
            ("1.", 1.0),
            ("08", 8.0),
            ("1.5e+2", 150.0),
            ("18446744073709551616", 18446744073709551616.0),
        ] {
            assert_eq!(plain(word), ValueContent::Float(number), "{word}");
        }
    }

    #[test]
    fn everything_else_is_text() {
        for word in [
            "yEs",
            "nULL",
            "tRUE",
            "2024-01-01",
            "2024-01-01T00:00:00Z",
            "1.2.3",
            "12:30",
            "0x",
            "0b2",
            "1e",
            "e1",
            "_1",
            "._1",
            ".1__0",
            ".1_",
            "+",
            "-",
            ".",
            "...",
            "1e999",
            "<<",
            "oN",
            "+-1",
            "0x-1",
            "1__e",
            "--1",
            "٣",
        ] {
            assert_eq!(plain(word), ValueContent::Text(word.into()), "{word}");
        }
    }

    #[test]
    fn quotes_and_tags_decide() {
        let resolve = |text: &'static str, style, tag: Option<&str>| {
            super::resolve(&Cow::Borrowed(text), style, tag.map(|tag| format!("{PREFIX}{tag}")).as_deref())
        };
        let text = |word: &'static str| Ok(ValueContent::Text(word.into()));
        assert_eq!(resolve("123", ScalarStyle::DoubleQuoted, None), text("123"));
        assert_eq!(resolve("no", ScalarStyle::SingleQuoted, None), text("no"));
        assert_eq!(resolve("", ScalarStyle::SingleQuoted, None), text(""));
        assert_eq!(resolve("123", ScalarStyle::Plain, Some("str")), text("123"));
        assert_eq!(resolve("123", ScalarStyle::DoubleQuoted, Some("int")), Ok(ValueContent::Integer(123)));
        assert_eq!(resolve("1", ScalarStyle::Plain, Some("float")), Ok(ValueContent::Float(1.0)));
        assert_eq!(resolve("aGk=", ScalarStyle::Plain, Some("binary")), text("hi"));
        assert_eq!(resolve("8J+Y", ScalarStyle::Plain, Some("binary")), text("\u{fffd}\u{fffd}\u{fffd}"));
        assert_eq!(resolve("x", ScalarStyle::Plain, Some("int")), Err("cannot decode `x` as a !!int".into()));
        assert_eq!(
            resolve("1.5", ScalarStyle::Plain, Some("int")),
            Err("cannot decode `1.5` as a !!int".into())
        );
        assert_eq!(resolve("2024-1-2", ScalarStyle::Plain, Some("timestamp")), text("2024-1-2"));
        assert!(resolve("2024-01-01 noon", ScalarStyle::Plain, Some("timestamp")).is_err());
        assert_eq!(
            resolve("x", ScalarStyle::Plain, Some("timestamp")),
            Err("cannot decode `x` as a !!timestamp".into())
        );
        assert_eq!(super::resolve(&"12".into(), ScalarStyle::Plain, Some("!mine")), text("12"));
    }
}
