//! Sums and differences, with Go's rule for how they print: in the left one's format, unless it is zero.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use super::Quantity;
use super::amount::Amount;

impl Quantity {
    /// The quantity `factor` times over (`Mul`), in the same format: the charge of so many replicas.
    pub fn times(&self, factor: impl Into<i128>) -> Self {
        Self::from_nanos(self.nanos.times(&Amount::from(factor.into())), self.format)
    }

    /// `self − other`, but never below zero: what is free of a limit.
    pub fn saturating_sub(&self, other: &Self) -> Self {
        let difference = self - other;
        if difference.is_negative() { Self::from_nanos(Amount::ZERO, difference.format) } else { difference }
    }

    /// How many whole times `part` goes into this quantity: the replicas that fit into what is free.
    /// `None` where `part` is zero or less, since nothing bounds them then; 0 for a negative quantity.
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

    /// The left one's format, unless it is zero: then the right one's (`Add` and `Sub` in `quantity.go`).
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
