//! Percentages, ratios and thresholds.

use super::super::{ParsePercentError, Percent, percent_cell, percent_floor, ratio, reaches_percent};
use super::q;

#[test]
fn reaches_a_threshold_exactly() {
    let table = [
        ("8", "10", "80", true),
        ("7999999999n", "10", "80", false),
        ("0", "10", "0", true),
        ("1m", "1", "0.1", true),
        ("999u", "1", "0.1", false),
        // Value() would make this 1 of 1.
        ("100m", "150m", "67", false),
        ("100m", "150m", "66.666666666", true),
        ("1", "3", "33.333333333", true),
        ("1", "3", "33.333333334", false),
        ("10", "5", "200", true),
        ("10", "5", "200.000000001", false),
        ("819Mi", "1Gi", "80", false),
        ("820Mi", "1Gi", "80", true),
        ("9223372036854775806", "8Ei", "100", false),
        ("8Ei", "8Ei", "100", true),
        ("1e50", "1e50", "100", true),
        // Nothing is a share of nothing.
        ("5", "0", "80", false),
        ("0", "0", "0", false),
        ("5", "-1", "80", false),
    ];
    for (used, hard, percent, expected) in table {
        assert_eq!(
            reaches_percent(&q(used), &q(hard), percent.parse().unwrap()),
            expected,
            "{used}/{hard} ≥ {percent}%"
        );
    }
}

#[test]
fn reads_percentages() {
    assert_eq!("80".parse(), Ok(Percent::new(80)));
    assert_eq!("80%".parse(), Ok(Percent::new(80)));
    assert_eq!("080.0".parse(), Ok(Percent::new(80)));
    assert!("82.5".parse::<Percent>().unwrap() > Percent::new(82));
    assert_eq!("82.50%".parse::<Percent>().unwrap().to_string(), "82.5");
    assert_eq!("0.000000001".parse::<Percent>().unwrap().to_string(), "0.000000001");
    assert_eq!(Percent::new(u32::MAX).to_string(), "4294967295");
    for text in ["", "%", "-1", "+1", "1.", ".5", "1e2", "80%%", "0.0000000001", "4294967296", "٣", "1.+1"] {
        assert_eq!(text.parse::<Percent>(), Err(ParsePercentError), "{text:?}");
    }
}

#[test]
fn never_rounds_a_cell_up() {
    let table = [
        ("0", "10", Some("0%")),
        ("1n", "10", Some("<1%")),
        ("99m", "10", Some("<1%")),
        ("100m", "10", Some("1%")),
        ("2500m", "10", Some("25%")),
        ("100m", "150m", Some("66%")),
        ("9999999999n", "10", Some("99%")),
        ("10", "10", Some("100%")),
        ("10000000001n", "10", Some(">100%")),
        ("10099m", "10", Some(">100%")),
        ("10100m", "10", Some("101%")),
        ("10", "5", Some("200%")),
        ("1e40", "1", Some("1000000000000000000000000000000000000000000%")),
        ("0", "0", None),
        ("3", "0", None),
    ];
    for (used, hard, expected) in table {
        assert_eq!(percent_cell(&q(used), &q(hard)).as_deref(), expected, "{used}/{hard}");
    }
}

#[test]
fn cuts_decimals() {
    let cut = |used, hard, decimals| percent_floor(&q(used), &q(hard), decimals);
    assert_eq!(cut("2", "3", 0).as_deref(), Some("66"));
    assert_eq!(cut("2", "3", 1).as_deref(), Some("66.6"));
    assert_eq!(cut("2", "3", 9).as_deref(), Some("66.666666666"));
    assert_eq!(cut("2", "3", 200).as_deref(), Some("66.666666666"));
    assert_eq!(cut("1", "2", 2).as_deref(), Some("50"));
    assert_eq!(cut("9999999999n", "10", 3).as_deref(), Some("99.999"));
    assert_eq!(cut("1", "0", 2), None);
}

#[test]
fn gives_json_a_float_on_the_right_side_of_one() {
    let table = [
        ("7", "8", Some(0.875)),
        ("2500m", "10", Some(0.25)),
        ("1", "3", Some(1.0 / 3.0)),
        ("2", "3", Some(2.0 / 3.0)),
        ("0", "3", Some(0.0)),
        ("10", "5", Some(2.0)),
        ("1n", "1e30", Some(1e-39)),
        ("1e50", "1n", Some(1e59)),
        ("-1", "4", Some(-0.25)),
        ("8Ei", "8Ei", Some(1.0)),
        ("9223372036854775806", "8Ei", Some(1.0_f64.next_down())),
        ("9223372036854775808", "8Ei", Some(1.0_f64.next_up())),
        ("1e9000", "1", Some(f64::MAX)),
        ("1", "0", None),
    ];
    for (used, hard, expected) in table {
        assert_eq!(ratio(&q(used), &q(hard)), expected, "{used}/{hard}");
    }
}
