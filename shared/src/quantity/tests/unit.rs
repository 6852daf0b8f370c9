//! Quantities in another one's unit.

use super::super::Format;
use super::q;

#[test]
fn reads_in_the_unit_of_the_limit() {
    let table = [
        ("1536Mi", "4Gi", 2, "1.5Gi"),
        ("1610612736", "4Gi", 2, "1.5Gi"),
        ("4294967295", "4Gi", 2, "3.99Gi"),
        ("4Gi", "4Gi", 2, "4Gi"),
        ("4294967297", "4Gi", 2, "4Gi"),
        ("8Gi", "4Gi", 2, "8Gi"),
        ("3500m", "4", 2, "3.5"),
        ("3500m", "4", 0, "3"),
        ("3", "4500m", 2, "3000m"),
        ("1", "10G", 2, "<0.01G"),
        ("1", "10G", 9, "0.000000001G"),
        ("1n", "10G", 9, "<0.000000001G"),
        ("-1", "10G", 2, ">-0.01G"),
        ("-1536Mi", "4Gi", 1, "-1.5Gi"),
        ("0", "4Gi", 2, "0Gi"),
        ("512Mi", "0", 2, "512Mi"),
        ("0", "0", 2, "0"),
        ("2500", "3e3", 1, "2.5e3"),
        ("9", "1000E", 2, "9"),
        ("2", "4", 200, "2"),
    ];
    for (value, limit, decimals, expected) in table {
        assert_eq!(q(value).in_unit_of(&q(limit), decimals), expected, "{value} beside {limit}");
    }
}

#[test]
fn changes_the_family_and_nothing_else() {
    let table = [
        ("1610612736", Format::BinarySi, "1536Mi"),
        ("1000000001", Format::BinarySi, "1000000001"),
        ("1500m", Format::BinarySi, "1500m"),
        ("4Gi", Format::DecimalSi, "4294967296"),
        ("4k", Format::DecimalExponent, "4e3"),
        ("+1", Format::DecimalSi, "1"),
    ];
    for (text, format, expected) in table {
        let changed = q(text).with_format(format);
        assert_eq!(changed.text(), expected, "{text}");
        assert_eq!(changed, q(text));
        assert_eq!(changed.format(), format);
    }
}
