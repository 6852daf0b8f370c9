//! Writes a quantity in the unit of another, so that a column of a table reads in one unit: that of the limit.

use super::Quantity;
use super::amount::{Amount, ten_to};
use super::suffix::{self, Format};

impl Quantity {
    /// Returns the same value, canonically written in another family of suffixes: `1610612736` in BinarySI is `1536Mi`.
    /// A quota's `used` takes the family of the pod that was summed first; that of `hard` reads better. Nothing is
    /// lost: where the family can't say the value exactly, decimals do.
    pub fn with_format(&self, format: Format) -> Self {
        Self { wraps: self.wraps, ..Self::from_nanos(self.nanos.clone(), format) }
    }

    /// Returns the value in the unit `other` is canonically written in, for people: beside `4Gi`, 1536Mi is `1.5Gi`.
    ///
    /// Cut, not rounded, after `decimals` decimals, at most 9, so that less than a limit never reads as the
    /// limit; what cutting would turn into nothing is `<0.01Gi`. Beside zero, which has no unit, a quantity
    /// keeps its own.
    pub fn in_unit_of(&self, other: &Self, decimals: u8) -> String {
        let measure = if other.is_zero() { self } else { other };
        let canonical = measure.canonical();
        let unit = canonical.trim_start_matches(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let decimals = u32::from(decimals.min(9));
        let (steps, rest) = self.nanos.times_ten_to(decimals).divided_by(&nanos_of(unit));
        let number = |steps: &Amount| steps.times_ten_to(9 - decimals).nanos_in_decimal();
        if steps.is_zero() && !rest.is_zero() {
            let (sign, least) = if self.is_negative() { (">", -1) } else { ("<", 1) };
            return format!("{sign}{}{unit}", number(&Amount::Small(least)));
        }
        format!("{}{unit}", number(&steps))
    }
}

/// Returns one unit of a canonical suffix in nano-units; without a suffix, and beyond exa, one is one.
fn nanos_of(unit: &str) -> Amount {
    match suffix::interpret(unit) {
        Some(unit) if unit.format == Format::BinarySi => Amount::Small(1 << unit.exponent).times_ten_to(9),
        Some(unit) => ten_to(u32::try_from(unit.exponent.saturating_add(9)).unwrap_or(0)),
        None => ten_to(9),
    }
}
