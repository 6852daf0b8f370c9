//! Durations as Go writes them: `1h30m`, `1.5s`, `-300ms`.

use jiff::SignedDuration;

/// Reads a duration (`time.ParseDuration`): numbers with a unit each, and a sign before them all; of `0` the unit may be left
/// out.
///
/// # Errors
///
/// What Go says of it.
pub fn parse_go_duration(text: &str) -> Result<SignedDuration, String> {
    let invalid = || format!("time: invalid duration {text:?}");
    let (is_negative, mut rest) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => (false, text),
    };
    if rest == "0" {
        return Ok(SignedDuration::ZERO);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = SignedDuration::ZERO;
    while !rest.is_empty() {
        let whole = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let fraction = rest[whole..]
            .strip_prefix('.')
            .map_or(0, |after| 1 + after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()));
        let (number, after) = rest.split_at(whole + fraction);
        let number: f64 = number.parse().map_err(|_| invalid())?;
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let seconds = match unit {
            "" => return Err(format!("time: missing unit in duration {text:?}")),
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            other => return Err(format!("time: unknown unit {other:?} in duration {text:?}")),
        };
        let part = SignedDuration::try_from_secs_f64(number * seconds).map_err(|_| invalid())?;
        total = total.checked_add(part).ok_or_else(invalid)?;
        rest = after;
    }
    // Go counts nanoseconds in 64 bits.
    i64::try_from(total.as_nanos()).map_err(|_| invalid())?;
    Ok(if is_negative { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_go_reads() {
        for (text, milliseconds) in [
            ("1h30m", 5_400_000),
            ("1.5s", 1500),
            ("-300ms", -300),
            ("+1m", 60_000),
            ("0", 0),
            ("-0", 0),
            (".5s", 500),
            ("1.s", 1000),
            ("1µs", 0),
        ] {
            assert_eq!(parse_go_duration(text).map(|one| one.as_millis()), Ok(milliseconds), "{text}");
        }
        for (text, why) in [
            ("", "time: invalid duration \"\""),
            ("-", "time: invalid duration \"-\""),
            ("s", "time: invalid duration \"s\""),
            (".s", "time: invalid duration \".s\""),
            ("1", "time: missing unit in duration \"1\""),
            ("1d", "time: unknown unit \"d\" in duration \"1d\""),
            ("9999999h", "time: invalid duration \"9999999h\""),
        ] {
            assert_eq!(parse_go_duration(text).map_err(|found| found == why), Err(true), "{text}");
        }
    }
}
