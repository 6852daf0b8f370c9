//! The vectors of apimachinery's `quantity_test.go` (v0.36.3), and laws that hold for any quantity.

mod amounts;
mod documents;
mod laws;
mod operations;
mod reading;
mod rounding;
mod shares;
mod unit;
mod writing;

use super::{Format, Quantity};

/// A quantity that is known to parse.
fn q(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

/// `unscaled` × 10^`exponent` in `format`, computed without the parser; from 10^-9 up.
fn scaled(unscaled: i128, exponent: i32, format: Format) -> Quantity {
    let nanos = super::amount::Amount::from(unscaled).times_ten_to(u32::try_from(exponent + 9).unwrap());
    Quantity::from_nanos(nanos, format)
}
