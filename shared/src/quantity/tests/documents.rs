//! Quantities in JSON and YAML.

use std::collections::BTreeMap;

use super::super::{Format, Quantity};
use super::q;

/// `TestJSONWhitespace`, and the numbers of hand-written YAML.
#[test]
fn reads_json_strings_and_numbers() {
    let table = [
        (r#"" 1""#, "1"),
        (r#""1 ""#, "1"),
        (r#""\t1.5Gi\n""#, "1536Mi"),
        ("1", "1"),
        ("-1", "-1"),
        ("10", "10"),
        ("1.5", "1500m"),
        ("0.1", "100m"),
        ("18446744073709551615", "18446744073709551615"),
        ("null", "0"),
        (r#""+1""#, "+1"),
    ];
    for (json, expected) in table {
        assert_eq!(serde_json::from_str::<Quantity>(json).unwrap().text(), expected, "{json}");
    }
}

#[test]
fn reads_yaml_as_dumps_and_people_write_it() {
    let yaml =
        "pods: 10\ncpu: 1.5\nmemory: 4Gi\nquoted: '010'\nexponent: 1e3\nbig: 1e21\nsmall: 1e-7\nnone: null\n";
    let read: BTreeMap<String, Quantity> = serde_yaml::from_str(yaml).unwrap();
    let texts: Vec<_> = read.iter().map(|(key, quantity)| format!("{key}={}", quantity.text())).collect();
    assert_eq!(
        texts,
        [
            "big=1e+21",
            "cpu=1500m",
            "exponent=1k",
            "memory=4Gi",
            "none=0",
            "pods=10",
            "quoted=010",
            "small=100e-9"
        ]
    );
    assert_eq!(read["small"].format(), Format::DecimalExponent);
    assert_eq!(read["small"], q("100n"));
}

#[test]
fn says_why_a_document_is_refused() {
    let error = serde_json::from_str::<Quantity>(r#""1x""#).unwrap_err().to_string();
    assert!(error.starts_with("quantities must match the regular expression '^([+-]?[0-9.]+)"), "{error}");
    let error = serde_json::from_str::<Quantity>("true").unwrap_err().to_string();
    assert!(error.starts_with("invalid type: boolean `true`, expected a quantity such as 500m"), "{error}");
    assert!(serde_yaml::from_str::<Quantity>(".inf").is_err());
    assert!(serde_yaml::from_str::<Quantity>(".nan").is_err());
}

#[test]
fn writes_text_and_exact_decimal() {
    let json = |text| serde_json::to_string(&q(text)).unwrap();
    assert_eq!(json("1.5"), r#"{"quantity":"1500m","decimal":"1.5"}"#);
    assert_eq!(json("4Gi"), r#"{"quantity":"4Gi","decimal":"4294967296"}"#);
    assert_eq!(json("+1"), r#"{"quantity":"+1","decimal":"1"}"#);
    assert_eq!(json("100n"), r#"{"quantity":"100n","decimal":"0.0000001"}"#);
    assert_eq!(serde_json::to_string(&None::<Quantity>).unwrap(), "null");
}
