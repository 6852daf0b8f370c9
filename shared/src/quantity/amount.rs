//! Whole numbers without a bound: `i128` while they fit, which is always in practice, `BigInt` beyond.

use std::cmp::Ordering;

use num_bigint::BigInt;

/// Nano-units of a unit.
pub(super) const UNIT: i128 = 1_000_000_000;

/// Decimals of a nano-unit.
const DECIMALS: usize = 9;

/// A whole number. Held small whenever it fits, so that equality of the parts is equality of the value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Amount {
    Small(i128),
    Large(Box<BigInt>),
}

impl Amount {
    pub(super) const ZERO: Self = Self::Small(0);

    /// Reads decimal digits; leading zeros are fine, no digits at all are zero.
    pub(super) fn from_digits(digits: &str) -> Self {
        match digits.parse::<i128>() {
            Ok(small) => Self::Small(small),
            Err(_) => Self::from(BigInt::parse_bytes(digits.as_bytes(), 10).unwrap_or_default()),
        }
    }

    /// Writes nano-units as units: no exponent, no trailing zeros, `0` before the point.
    pub(super) fn nanos_in_decimal(&self) -> String {
        let digits = self.to_string();
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

    pub(super) fn to_big(&self) -> BigInt {
        match self {
            Self::Small(small) => BigInt::from(*small),
            Self::Large(large) => (**large).clone(),
        }
    }

    pub(super) fn sign(&self) -> Ordering {
        match self {
            Self::Small(small) => small.cmp(&0),
            Self::Large(large) => large.as_ref().cmp(&BigInt::ZERO),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        self.combine(other, i128::checked_add, |left, right| left + right)
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        self.combine(other, i128::checked_sub, |left, right| left - right)
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        self.combine(other, i128::checked_mul, |left, right| left * right)
    }

    pub(super) fn negated(&self) -> Self {
        Self::ZERO.minus(self)
    }

    /// Returns the same number with `zeros` zeros appended.
    pub(super) fn times_ten_to(&self, zeros: u32) -> Self {
        self.times(&ten_to(zeros))
    }

    /// Returns the quotient, rounded towards zero, and remainder with the dividend's sign. `divisor` is not zero.
    pub(super) fn divided_by(&self, divisor: &Self) -> (Self, Self) {
        if let (Self::Small(left), Self::Small(right)) = (self, divisor)
            && let (Some(quotient), Some(remainder)) = (left.checked_div(*right), left.checked_rem(*right))
        {
            return (Self::Small(quotient), Self::Small(remainder));
        }
        let (left, right) = (self.to_big(), divisor.to_big());
        let quotient = &left / &right;
        let remainder = left - &quotient * right;
        (Self::from(quotient), Self::from(remainder))
    }

    /// Returns the quotient, rounded away from zero. `divisor` is above zero.
    pub(super) fn divided_away_from_zero(&self, divisor: &Self) -> Self {
        let (quotient, remainder) = self.divided_by(divisor);
        match remainder.sign() {
            Ordering::Equal => quotient,
            Ordering::Greater => quotient.plus(&Self::Small(1)),
            Ordering::Less => quotient.minus(&Self::Small(1)),
        }
    }

    /// Takes out all factors of 1024: what remains, and how many there were. The number is not zero.
    pub(super) fn without_factors_of_1024(&self) -> (Self, u64) {
        match self {
            Self::Small(small) => {
                let times = small.trailing_zeros() / 10;
                (Self::Small(small >> (10 * times)), u64::from(times))
            }
            Self::Large(large) => {
                let times = large.trailing_zeros().unwrap_or(0) / 10;
                (Self::from(large.as_ref() >> (10 * times)), times)
            }
        }
    }

    pub(super) fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Small(small) => i64::try_from(*small).ok(),
            Self::Large(_) => None,
        }
    }

    /// Returns the lowest 64 bits as a signed number, which is what Go's `big.Int.Int64` yields on overflow.
    pub(super) fn lowest_64_bits(&self) -> i64 {
        let small = match self {
            Self::Small(small) => *small,
            Self::Large(large) => {
                let bits = large.as_ref() & BigInt::from(u64::MAX);
                i128::try_from(bits).unwrap_or(0)
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "the overflow of Go is the point")]
        {
            small as i64
        }
    }

    fn combine(
        &self,
        other: &Self,
        small: impl Fn(i128, i128) -> Option<i128>,
        large: impl Fn(BigInt, BigInt) -> BigInt,
    ) -> Self {
        if let (Self::Small(left), Self::Small(right)) = (self, other)
            && let Some(result) = small(*left, *right)
        {
            return Self::Small(result);
        }
        Self::from(large(self.to_big(), other.to_big()))
    }
}

/// Returns 10^`exponent`.
pub(super) fn ten_to(exponent: u32) -> Amount {
    match 10_i128.checked_pow(exponent) {
        Some(small) => Amount::Small(small),
        None => Amount::from(BigInt::from(10).pow(exponent)),
    }
}

impl Default for Amount {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i128> for Amount {
    fn from(small: i128) -> Self {
        Self::Small(small)
    }
}

impl From<BigInt> for Amount {
    fn from(large: BigInt) -> Self {
        match i128::try_from(&large) {
            Ok(small) => Self::Small(small),
            Err(_) => Self::Large(Box::new(large)),
        }
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(left), Self::Small(right)) => left.cmp(right),
            (Self::Large(left), Self::Large(right)) => left.cmp(right),
            // A large number lies beyond every small one, on the side its sign says.
            (Self::Large(_), Self::Small(_)) => self.sign(),
            (Self::Small(_), Self::Large(_)) => other.sign().reverse(),
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Small(small) => small.fmt(f),
            Self::Large(large) => large.fmt(f),
        }
    }
}
