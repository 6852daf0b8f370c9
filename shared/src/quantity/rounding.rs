//! Rounds quantities to whole numbers, rounded away from zero (`Value`, `MilliValue`, `RoundUp`).

use super::Quantity;
use super::amount::{Amount, ten_to};

impl Quantity {
    /// The largest value in whole units whose thousandths an `int64` holds: Go's `MaxMilliValue`. Up to it the API
    /// server compares amounts in thousandths.
    pub const MAX_MILLI_VALUE: i64 = i64::MAX / 1000;

    /// Returns the value in whole units, rounded away from zero: Go's `Value()`.
    ///
    /// `None` where it exceeds an `int64`; Go answers with 0 or a wrapped number there.
    pub fn value_ceil(&self) -> Option<i64> {
        self.in_steps_of(0).to_i64()
    }

    /// Returns the value in thousandths of a unit, rounded away from zero: Go's `MilliValue()`.
    ///
    /// `None` where it exceeds an `int64`; Go answers with 0 or a wrapped number there.
    pub fn milli_value_ceil(&self) -> Option<i64> {
        self.in_steps_of(-3).to_i64()
    }

    /// Returns whether the API server takes this, as it was read, for the whole number that counts (`pods`, `count/…`)
    /// must be.
    ///
    /// `ValidateResourceQuantityValue` asks `MilliValue() % 1000`. So `1.9999` is whole, since its thousandths
    /// round up to 2000; and beyond 2^63 thousandths Go's overflow decides: `1e30` is whole,
    /// `9999999999999999999` is not.
    pub fn is_integer_to_the_server(&self) -> bool {
        let milli = self.in_steps_of(-3);
        match milli.to_i64() {
            Some(milli) => milli % 1000 == 0,
            None => !self.wraps || milli.lowest_64_bits() % 1000 == 0,
        }
    }

    /// Returns the quantity rounded away from zero to a multiple of 10^`exponent` units: Go's `RoundUp`. Claims are
    /// charged so: 1500m bytes are 2. What is exact already stays as it is, its text too.
    pub fn round_up(&self, exponent: i8) -> Self {
        if exponent <= -9 {
            return self.clone();
        }
        let rounded = self.in_steps_of(exponent).times(&step(exponent));
        if rounded == self.nanos {
            return self.clone();
        }
        Self { wraps: self.wraps, ..Self::from_nanos(rounded, self.format) }
    }

    /// Returns the quantity as the API server holds it in a `ResourceList` (requests and limits of containers and pods,
    /// `hard` and `used` of quotas, capacities): rounded away from zero to thousandths, so that `16n` of a quota is
    /// stored and charged as `1m` (`SetDefaults_ResourceList` in `pkg/apis/core/v1/defaults.go`).
    ///
    /// What was read from a server is so already; what was typed into a manifest is not.
    pub fn as_stored(&self) -> Self {
        self.round_up(-3)
    }

    /// Returns how many steps of 10^`exponent` units, rounded away from zero. `exponent` is above −9.
    fn in_steps_of(&self, exponent: i8) -> Amount {
        self.nanos.divided_away_from_zero(&step(exponent))
    }
}

/// Returns 10^`exponent` units, in nano-units.
fn step(exponent: i8) -> Amount {
    ten_to(u32::try_from(i32::from(exponent) + 9).unwrap_or(0))
}
