//! How values are written: canonically, and as exact decimals.

use super::super::{Format, Quantity};
use super::{q, scaled};
use Format::{BinarySi, DecimalExponent, DecimalSi};

/// `TestQuantityString`: unscaled, exponent, format, canonical text, another text that reads the same and
/// is canonicalised (empty where the table has none).
const CANONICAL: &[(i128, i32, Format, &str, &str)] = &[
    (1024 * 1024 * 1024, 0, BinarySi, "1Gi", "1024Mi"),
    (300 * 1024 * 1024, 0, BinarySi, "300Mi", "307200Ki"),
    (6 * 1024, 0, BinarySi, "6Ki", ""),
    (1001 * 1024 * 1024 * 1024, 0, BinarySi, "1001Gi", "1025024Mi"),
    (1024 * 1024 * 1024 * 1024, 0, BinarySi, "1Ti", "1024Gi"),
    (5, 0, BinarySi, "5", "5000m"),
    (500, -3, BinarySi, "500m", "0.5"),
    (1, 9, DecimalSi, "1G", "1000M"),
    (1000, 6, DecimalSi, "1G", "0.001T"),
    (1_000_000, 3, DecimalSi, "1G", ""),
    (1_000_000_000, 0, DecimalSi, "1G", ""),
    (1, -3, DecimalSi, "1m", "1000u"),
    (80, -3, DecimalSi, "80m", ""),
    (1080, -3, DecimalSi, "1080m", "1.08"),
    (108, -2, DecimalSi, "1080m", "1080000000n"),
    (300, 6, DecimalSi, "300M", ""),
    (1, 12, DecimalSi, "1T", ""),
    (1_234_567, 6, DecimalSi, "1234567M", ""),
    (1_234_567, -3, BinarySi, "1234567m", ""),
    (3, 3, DecimalSi, "3k", ""),
    (1025, 0, BinarySi, "1025", ""),
    (0, 0, DecimalSi, "0", ""),
    (0, 0, BinarySi, "0", ""),
    (1, 9, DecimalExponent, "1e9", ".001e12"),
    (1, -3, DecimalExponent, "1e-3", "0.001e0"),
    (1, -9, DecimalExponent, "1e-9", "1000e-12"),
    (80, -3, DecimalExponent, "80e-3", ""),
    (300, 6, DecimalExponent, "300e6", ""),
    (1, 12, DecimalExponent, "1e12", ""),
    (1, 3, DecimalExponent, "1e3", ""),
    (3, 3, DecimalExponent, "3e3", ""),
    (0, 0, DecimalExponent, "0", "00"),
    (1, -9, DecimalSi, "1n", ""),
    (80, -9, DecimalSi, "80n", ""),
    (1080, -9, DecimalSi, "1080n", ""),
    (108, -8, DecimalSi, "1080n", ""),
    (1, -6, DecimalSi, "1u", ""),
    (80, -6, DecimalSi, "80u", ""),
    (1080, -6, DecimalSi, "1080u", ""),
];

#[test]
fn writes_the_largest_exact_suffix() {
    for &(unscaled, exponent, format, expected, alternate) in CANONICAL {
        let quantity = scaled(unscaled, exponent, format);
        assert_eq!(quantity.canonical(), expected);
        assert_eq!(quantity.text(), expected);
        assert_eq!(q(expected).text(), expected);
        if !alternate.is_empty() {
            assert_eq!(q(alternate).text(), expected, "{alternate}");
        }
        if unscaled != 0 {
            assert_eq!((-&quantity).text(), format!("-{expected}"));
        }
    }
}

/// `TestQuantityParseEmit`.
#[test]
fn writes_what_was_read() {
    let table = [
        ("1Ki", "1Ki"),
        ("1Mi", "1Mi"),
        ("1Gi", "1Gi"),
        ("1024Mi", "1Gi"),
        ("1000M", "1G"),
        (".001Ki", "1024m"),
        (".000001Ki", "1024u"),
        (".000000001Ki", "1024n"),
        (".000000000001Ki", "2n"),
    ];
    for (text, expected) in table {
        assert_eq!(q(text).text(), expected, "{text}");
        assert_eq!(q(&format!("-{text}")).text(), format!("-{expected}"), "-{text}");
    }
}

