//! The canonical form: no fraction, no precision lost, the suffix as large as possible
//! (`Quantity.CanonicalizeBytes`).

use std::cmp::Ordering;

use super::amount::{Amount, ten_to};
use super::suffix::{self, Format};

/// The smallest value that BinarySI writes with a suffix; below it reads better in decimals.
const BINARY_FROM: Amount = Amount::Small(1024 * 1_000_000_000);

/// The canonical form of `nanos` nano-units.
pub(super) fn canonical(nanos: &Amount, format: Format) -> String {
    if format == Format::BinarySi
        && let Some(text) = canonical_binary(nanos)
    {
        return text;
    }
    let digits = nanos.to_string();
    match digits.strip_prefix('-') {
        Some(digits) => canonical_decimal(true, digits, -9, format),
        None => canonical_decimal(false, &digits, -9, format),
    }
}

/// `None` where BinarySI gives way to decimals: between −1024 and 1024, and for fractions of a unit.
fn canonical_binary(nanos: &Amount) -> Option<String> {
    if *nanos < BINARY_FROM && *nanos > BINARY_FROM.negated() {
        return None;
    }
    let (units, fraction) = nanos.divided_by(&ten_to(9));
    if fraction.sign() != Ordering::Equal {
        return None;
    }
    let (mantissa, factors) = units.without_factors_of_1024();
    Some(format!("{mantissa}{}", suffix::binary(factors)))
}

/// The canonical form of `digits` × 10^`exponent`. BinarySI that came here is written as DecimalSI.
pub(super) fn canonical_decimal(negative: bool, digits: &str, exponent: i64, format: Format) -> String {
    let digits = digits.trim_start_matches('0');
    let mantissa = digits.trim_end_matches('0');
    if mantissa.is_empty() {
        return "0".to_owned();
    }
    let exponent = exponent.saturating_add(length(digits) - length(mantissa));
    // Suffixes exist for every third power: the rest goes back into the mantissa.
    let zeros = exponent.rem_euclid(3);
    let suffix = suffix::decimal(exponent - zeros, format);
    let sign = if negative { "-" } else { "" };
    format!("{sign}{mantissa}{}{suffix}", if zeros == 0 { "" } else { &"00"[..zeros as usize] })
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}
