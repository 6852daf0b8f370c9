//! Whole numbers out of quantities, rounded away from zero (`Value`, `MilliValue`, `RoundUp`).

use super::Quantity;
use super::amount::{Amount, ten_to};

impl Quantity {
    /// The value in whole units, rounded away from zero: Go's `Value()`.
    ///
    /// `None` where it exceeds an `int64`; Go answers with 0 or a wrapped number there.
    pub fn value_ceil(&self) -> Option<i64> {
        self.in_steps_of(0).to_i64()
    }

    /// The value in thousandths of a unit, rounded away from zero: Go's `MilliValue()`.
    ///
    /// `None` where it exceeds an `int64`; Go answers with 0 or a wrapped number there.
    pub fn milli_value_ceil(&self) -> Option<i64> {
        self.in_steps_of(-3).to_i64()
    }

    /// Whether this counts as a whole number for the API server, which looks at thousandths only
    /// (`ValidateResourceQuantityValue` asks `MilliValue() % 1000`): `1.9999` does, since its thousandths
    /// round up to 2000.
    pub fn is_integer_to_the_server(&self) -> bool {
        self.in_steps_of(-3).divided_by(&ten_to(3)).1.is_zero()
    }

    /// The quantity rounded away from zero to a multiple of 10^`exponent` units: Go's `RoundUp`.
    /// Claims are charged so: 1500m bytes are 2. What is exact already stays as it is, its text too.
    pub fn round_up(&self, exponent: i8) -> Self {
        if exponent <= -9 {
            return self.clone();
        }
        let rounded = self.in_steps_of(exponent).times(&step(exponent));
        if rounded == self.nanos { self.clone() } else { Self::from_nanos(rounded, self.format) }
    }

    /// How many steps of 10^`exponent` units, rounded away from zero. `exponent` is above −9.
    fn in_steps_of(&self, exponent: i8) -> Amount {
        self.nanos.divided_away_from_zero(&step(exponent))
    }
}

/// 10^`exponent` units, in nano-units.
fn step(exponent: i8) -> Amount {
    ten_to(u32::try_from(i32::from(exponent) + 9).unwrap_or(0))
}
