//! What a text means, which texts are none, and which the server keeps as typed.

use super::super::parse::{Parts, split};
use super::super::{Format, ParseQuantityError, Quantity};
use super::{q, scaled};
use Format::{BinarySi, DecimalExponent, DecimalSi};

const KI: i128 = 1024;
const MAX: i128 = i64::MAX as i128;

/// `TestQuantityParse`: text, and the value as unscaled × 10^exponent, and the format.
const VALUES: &[(&str, i128, i32, Format)] = &[
    ("0", 0, 0, DecimalSi),
    ("0n", 0, 0, DecimalSi),
    ("0u", 0, 0, DecimalSi),
    ("0m", 0, 0, DecimalSi),
    ("0Ki", 0, 0, BinarySi),
    ("0k", 0, 0, DecimalSi),
    ("0Mi", 0, 0, BinarySi),
    ("0M", 0, 0, DecimalSi),
    ("0Gi", 0, 0, BinarySi),
    ("0G", 0, 0, DecimalSi),
    ("0Ti", 0, 0, BinarySi),
    ("0T", 0, 0, DecimalSi),
    ("1", 1, 0, DecimalSi),
    // Binary suffixes.
    ("1Ki", KI, 0, BinarySi),
    ("8Ki", 8 * KI, 0, BinarySi),
    ("7Mi", 7 * KI.pow(2), 0, BinarySi),
    ("6Gi", 6 * KI.pow(3), 0, BinarySi),
    ("5Ti", 5 * KI.pow(4), 0, BinarySi),
    ("4Pi", 4 * KI.pow(5), 0, BinarySi),
    ("3Ei", 3 * KI.pow(6), 0, BinarySi),
    ("10Ti", 10 * KI.pow(4), 0, BinarySi),
    ("100Ti", 100 * KI.pow(4), 0, BinarySi),
    // Decimal suffixes.
    ("5n", 5, -9, DecimalSi),
    ("4u", 4, -6, DecimalSi),
    ("3m", 3, -3, DecimalSi),
    ("9", 9, 0, DecimalSi),
    ("8k", 8, 3, DecimalSi),
    ("50k", 5, 4, DecimalSi),
    ("7M", 7, 6, DecimalSi),
    ("6G", 6, 9, DecimalSi),
    ("5T", 5, 12, DecimalSi),
    ("40T", 4, 13, DecimalSi),
    ("300T", 3, 14, DecimalSi),
    ("2P", 2, 15, DecimalSi),
    ("1E", 1, 18, DecimalSi),
    // Decimal exponents: `1E` is an exa, `1E3` an exponent.
    ("1E-3", 1, -3, DecimalExponent),
    ("1e3", 1, 3, DecimalExponent),
    ("1E6", 1, 6, DecimalExponent),
    ("1e9", 1, 9, DecimalExponent),
    ("1E12", 1, 12, DecimalExponent),
    ("1e15", 1, 15, DecimalExponent),
    ("1E18", 1, 18, DecimalExponent),
    ("1e14", 1, 14, DecimalExponent),
    ("1e13", 1, 13, DecimalExponent),
    ("100.035k", 100_035, 0, DecimalSi),
    // What looks like floats.
    ("0.001", 1, -3, DecimalSi),
    ("0.0005k", 5, -1, DecimalSi),
    ("0.005", 5, -3, DecimalSi),
    ("0.05", 5, -2, DecimalSi),
    ("0.5", 5, -1, DecimalSi),
    ("0.00050k", 5, -1, DecimalSi),
    ("0.00500", 5, -3, DecimalSi),
    ("0.05000", 5, -2, DecimalSi),
    ("0.50000", 5, -1, DecimalSi),
    ("0.5e0", 5, -1, DecimalExponent),
    ("0.5e-1", 5, -2, DecimalExponent),
    ("0.5e-2", 5, -3, DecimalExponent),
    ("10.035M", 10_035, 3, DecimalSi),
    ("1.2e3", 12, 2, DecimalExponent),
    ("1.3E+6", 13, 5, DecimalExponent),
    ("1.40e9", 14, 8, DecimalExponent),
    ("1.53E12", 153, 10, DecimalExponent),
    ("1.6e15", 16, 14, DecimalExponent),
    ("1.7E18", 17, 17, DecimalExponent),
    ("9.01", 901, -2, DecimalSi),
    ("8.1k", 81, 2, DecimalSi),
    ("7.123456M", 7_123_456, 0, DecimalSi),
    ("6.987654321G", 6_987_654_321, 0, DecimalSi),
    ("5.444T", 5_444, 9, DecimalSi),
    ("40.1T", 401, 11, DecimalSi),
    ("300.2T", 3_002, 11, DecimalSi),
    ("2.5P", 25, 14, DecimalSi),
    ("1.01E", 101, 16, DecimalSi),
    // Rounded up to a nano, or capped.
    ("3.001n", 4, -9, DecimalSi),
    ("1.1E-9", 2, -9, DecimalExponent),
    ("0.0000000001", 1, -9, DecimalSi),
    ("0.0000000005", 1, -9, DecimalSi),
    ("0.00000000050", 1, -9, DecimalSi),
    ("0.5e-9", 1, -9, DecimalExponent),
    ("0.9n", 1, -9, DecimalSi),
    ("0.00000012345", 124, -9, DecimalSi),
    ("0.00000012354", 124, -9, DecimalSi),
    ("9Ei", MAX, 0, BinarySi),
    ("9223372036854775807Ki", MAX, 0, BinarySi),
    ("12E", 12, 18, DecimalSi),
    // Fractions of binary suffixes.
    ("100.035Ki", 10_243_584, -2, BinarySi),
    ("0.5Mi", 512 * KI, 0, BinarySi),
    ("0.05Gi", 536_870_912, -1, BinarySi),
    ("0.025Ti", 274_877_906_944, -1, BinarySi),
    // "Things written by trolls."
    ("0.000000000001Ki", 2, -9, DecimalSi),
    (".001", 1, -3, DecimalSi),
    (".0001k", 100, -3, DecimalSi),
    ("1.", 1, 0, DecimalSi),
    ("1.G", 1, 9, DecimalSi),
    // Ours, each compared with apimachinery: no digit at all, an exponent that wraps, plenty of digits.
    ("+", 0, 0, DecimalSi),
    (".", 0, 0, DecimalSi),
    ("m", 0, 0, DecimalSi),
    ("Ki", 0, 0, BinarySi),
    ("e5", 0, 0, DecimalExponent),
    ("5e4294967296", 5, 0, DecimalExponent),
    ("0e2147483647", 0, 0, DecimalExponent),
    ("1e-2000000000", 1, -9, DecimalExponent),
    ("100E", 1, 20, DecimalSi),
    ("9223372036854775808", MAX + 1, 0, DecimalSi),
    ("123456789012345678901234567", 123_456_789_012_345_678_901_234_567, 0, DecimalSi),
    ("8Ei", MAX, 0, BinarySi),
    ("7.999999999999999999Ei", 9_223_372_036_854_775_806_847_078_496, -9, BinarySi),
];

