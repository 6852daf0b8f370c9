//! Whole numbers out of quantities.

use super::super::{Format, Quantity};
use super::{q, scaled};

/// `TestQuantityRoundUp`: text, power of ten, result as a decimal.
#[test]
fn rounds_away_from_zero() {
    let table = [
        ("9.01", -3, "9.01"),
        ("9.01", -2, "9.01"),
        ("9.01", -1, "9.1"),
        ("9.01", 0, "10"),
        ("9.01", 1, "10"),
        ("9.01", 2, "100"),
        ("-9.01", -3, "-9.01"),
        ("-9.01", -2, "-9.01"),
        ("-9.01", -1, "-9.1"),
        ("-9.01", 0, "-10"),
        ("-9.01", 1, "-10"),
        ("-9.01", 2, "-100"),
        ("1n", -9, "0.000000001"),
        ("1n", -128, "0.000000001"),
        ("1n", 20, "100000000000000000000"),
        ("0", 2, "0"),
    ];
    for (text, exponent, expected) in table {
        assert_eq!(q(text).round_up(exponent).exact_decimal(), expected, "{text} to 10^{exponent}");
    }
}

/// A claim for 1500m bytes is charged 2; one that is exact keeps its text.
#[test]
fn rounds_the_text_too_only_where_it_rounds() {
    assert_eq!(q("1500m").round_up(0).text(), "2");
    assert_eq!(q("1.1Gi").round_up(0).text(), "1181116007");
    assert_eq!(q("+2").round_up(0).text(), "+2");
}

/// `TestScaledValue` at the two scales on offer, `TestNewScaledSet`, and `Value` of larger quantities.
#[test]
fn counts_units_and_thousandths() {
    let table = [
        (-9, Some(1), Some(1)),
        (-6, Some(1), Some(1)),
        (-3, Some(1), Some(1)),
        (0, Some(1), Some(1000)),
        (2, Some(100), Some(100_000)),
        (15, Some(10_i64.pow(15)), Some(10_i64.pow(18))),
        (18, Some(10_i64.pow(18)), None),
        (19, None, None),
    ];
    for (exponent, value, milli) in table {
        let quantity = scaled(1, exponent, Format::DecimalSi);
        assert_eq!(quantity.value_ceil(), value, "10^{exponent}");
        assert_eq!(quantity.milli_value_ceil(), milli, "10^{exponent}");
        assert_eq!((-&quantity).value_ceil(), value.map(|value| -value), "-10^{exponent}");
    }
    assert_eq!(q("2500m").value_ceil(), Some(3));
    assert_eq!(q("1.0001").milli_value_ceil(), Some(1001));
    assert_eq!(q("9Ei").value_ceil(), Some(i64::MAX));
    assert_eq!(q("9223372036854775808").value_ceil(), None);
    assert_eq!(q("-9223372036854775808").value_ceil(), Some(i64::MIN));
    assert_eq!(Quantity::ZERO.milli_value_ceil(), Some(0));
}

/// The server's test for whole numbers sees thousandths, rounded up.
#[test]
fn takes_for_whole_what_the_server_does() {
    for text in ["0", "1", "1000m", "1.9999", "-3", "2Ki", "1e30", "33056248952314T", "9223372036854775808"] {
        assert!(q(text).is_integer_to_the_server(), "{text}");
    }
    for text in ["1.5", "1m", "1n", "1.0001", "-1.5", "9999999999999999999", "33056248952314k", "7.5Ei"] {
        assert!(!q(text).is_integer_to_the_server(), "{text}");
    }
}

/// Nothing finer than a thousandth survives the API server; seen on one.
#[test]
fn is_stored_in_thousandths() {
    let table = [
        ("16n", "1m"),
        ("6916010801782340534399u", "6916010801782340535m"),
        ("1.500", "1.500"),
        ("1.500001", "1501m"),
        ("-1u", "-1m"),
        ("1.00000001Ki", "1024001m"),
        ("1.5e-5", "1e-3"),
        ("010Mi", "010Mi"),
    ];
    for (text, expected) in table {
        assert_eq!(q(text).as_stored().text(), expected, "{text}");
    }
}
