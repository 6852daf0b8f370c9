//! Exact Kubernetes quantities: what `apimachinery/pkg/api/resource` reads, keeps, prints and computes.
//!
//! A [`Quantity`] is a whole number of nano-units, a [`Format`] it is printed in, and, where the API server
//! keeps what was typed, that text. Nothing here is ever a float, save [`ratio`] for JSON.
//!
//! ```
//! use shared::quantity::Quantity;
//!
//! let used = Quantity::parse("512Mi")?;
//! let hard = Quantity::parse("1.5Gi")?;
//! assert_eq!(hard.to_string(), "1536Mi");
//! assert_eq!((&hard - &used).to_string(), "1Gi");
//! assert_eq!(hard.exact_decimal(), "1610612736");
//! # Ok::<(), shared::quantity::ParseQuantityError>(())
//! ```

mod amount;
mod arithmetic;
mod canonical;
mod json;
mod parse;
mod percent;
mod rounding;
mod share;
mod suffix;
#[cfg(test)]
mod tests;
mod unit;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use amount::Amount;
pub use parse::ParseQuantityError;
pub use percent::{ParsePercentError, Percent};
pub use share::{percent_cell, percent_floor, ratio, reaches_percent};
use smol_str::SmolStr;
pub use suffix::Format;

/// An exact number as Kubernetes writes it: `500m`, `1.5Gi`, `2e3`.
///
/// Two quantities are equal, ordered and hashed by value alone: `1Gi` equals `1024Mi`. How they read
/// ([`Quantity::text`]) is kept apart.
///
/// Values beyond 10^10000 are held at that bound (the API server would work for minutes or die on
/// exponents such as `1e2000000000`); their text stays what the server keeps.
#[derive(Clone, Debug, Default)]
pub struct Quantity {
    /// The value in nano-units, the finest a quantity can be.
    nanos: Amount,
    format: Format,
    /// What is printed, where that is not the canonical form of `nanos`.
    kept: Option<SmolStr>,
    /// Whether Go's `MilliValue` of what was read wraps where it overflows, instead of answering 0.
    wraps: bool,
}

impl Quantity {
    /// Nothing, printed as `0`; the first addend gives it a format.
    pub const ZERO: Self = Self { nanos: Amount::ZERO, format: Format::DecimalSi, kept: None, wraps: false };

    /// Returns `value` whole units (pieces, cores, bytes), printed in `format`.
    pub fn from_integer(value: impl Into<i128>, format: Format) -> Self {
        Self::from_nanos(Amount::from(value.into()).times_ten_to(9), format)
    }

    /// Returns `value` thousandths of a unit (millicores), printed in `format`.
    pub fn from_milli(value: impl Into<i128>, format: Format) -> Self {
        Self::from_nanos(Amount::from(value.into()).times_ten_to(6), format)
    }

    fn from_nanos(nanos: Amount, format: Format) -> Self {
        Self { nanos, format, kept: None, wraps: false }
    }

    /// Reads a quantity as `resource.ParseQuantity` does, its oddities included: no surrounding space is
    /// allowed, `1E` is an exa and `1E3` an exponent, what is finer than a nano is rounded away from zero,
    /// and a binary value that leaves the fast path is capped at 2^63−1.
    ///
    /// # Errors
    /// The sentence apimachinery answers with, see [`ParseQuantityError`].
    pub fn parse(text: &str) -> Result<Self, ParseQuantityError> {
        parse::parse(text)
    }

    /// Returns what the API server stores and prints for this quantity: the text as typed where `ParseQuantity` takes
    /// it for canonical (`01`, `+1`, `5.`, `1.500` survive), else the canonical form.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.kept {
            Some(kept) => Cow::Borrowed(kept),
            None => Cow::Owned(self.canonical()),
        }
    }

    /// Returns the canonical form of the value in its format: no fraction, the largest suffix that is exact.
    ///
    /// This is `Quantity.CanonicalizeBytes`, with its defect: a value that takes a suffix beyond `E` or
    /// `Ei` loses it, `1000E` prints `1`, and that is what the API server stores.
    /// [`Quantity::exact_decimal`] always tells the value.
    pub fn canonical(&self) -> String {
        let mut text = String::with_capacity(16);
        canonical::write(&mut text, &self.nanos, self.format).expect("writing to a String can't fail");
        text
    }

    /// Returns the value as a plain decimal: `1.5`, `4294967296`, `0.0000001`; no exponent, no trailing zeros.
    pub fn exact_decimal(&self) -> String {
        self.nanos.nanos_in_decimal()
    }

    /// Returns the same value in the family of suffixes of another, so that one line of a table reads in one unit. The
    /// text stays as the server keeps it where the families are the same. A value that no suffix can tell is written with
    /// an exponent.
    pub fn in_format_of(&self, other: &Self) -> Self {
        let converted = match self.format == other.format {
            true => self.clone(),
            false => Self::from_nanos(self.nanos.clone(), other.format),
        };
        match converted.reads_as_another() {
            true => Self::from_nanos(self.nanos.clone(), Format::DecimalExponent),
            false => converted,
        }
    }

    /// Returns whether the text stands for another value, by the defect of [`Quantity::canonical`].
    pub fn reads_as_another(&self) -> bool {
        // A thousand exa, in nano-units: all that is less has a suffix.
        const SUFFIXED: u128 = 10_u128.pow(30);
        let has_suffix = matches!(self.nanos, Amount::Small(nanos) if nanos.unsigned_abs() < SUFFIXED);
        !has_suffix && Self::parse(&self.text()).as_ref() != Ok(self)
    }

    /// Returns the family of suffixes this quantity is printed in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns whether the value is exactly zero.
    pub fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// Returns whether the value is below zero.
    pub fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    /// Returns whether the value is above zero.
    pub fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    /// Compares the value to zero.
    pub fn sign(&self) -> Ordering {
        self.nanos.sign()
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kept {
            _ if f.width().is_some() || f.precision().is_some() => f.pad(&self.text()),
            Some(kept) => f.write_str(kept),
            None => canonical::write(f, &self.nanos, self.format),
        }
    }
}

impl FromStr for Quantity {
    type Err = ParseQuantityError;

    fn from_str(text: &str) -> Result<Self, ParseQuantityError> {
        Self::parse(text)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nanos.hash(state);
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl From<&Quantity> for k8s_openapi::apimachinery::pkg::api::resource::Quantity {
    /// Returns the text that the API server would store, for objects that are written to it.
    fn from(quantity: &Quantity) -> Self {
        Self(quantity.text().into_owned())
    }
}