#[test]
fn means_what_apimachinery_reads() {
    for &(text, unscaled, exponent, format) in VALUES {
        for (sign, factor) in [("", 1), ("+", 1), ("-", -1)] {
            // The bare sign rows are signs already.
            if text == "+" && !sign.is_empty() {
                continue;
            }
            let typed = format!("{sign}{text}");
            let quantity = q(&typed);
            assert_eq!(quantity, scaled(factor * unscaled, exponent, format), "{typed}");
            assert_eq!(quantity.format(), format, "{typed}");
        }
    }
}

#[test]
fn reads_exponents_without_bound_and_holds_them_at_one() {
    let thousand = q("1e1000");
    assert_eq!(thousand.exact_decimal(), format!("1{}", "0".repeat(1000)));
    assert_eq!(thousand.to_string(), "10e999");
    assert_eq!((&thousand - &q("1")).exact_decimal(), "9".repeat(1000));
    assert_eq!(q("-1e1002").to_string(), "-1e1002");

    // As typed where the server keeps it, canonical where it does not; the value stops at 10^10000.
    assert_eq!(q("1e2000000001").to_string(), "1e2000000001");
    assert_eq!(q("1e2000000000").to_string(), "100e1999999998");
    assert_eq!(q("1e2000000000"), q("1e2000000001"));
    assert_eq!(q("-1e10001"), -&q("1e10000"));
    assert!(q("1e10001") > q("9e9999"));
    assert_eq!(Quantity::parse("1e9223372036854775808"), Err(ParseQuantityError::Suffix));
}

