//! Sums, differences, products and comparisons, with the format their results are written in.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::{Format, Percent, Quantity};
use super::{q, scaled};
use Format::{BinarySi, DecimalSi};

/// `TestQuantityCmp` and the rows of `TestQuantityCmpInt64AndDec` that no finer than a nano.
#[test]
fn compares_by_value() {
    let max = i128::from(i64::MAX);
    let min = i128::from(i64::MIN);
    let dec = |unscaled, exponent| scaled(unscaled, exponent, DecimalSi);
    let table = [
        (q("0"), q("0"), Ordering::Equal),
        (q("100m"), q("50m"), Ordering::Greater),
        (q("10000T"), q("100Gi"), Ordering::Greater),
        (q("1Gi"), q("1024Mi"), Ordering::Equal),
        (q("1e3"), q("1k"), Ordering::Equal),
        (dec(0, 0), dec(10, 0), Ordering::Less),
        (dec(0, 0), dec(-10, 0), Ordering::Greater),
        (dec(901, -2), dec(901, -2), Ordering::Equal),
        (dec(90, -1), dec(901, -2), Ordering::Less),
        (dec(901, -2), dec(900, -2), Ordering::Greater),
        (dec(0, 1), dec(0, -1), Ordering::Equal),
        (dec(800, -3), dec(1, 0), Ordering::Less),
        (dec(800, -3), dec(79, -2), Ordering::Greater),
        (dec(max, 0), dec(1, -1), Ordering::Greater),
        (dec(max, 1), dec(1, 0), Ordering::Greater),
        (dec(max, 1), dec(1, 1), Ordering::Greater),
        (dec(max, 1), dec(0, 1), Ordering::Greater),
        (dec(min, 0), dec(0, 0), Ordering::Less),
        // Beyond 128 bits on one side and on both.
        (q("1e40"), q("9Ei"), Ordering::Greater),
        (q("-1e40"), q("-9Ei"), Ordering::Less),
        (q("1e40"), q("1e41"), Ordering::Less),
        (q("1e40"), q("10e39"), Ordering::Equal),
        (q("-1e40"), q("1e40"), Ordering::Less),
    ];
    for (left, right, expected) in table {
        assert_eq!(left.cmp(&right), expected, "{left} {right}");
        assert_eq!(right.cmp(&left), expected.reverse(), "{right} {left}");
    }
    assert_eq!(HashSet::from([q("1Gi"), q("1024Mi"), q("1073741824"), q("1G")]).len(), 2);
    assert_eq!(q("1.500").min(q("2")).text(), "1.500");
}

#[test]
fn knows_signs() {
    assert!(q("0Mi").is_zero() && !q("0").is_positive() && !q("-0").is_negative());
    assert!(q("1n").is_positive() && !q("1n").is_zero());
    assert!(q("-1n").is_negative() && q("-1e50").is_negative() && q("1e50").is_positive());
}

/// `TestAdd`, `TestSub`, `TestQuantityAddZeroPreservesSuffix`, `TestQuantitySubZeroPreservesSuffix`.
#[test]
fn adds_and_subtracts_in_the_left_ones_format_unless_it_is_zero() {
    let table = [
        ("10", "10", "20", "0"),
        ("10", "1Ki", "1034", "-1014"),
        ("1Ki", "1", "1025", "1023"),
        ("0", "50", "50", "-50"),
        ("50", "0", "50", "50"),
        ("0", "0", "0", "0"),
        ("100m", "0", "100m", "100m"),
        ("0", "100m", "100m", "-100m"),
        ("1Gi", "0", "1Gi", "1Gi"),
        ("0", "1Gi", "1Gi", "-1Gi"),
        ("0Ki", "2e3", "2e3", "-2e3"),
        ("2e3", "1Ki", "3024", "976"),
        ("1k", "1Ki", "2024", "-24"),
        ("512Mi", "500M", "1036870912", "36870912"),
        ("1.500", "0", "1500m", "1500m"),
        ("1Gi", "500m", "1073741824500m", "1073741823500m"),
        (
            "170141183460469231731687303715",
            "1",
            "170141183460469231731687303716",
            "170141183460469231731687303714",
        ),
    ];
    for (left, right, sum, difference) in table {
        let (left, right) = (q(left), q(right));
        assert_eq!((&left + &right).text(), sum, "{left} + {right}");
        assert_eq!((&left - &right).text(), difference, "{left} - {right}");
        let (mut added, mut subtracted) = (left.clone(), left.clone());
        added += &right;
        subtracted -= &right;
        assert_eq!((added.text(), subtracted.text()), (sum.into(), difference.into()));
    }
    assert_eq!([q("0"), q("512Mi"), q("1G")].iter().sum::<Quantity>().format(), BinarySi);
    assert_eq!([].iter().sum::<Quantity>().text(), "0");
}

