//! Sums and differences, with Go's rule for how they print: in the left one's format, unless it is zero.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use super::amount::{Amount, ten_to};
use super::{Percent, Quantity};

impl Quantity {
    /// Returns the quantity multiplied by `factor` (`Mul`), in the same format: the charge of that many replicas.
    pub fn times(&self, factor: impl Into<i128>) -> Self {
        Self::from_nanos(self.nanos.times(&Amount::from(factor.into())), self.format)
    }

    /// Returns a percentage of the quantity, in the same format; what is finer than a nano is rounded away from zero.
    pub fn percent(&self, percent: Percent) -> Self {
        let share = self.nanos.times(&Amount::from(i128::from(percent.billionths())));
        Self::from_nanos(share.divided_away_from_zero(&ten_to(2 + 9)), self.format)
    }

    /// Returns the least multiple of `step` that is not below the quantity, in the same format; `step` is above zero.
    pub fn up_to_multiple_of(&self, step: &Self) -> Self {
        let times = self.nanos.divided_away_from_zero(&step.nanos);
        Self::from_nanos(times.times(&step.nanos), self.format)
    }

    /// Returns `self − other`, but never below zero: what is free of a limit.
    pub fn saturating_sub(&self, other: &Self) -> Self {
        let difference = self - other;
        if difference.is_negative() { Self::from_nanos(Amount::ZERO, difference.format) } else { difference }
    }

    /// Returns how many whole times `part` goes into this quantity: the replicas that fit into what is free. `None`
    /// where `part` is zero or less, since nothing bounds them then; 0 for a negative quantity.
    pub fn how_many(&self, part: &Self) -> Option<u64> {
        if !part.is_positive() {
            return None;
        }
        if self.is_negative() {
            return Some(0);
        }
        let (times, _) = self.nanos.divided_by(&part.nanos);
        Some(match times {
            Amount::Small(times) => u64::try_from(times).unwrap_or(u64::MAX),
            Amount::Large(_) => u64::MAX,
        })
    }

    /// Returns the left one's format, unless it is zero: then the right one's (`Add` and `Sub` in `quantity.go`).
    fn format_of_result(&self, other: &Self) -> super::Format {
        if self.is_zero() { other.format } else { self.format }
    }
}

impl Add for &Quantity {
    type Output = Quantity;

    fn add(self, other: &Quantity) -> Quantity {
        Quantity::from_nanos(self.nanos.plus(&other.nanos), self.format_of_result(other))
    }
}

impl Sub for &Quantity {
    type Output = Quantity;

    fn sub(self, other: &Quantity) -> Quantity {
        Quantity::from_nanos(self.nanos.minus(&other.nanos), self.format_of_result(other))
    }
}

impl Neg for &Quantity {
    type Output = Quantity;

    fn neg(self) -> Quantity {
        Quantity::from_nanos(self.nanos.negated(), self.format)
    }
}

impl AddAssign<&Self> for Quantity {
    fn add_assign(&mut self, other: &Self) {
        *self = &*self + other;
    }
}

impl SubAssign<&Self> for Quantity {
    fn sub_assign(&mut self, other: &Self) {
        *self = &*self - other;
    }
}

impl<'a> Sum<&'a Self> for Quantity {
    fn sum<I: Iterator<Item = &'a Self>>(quantities: I) -> Self {
        quantities.fold(Self::ZERO, |sum, quantity| &sum + quantity)
    }
}