/// The invalid texts of `TestQuantityParse`, with the sentence apimachinery gives for each, and ours.
const INVALID: &[(&str, ParseQuantityError)] = &[
    ("", ParseQuantityError::Format),
    ("1.1.M", ParseQuantityError::Format),
    ("1+1.0M", ParseQuantityError::Format),
    ("0.1mi", ParseQuantityError::Suffix),
    ("0.1am", ParseQuantityError::Format),
    ("aoeu", ParseQuantityError::Format),
    (".5i", ParseQuantityError::Suffix),
    ("1i", ParseQuantityError::Suffix),
    ("-3.01i", ParseQuantityError::Suffix),
    ("-3.01e-", ParseQuantityError::Suffix),
    (" 1", ParseQuantityError::Format),
    ("1 ", ParseQuantityError::Format),
    ("Non-Numeric", ParseQuantityError::Format),
    ("1e", ParseQuantityError::Suffix),
    ("1K", ParseQuantityError::Suffix),
    ("1e3Ki", ParseQuantityError::Format),
    ("1-5", ParseQuantityError::Suffix),
    ("--1", ParseQuantityError::Suffix),
    ("1٣", ParseQuantityError::Format),
    ("Ei", ParseQuantityError::Numeric),
    ("+Ei", ParseQuantityError::Numeric),
    (".Ei", ParseQuantityError::Numeric),
    ("e-20", ParseQuantityError::Numeric),
];

#[test]
fn refuses_what_apimachinery_refuses_for_the_same_reason() {
    for &(text, error) in INVALID {
        assert_eq!(Quantity::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn refuses_in_apimachinerys_words() {
    assert_eq!(
        ParseQuantityError::Format.to_string(),
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    );
    assert_eq!(ParseQuantityError::Numeric.to_string(), "unable to parse numeric part of quantity");
    assert_eq!(ParseQuantityError::Suffix.to_string(), "unable to parse quantity's suffix");
}

/// `TestParseQuantityString`.
#[test]
fn takes_a_text_apart() {
    let table = [
        ("0.025Ti", false, "0.025", "0", "025", "Ti"),
        ("1.025Ti", false, "1.025", "1", "025", "Ti"),
        ("-1.025Ti", true, "-1.025", "1", "025", "Ti"),
        (".", false, ".", "0", "", ""),
        ("-.", true, "-.", "0", "", ""),
        ("1E-3", false, "1", "1", "", "E-3"),
    ];
    for (text, negative, value, whole, fraction, suffix) in table {
        assert_eq!(split(text), Ok(Parts { negative, value, whole, fraction, suffix }), "{text}");
    }
}

/// Text typed, and what the API server keeps of it; seen on a server in quotas and refusals.
#[test]
fn keeps_the_text_where_the_server_does() {
    let kept =
        ["01", "+1", "5.", "1e0", "1.500", "010Mi", "+2", "1E3", "1e+21", "0100m", "-1.500e-3", "1025Ki"];
    for text in kept {
        assert_eq!(q(text).text(), text);
    }
    let canonicalised = [
        ("1000", "1k"),
        ("1.0", "1"),
        ("1.75", "1750m"),
        ("1024Mi", "1Gi"),
        ("12000k", "12M"),
        ("00", "0"),
        ("0Mi", "0"),
        ("-0", "0"),
        ("1.5Gi", "1536Mi"),
        ("1.1Gi", "1181116006400m"),
        ("0.5", "500m"),
        ("1000Mi", "1000Mi"),
        ("008Mi", "8Mi"),
        ("1500.000", "1500"),
    ];
    for (text, expected) in canonicalised {
        assert_eq!(q(text).text(), expected, "{text}");
    }
}
