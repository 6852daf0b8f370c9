//! The used share of a limit: thresholds and table cells exactly, a float for JSON alone.

use std::cmp::Ordering;

use super::amount::{Amount, UNIT, ten_to};
use super::{Percent, Quantity};

/// Significant digits taken into a ratio before it becomes a float, which has 17.
const RATIO_DIGITS: usize = 25;

/// Returns whether `used` is at least `percent` per cent of `hard`, compared as exact fractions. Never true where
/// `hard` is zero or less: a share of nothing is not a number.
pub fn reaches_percent(used: &Quantity, hard: &Quantity, percent: Percent) -> bool {
    let hundred = ten_to(2 + 9);
    hard.is_positive()
        && used.nanos.times(&hundred) >= hard.nanos.times(&Amount::from(i128::from(percent.billionths())))
}

/// Returns the share of `hard` that is used, in per cent, cut (not rounded) after `decimals` decimals, at most 9:
/// `percent_floor(2, 3, 1)` is `66.6`. It reads 100 only where `hard` is reached. No `%` is appended. `None` where
/// `hard` is zero or less.
pub fn percent_floor(used: &Quantity, hard: &Quantity, decimals: u8) -> Option<String> {
    if !hard.is_positive() {
        return None;
    }
    let decimals = u32::from(decimals.min(9));
    let (share, _) = used.nanos.times_ten_to(2 + decimals).divided_by(&hard.nanos);
    Some(share.times_ten_to(9 - decimals).nanos_in_decimal())
}

/// Returns the share of `hard` that is used as a table cell shows it.
///
/// One rule: the percentage cut to whole per cent, so that `100%` means reached and 99.999 per cent
/// reads `99%`. What cutting would hide is said: above 0 but below 1 is `<1%`, above 100 but below 101 is
/// `>100%`. `None` where `hard` is zero or less.
pub fn percent_cell(used: &Quantity, hard: &Quantity) -> Option<String> {
    if !hard.is_positive() {
        return None;
    }
    let (share, _) = used.nanos.times_ten_to(2).divided_by(&hard.nanos);
    Some(match share.to_i64() {
        Some(0) if used.is_positive() => "<1%".to_owned(),
        Some(100) if used > hard => ">100%".to_owned(),
        _ => format!("{share}%"),
    })
}

/// Returns the share of `hard` that is used as a float, 1 being all of it; `None` where `hard` is zero or less.
///
/// For JSON, whose numbers are floats: decide by [`reaches_percent`]. It is on the same side of 1 as the
/// exact share, and always finite.
pub fn ratio(used: &Quantity, hard: &Quantity) -> Option<f64> {
    if !hard.is_positive() {
        return None;
    }
    let float = match quotient(&used.nanos, &hard.nanos) {
        Some(float) => float,
        None => by_digits(&used.nanos, &hard.nanos)?.clamp(f64::MIN, f64::MAX),
    };
    Some(match used.cmp(hard) {
        Ordering::Less => float.min(1.0_f64.next_down()),
        Ordering::Equal => 1.0,
        Ordering::Greater => float.max(1.0_f64.next_up()),
    })
}

/// Returns the quotient of what a float holds exactly, in nano-units or whole ones: then the division alone rounds.
fn quotient(used: &Amount, hard: &Amount) -> Option<f64> {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    let (Amount::Small(used), Amount::Small(hard)) = (used, hard) else { return None };
    let whole = used % UNIT == 0 && hard % UNIT == 0;
    let float = |nanos: i128| {
        let number = i64::try_from(if whole { nanos / UNIT } else { nanos }).ok()?;
        #[expect(clippy::cast_precision_loss, reason = "it is exact")]
        (number.unsigned_abs() <= EXACT).then_some(number as f64)
    };
    Some(float(*used)? / float(*hard)?)
}

/// Returns the quotient by way of decimal digits, more of them than a float has.
fn by_digits(used: &Amount, hard: &Amount) -> Option<f64> {
    let digits = |amount: &Amount| amount.to_string().len();
    let scale = (digits(hard) + RATIO_DIGITS).saturating_sub(digits(used));
    let (share, rest) = used.times_ten_to(u32::try_from(scale).unwrap_or(u32::MAX)).divided_by(hard);
    // A last digit stands for all that was cut off, so that halves round the right way.
    let sticky = if rest.is_zero() { "0" } else { "1" };
    format!("{share}{sticky}e-{}", scale + 1).parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_divide_alike(
            used in -(1i128 << 54)..1 << 54,
            hard in 1i128..1 << 54,
            scale in prop::sample::select(vec![1i128, 1_000_000, 1_000_000_000]),
        ) {
            let (used, hard) = (Amount::Small(used * scale), Amount::Small(hard * scale));
            if let Some(quotient) = quotient(&used, &hard) {
                prop_assert_eq!(Some(quotient), by_digits(&used, &hard));
            }
        }

        #[test]
        fn amounts_as_people_write_them_take_the_short_way(used in 0i128..100_000, hard in 1i128..100_000) {
            let gibibytes = |count: i128| Amount::Small((count << 30) * 1_000_000_000);
            prop_assert_eq!(quotient(&gibibytes(used), &gibibytes(hard)), by_digits(&gibibytes(used), &gibibytes(hard)));
            let millicores = |count: i128| Amount::Small(count * 1_000_000);
            prop_assert!(quotient(&millicores(used), &millicores(hard)).is_some());
        }
    }
}
