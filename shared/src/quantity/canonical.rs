//! The canonical form: no fraction, no precision lost, the suffix as large as possible
//! (`Quantity.CanonicalizeBytes`).

use std::{cmp::Ordering, fmt};

use super::amount::{Amount, UNIT, ten_to};
use super::suffix::{self, Format};

/// The smallest value that BinarySI writes with a suffix; below it reads better in decimals.
const BINARY_FROM: Amount = Amount::Small(1024 * UNIT);

/// Writes the canonical form of `nanos` nano-units.
pub(super) fn write(out: &mut impl fmt::Write, nanos: &Amount, format: Format) -> fmt::Result {
    match nanos {
        Amount::Small(small) => write_small(out, *small, format),
        Amount::Large(_) => out.write_str(&by_digits(nanos, format)),
    }
}

/// Writes what fits a machine's numbers without a text in between: a large cluster has a million quantities.
fn write_small(out: &mut impl fmt::Write, nanos: i128, format: Format) -> fmt::Result {
    if format == Format::BinarySi && nanos.unsigned_abs() >= 1024 * UNIT.unsigned_abs() && nanos % UNIT == 0 {
        let units = nanos / UNIT;
        let factors = units.trailing_zeros() / 10;
        return write!(out, "{}{}", units >> (10 * factors), suffix::binary(factors.into()));
    }
    if nanos == 0 {
        return out.write_str("0");
    }
    let (mut mantissa, mut exponent) = (nanos, -9);
    while mantissa % 1000 == 0 {
        mantissa /= 1000;
        exponent += 3;
    }
    write!(out, "{mantissa}{}", suffix::decimal(exponent, format))
}

/// Returns the canonical form by way of decimal digits.
fn by_digits(nanos: &Amount, format: Format) -> String {
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

/// Returns the form in BinarySI; `None` where that gives way to decimals: between −1024 and 1024, and for fractions of
/// a unit.
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

/// Returns the canonical form of `digits` × 10^`exponent`. BinarySI that came here is written as DecimalSI.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_write_the_same(
            mantissa in -5000i128..5000,
            tens in 0u32..34,
            twos in 0u32..60,
            format in prop::sample::select(vec![Format::DecimalSi, Format::BinarySi, Format::DecimalExponent]),
        ) {
            let scaled = 10i128.checked_pow(tens).and_then(|ten| mantissa.checked_mul(ten)?.checked_mul(1 << twos));
            let nanos = scaled.unwrap_or(mantissa);
            let mut text = String::new();
            write_small(&mut text, nanos, format).unwrap();
            prop_assert_eq!(text, by_digits(&Amount::Small(nanos), format));
        }
    }
}
