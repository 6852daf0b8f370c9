//! Booleans and numbers, as Go's `strconv` reads them.

/// Returns a boolean as `strconv.ParseBool` reads it; `None` for what it refuses.
pub fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// Returns a number as `strconv.ParseInt(text, 10, 64)` reads it: a sign is allowed, blanks and units are not.
pub fn parse_int(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Rust takes the same signs; what remains has to be digits alone.
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Returns a number as `strconv.ParseInt(text, 10, 32)` reads it.
pub fn parse_int32(text: &str) -> Option<i32> {
    parse_int(text).and_then(|number| i32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_those_of_go() {
        let read: Vec<_> = ["true", "T", "1", "False", "0", "no", "", "TrUe", " true"].map(parse_bool).into();
        let expected = [Some(true), Some(true), Some(true), Some(false), Some(false), None, None, None, None];
        assert_eq!(read, expected);
    }

    #[test]
    fn numbers_are_those_of_go() {
        let read: Vec<_> = ["60", "+443", "0443", "-1", "60s", " 60", "", "1_0", "+", "99999999999999999999"]
            .map(parse_int)
            .into();
        let expected = [Some(60), Some(443), Some(443), Some(-1), None, None, None, None, None, None];
        assert_eq!(read, expected);
        assert_eq!(parse_int32("2147483648"), None);
    }
}
