//! The value as a plain decimal number.

use super::amount::Amount;

/// Decimals of a nano-unit.
const DECIMALS: usize = 9;

/// Writes nano-units as units: no exponent, no trailing zeros, `0` before the point.
pub(super) fn exact_decimal(nanos: &Amount) -> String {
    let digits = nanos.to_string();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits.as_str()),
    };
    let padded = format!("{digits:0>width$}", width = DECIMALS + 1);
    let (whole, fraction) = padded.split_at(padded.len() - DECIMALS);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}
