//! Parses a quantity: `ParseQuantity` of apimachinery's `quantity.go`, branch by branch.
//!
//! The branches matter for more than speed: only the fast one keeps the text as typed, only the slow one
//! caps binary values and turns small ones into decimals.

use std::fmt;

use num_bigint::BigInt;

use super::Quantity;
use super::amount::{Amount, ten_to};
use super::canonical::canonical_decimal;
use super::suffix::{self, Format, Suffix};

/// Values are held at 10 to the power of this. The server has no such bound and can be kept busy for
/// minutes by an exponent; a pod that says `1e2000000000` must not do that to us.
const LARGEST_EXPONENT: u32 = 10_000;

/// The exponent of a nano-unit, the finest step.
const NANO: i32 = -9;

/// The reason why a text is not a quantity, in apimachinery's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseQuantityError {
    /// The text has not the shape of a quantity.
    Format,
    /// There is no digit where one is needed.
    Numeric,
    /// No such suffix.
    Suffix,
}

impl fmt::Display for ParseQuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => {
                "quantities must match the regular expression \
                 '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            }
            Self::Numeric => "unable to parse numeric part of quantity",
            Self::Suffix => "unable to parse quantity's suffix",
        })
    }
}

impl std::error::Error for ParseQuantityError {}

/// A text taken apart, each part as `parseQuantityString` returns it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    /// Sign, digits and point as typed.
    pub(super) value: &'a str,
    /// The digits before the point without leading zeros, `0` if that leaves none.
    pub(super) whole: &'a str,
    /// The digits after the point.
    pub(super) fraction: &'a str,
    pub(super) suffix: &'a str,
}

/// Takes a text apart, or says [`ParseQuantityError::Format`].
pub(super) fn split(text: &str) -> Result<Parts<'_>, ParseQuantityError> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let negative = text.starts_with('-');
    let stripped = unsigned.trim_start_matches('0');
    if stripped.is_empty() {
        return Ok(Parts { negative, value: "0", whole: "0", fraction: "", suffix: "" });
    }
    let (whole, rest) = split_digits(stripped);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => split_digits(rest),
        None => ("", rest),
    };
    let value = &text[..text.len() - rest.len()];
    let tail = rest.trim_start_matches(|letter| "eEinumkKMGTP".contains(letter));
    let tail = tail.strip_prefix(['+', '-']).unwrap_or(tail);
    if !split_digits(tail).1.is_empty() {
        return Err(ParseQuantityError::Format);
    }
    Ok(Parts { negative, value, whole: if whole.is_empty() { "0" } else { whole }, fraction, suffix: rest })
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// Implements [`Quantity::parse`].
pub(super) fn parse(text: &str) -> Result<Quantity, ParseQuantityError> {
    if text.is_empty() {
        return Err(ParseQuantityError::Format);
    }
    let parts = split(text)?;
    let suffix = suffix::interpret(parts.suffix).ok_or(ParseQuantityError::Suffix)?;
    match parse_fast(text, &parts, suffix) {
        Some(quantity) => Ok(quantity),
        None => parse_slow(&parts, suffix),
    }
}

/// Parses what fits 18 digits (15 or so where binary); `None` sends the text to [`parse_slow`].
fn parse_fast(text: &str, parts: &Parts<'_>, suffix: Suffix) -> Option<Quantity> {
    let digits = parts.whole.len() + parts.fraction.len();
    if suffix.format == Format::BinarySi {
        // 1Mi takes about 6 of the 15 digits.
        let budget = 15 - suffix.exponent * 3 / 10 - 1;
        if !parts.fraction.is_empty() || i64::from(budget) < i64::try_from(digits).ok()? {
            return None;
        }
        let value: i64 = parts.whole.parse().ok()?;
        let units = value.checked_mul(1 << suffix.exponent)?;
        let kept = value & 0x07 != 0;
        return Some(Quantity {
            nanos: signed(parts.negative, Amount::from(i128::from(units)).times_ten_to(9)),
            format: suffix.format,
            kept: kept.then(|| text.into()),
            wraps: true,
        });
    }

    if digits > 18 {
        return None;
    }
    let exponent = suffix.exponent.wrapping_sub(i32::try_from(parts.fraction.len()).ok()?);
    if exponent < NANO {
        return None;
    }
    let shifted = [parts.whole, parts.fraction].concat();
    let mut quantity = decimal(parts.negative, &shifted, exponent, suffix.format);
    // `positiveScaleInt64` multiplies by these powers of ten at once and returns what overflowed; by others
    // in a loop that returns 0.
    quantity.wraps = matches!(exponent.saturating_add(3), 1 | 2 | 3 | 6 | 9);
    if exponent % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0') {
        quantity.kept = Some(text.into());
    }
    Some(quantity)
}

/// Parses the rest: rounds away from zero to a nano, caps binary values.
fn parse_slow(parts: &Parts<'_>, suffix: Suffix) -> Result<Quantity, ParseQuantityError> {
    if !parts.value.contains(|letter: char| letter.is_ascii_digit()) {
        return Err(ParseQuantityError::Numeric);
    }
    let shifted = [parts.whole, parts.fraction].concat();
    let decimals = u32::try_from(parts.fraction.len()).map_err(|_| ParseQuantityError::Numeric)?;
    if suffix.format != Format::BinarySi {
        let exponent = suffix.exponent.wrapping_sub_unsigned(decimals);
        let quantity = decimal(parts.negative, &shifted, exponent, suffix.format);
        return Ok(Quantity { wraps: true, ..quantity });
    }

    let scaled = Amount::from(Amount::from_digits(&shifted).to_big() << suffix.exponent);
    let nanos = scaled.times_ten_to(9).divided_away_from_zero(&ten_to(decimals));
    let nanos = nanos.min(Amount::from(i128::from(i64::MAX)).times_ten_to(9));
    // Below one unit the text would have to be rounded: decimals avoid that "and hopefully confusion, too".
    let format = if nanos < ten_to(9) && !nanos.is_zero() { Format::DecimalSi } else { Format::BinarySi };
    Ok(Quantity { wraps: true, ..Quantity::from_nanos(signed(parts.negative, nanos), format) })
}

/// Returns `digits` × 10^`exponent`, rounded away from zero to a nano.
fn decimal(negative: bool, digits: &str, exponent: i32, format: Format) -> Quantity {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Quantity::from_nanos(Amount::ZERO, format);
    }
    let size = i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(exponent.into());
    if size > i64::from(LARGEST_EXPONENT) {
        let bound = Amount::from(BigInt::from(10).pow(LARGEST_EXPONENT)).times_ten_to(9);
        let text = canonical_decimal(negative, digits, exponent.into(), format);
        return Quantity { kept: Some(text.into()), ..Quantity::from_nanos(signed(negative, bound), format) };
    }
    let nanos = match u32::try_from(i64::from(exponent) - i64::from(NANO)) {
        Ok(zeros) => Amount::from_digits(digits).times_ten_to(zeros),
        Err(_) => {
            let finer = usize::try_from(i64::from(NANO) - i64::from(exponent)).unwrap_or(usize::MAX);
            let (nanos, lost) = digits.split_at(digits.len().saturating_sub(finer));
            let round_up = lost.contains(|digit| digit != '0');
            // What is dropped entirely, however small, was not zero: `digits` has no leading zeros.
            Amount::from_digits(if nanos.is_empty() { "0" } else { nanos })
                .plus(&Amount::Small(i128::from(round_up)))
        }
    };
    Quantity::from_nanos(signed(negative, nanos), format)
}

fn signed(negative: bool, amount: Amount) -> Amount {
    if negative { amount.negated() } else { amount }
}
