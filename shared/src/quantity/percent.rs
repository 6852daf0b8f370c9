//! An exact percentage, for thresholds: `80`, `82.5%`.

use std::fmt;
use std::str::FromStr;

use super::amount::Amount;

/// Billionths in one per cent.
const ONE: u64 = 1_000_000_000;

/// A percentage from 0 up, exact to nine decimals. Compared with shares by
/// [`reaches_percent`](super::reaches_percent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    billionths: u64,
}

impl Percent {
    /// Returns a whole number of per cent.
    pub const fn new(percent: u32) -> Self {
        Self { billionths: percent as u64 * ONE }
    }

    /// Returns the percentage times 10^9.
    pub(super) fn billionths(self) -> u64 {
        self.billionths
    }
}

/// The error for a text that is not a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePercentError;

impl fmt::Display for ParsePercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a percentage is a number such as 80 or 82.5, with at most 9 decimals and no sign")
    }
}

impl std::error::Error for ParsePercentError {}

impl FromStr for Percent {
    type Err = ParsePercentError;

    /// Reads digits with at most nine decimals, and a `%` after them if so wished.
    fn from_str(text: &str) -> Result<Self, ParsePercentError> {
        let number = text.strip_suffix('%').unwrap_or(text);
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 9 {
            return Err(ParsePercentError);
        }
        let whole: u32 = whole.parse().map_err(|_| ParsePercentError)?;
        let decimals: u64 = format!("{decimals:0<9}").parse().map_err(|_| ParsePercentError)?;
        Ok(Self { billionths: u64::from(whole) * ONE + decimals })
    }
}

impl fmt::Display for Percent {
    /// Writes the number without `%`: `80`, `82.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Amount::from(i128::from(self.billionths)).nanos_in_decimal())
    }
}