/// `TestQuantityNeg`, `TestNeg`.
#[test]
fn negates() {
    let quantity = q("9.01");
    assert_eq!((-&quantity).text(), "-9010m");
    assert_eq!(quantity.text(), "9010m");
    assert_eq!((-&q("0")).text(), "0");
    assert_eq!((-&q("-10Ki")).text(), "10Ki");
    assert_eq!(-&-&q("1e50"), q("1e50"));
}

/// `TestMul`: its products that overflow an `int64` are exact here as there.
#[test]
fn multiplies() {
    let max = i128::from(i64::MAX);
    let min = i128::from(i64::MIN);
    let table = [
        (10, 10, 100),
        (10, 1, 10),
        (0, 50, 0),
        (50, 0, 0),
        (10, -10, -100),
        (-10, 1, -10),
        (-50, -50, 2500),
        (max, 0, 0),
        (max, -1, -max),
        (max, 2, 2 * max),
        (max, 10, 10 * max),
        (min, -1, -min),
        (min, 10, 10 * min),
        (min, -10, -10 * min),
    ];
    for (value, factor, expected) in table {
        let product = Quantity::from_integer(value, BinarySi).times(factor);
        assert_eq!(product, Quantity::from_integer(expected, BinarySi), "{value} × {factor}");
        assert_eq!(product.format(), BinarySi);
    }
    assert_eq!(q("250m").times(4).text(), "1");
    assert_eq!(q("1e20").times(u64::MAX).exact_decimal(), "1844674407370955161500000000000000000000");
}

#[test]
fn leaves_no_less_than_nothing() {
    assert_eq!(q("10Gi").saturating_sub(&q("4Gi")).text(), "6Gi");
    assert_eq!(q("5").saturating_sub(&q("5")).text(), "0");
    assert_eq!(q("5").saturating_sub(&q("10")).text(), "0");
    assert_eq!(q("0").saturating_sub(&q("1Gi")).format(), BinarySi);
}

#[test]
fn says_how_many_fit() {
    assert_eq!(q("3").how_many(&q("700m")), Some(4));
    assert_eq!(q("2800m").how_many(&q("700m")), Some(4));
    assert_eq!(q("2799999999n").how_many(&q("700m")), Some(3));
    assert_eq!(q("0").how_many(&q("1")), Some(0));
    assert_eq!(q("-7").how_many(&q("1")), Some(0));
    assert_eq!(q("1").how_many(&q("0")), None);
    assert_eq!(q("1").how_many(&q("-1")), None);
    assert_eq!(q("1e60").how_many(&q("1")), Some(u64::MAX));
    assert_eq!(q("1e60").how_many(&q("1e59")), Some(10));
}

#[test]
fn shares_and_multiples_round_up() {
    let percent = |text: &str, percent: u32| q(text).percent(Percent::new(percent)).to_string();
    assert_eq!(percent("1500m", 20), "300m");
    assert_eq!(percent("1n", 50), "1n");
    assert_eq!(percent("10Gi", 20), "2Gi");
    let multiple = |text: &str, step: &str| q(text).up_to_multiple_of(&q(step)).to_string();
    assert_eq!(multiple("1510m", "50m"), "1550m");
    assert_eq!(multiple("1500m", "50m"), "1500m");
    assert_eq!(multiple("65Mi", "64Mi"), "128Mi");
    assert_eq!(multiple("0", "1"), "0");
}