/// `TestNewSet` and `TestMilliNewSet`.
#[test]
fn writes_whole_numbers_and_thousandths() {
    assert_eq!(Quantity::from_integer(1, DecimalSi).text(), "1");
    assert_eq!(Quantity::from_integer(1000, DecimalSi).text(), "1k");
    assert_eq!(Quantity::from_integer(1_234_000, DecimalSi).text(), "1234k");
    assert_eq!(Quantity::from_integer(1024, BinarySi).text(), "1Ki");
    assert_eq!(Quantity::from_integer(1_000_000, DecimalExponent).text(), "1e6");
    assert_eq!(Quantity::from_integer(1024 * 1024, BinarySi).text(), "1Mi");
    assert_eq!(Quantity::from_milli(1, DecimalSi).text(), "1m");
    assert_eq!(Quantity::from_milli(1000, DecimalSi).text(), "1");
    assert_eq!(Quantity::from_milli(1_234_000, DecimalSi).text(), "1234");
    // Fractions of bytes, and bytes below 1Ki, are written in decimals.
    assert_eq!(Quantity::from_milli(1024, BinarySi).text(), "1024m");
    assert_eq!(Quantity::from_milli(1024 * 1024, BinarySi).text(), "1048576m");
    assert_eq!(Quantity::from_milli(1_000_000, DecimalExponent).text(), "1e3");
}

/// Between −1024 and 1024 BinarySI is written in decimals, the bounds are not.
#[test]
fn leaves_binary_at_1024() {
    assert_eq!(Quantity::from_integer(1023, BinarySi).canonical(), "1023");
    assert_eq!(Quantity::from_integer(1000, BinarySi).canonical(), "1k");
    assert_eq!(Quantity::from_integer(1024, BinarySi).canonical(), "1Ki");
    assert_eq!(Quantity::from_integer(2000, BinarySi).canonical(), "2000");
    assert_eq!(Quantity::from_integer(-1024, BinarySi).canonical(), "-1Ki");
    assert_eq!(Quantity::from_integer(-1000, BinarySi).canonical(), "-1k");
}

/// apimachinery finds no suffix beyond exa and writes none; `exact_decimal` still tells the value.
#[test]
fn loses_the_suffix_beyond_exa_as_the_server_does() {
    assert_eq!(q("1000E").text(), "1");
    assert_eq!(q("1000E").exact_decimal(), "1000000000000000000000");
    assert_eq!(q("100E").text(), "100E");
    assert_eq!(q("1e21").text(), "1e21");
    let zebi = Quantity::from_integer(1024_i128.pow(7), BinarySi);
    assert_eq!(zebi.text(), "1");
    assert_eq!(zebi.exact_decimal(), "1180591620717411303424");
}

#[test]
fn writes_exact_decimals() {
    let table = [
        ("0", "0"),
        ("1.50", "1.5"),
        ("1500m", "1.5"),
        ("4Gi", "4294967296"),
        ("100n", "0.0000001"),
        ("1n", "0.000000001"),
        ("-1n", "-0.000000001"),
        ("-2500m", "-2.5"),
        ("1000", "1000"),
        ("1.1Gi", "1181116006.4"),
        ("12E", "12000000000000000000"),
        ("9223372036854775807.000000001", "9223372036854775807.000000001"),
        ("1e29", "100000000000000000000000000000"),
        ("1e30", "1000000000000000000000000000000"),
    ];
    for (text, expected) in table {
        assert_eq!(q(text).exact_decimal(), expected, "{text}");
    }
}

#[test]
fn pads_like_any_text() {
    assert_eq!(format!("[{:>6}][{:<6}]", q("1.5"), q("+1")), "[ 1500m][+1    ]");
}

/// For manifests: the API's own type holds what the server would keep.
#[test]
fn becomes_the_apis_quantity() {
    let quantity = k8s_openapi::apimachinery::pkg::api::resource::Quantity::from(&q("1.5Gi"));
    assert_eq!(quantity.0, "1536Mi");
}
