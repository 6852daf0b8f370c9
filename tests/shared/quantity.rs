//! Our quantities against a real API server: what it stores, what it refuses, and in which words.
//!
//! The values are random. A failure names its seed; `QUANTITY_SEED=… cargo test -p shared --test shared
//! quantity` makes the same values again, and `QUANTITY_VALUES` makes more of them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use shared::quantity::Quantity;
use support::{number, seed};

/// Values a quota carries at a time; a few dozen kilobytes.
const BATCH: usize = 500;

/// Suffixes of all families, and some that are none. No exponent is large enough to keep the server busy.
const SUFFIXES: &[&str] = &[
    "",
    "",
    "",
    "n",
    "u",
    "m",
    "k",
    "M",
    "G",
    "T",
    "P",
    "E",
    "Ki",
    "Mi",
    "Gi",
    "Ti",
    "Pi",
    "Ei",
    "e0",
    "e3",
    "E6",
    "e-3",
    "e+2",
    "E-5",
    "e-12",
    "e21",
    "e300",
    "e4294967296",
    "i",
    "K",
    "mi",
    "e",
    "Kie3",
    "e-",
];

/// A mixture: mostly quantities, some with a zero too many, some that nobody can read.
fn texts() -> impl Strategy<Value = String> {
    let digits = prop_oneof![3 => "[0-9]{1,4}", 2 => "[0-9]{0,12}", 1 => "[0-9]{0,30}", 1 => "[1-9]0{1,20}"];
    let fraction = prop_oneof![2 => Just(String::new()), 1 => "\\.[0-9]{0,12}", 1 => "\\.[0-9]{0,3}0{0,3}"];
    let suffix = prop::sample::select(SUFFIXES);
    let shaped = ("[+-]?", digits, fraction, suffix)
        .prop_map(|(sign, digits, fraction, suffix)| format!("{sign}{digits}{fraction}{suffix}"));
    prop_oneof![9 => shaped, 1 => "[0-9.+eEinumkMGTPx -]{0,6}"]
}

/// The run's seed, and that many texts made from it which `wanted` accepts.
fn values(count: usize, wanted: impl Fn(&str) -> bool) -> (u64, Vec<String>) {
    let seed = seed("QUANTITY_SEED");
    let count = number("QUANTITY_VALUES").map_or(count, |count| usize::try_from(count).unwrap());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4));
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = texts();
    let texts = std::iter::repeat_with(|| strategy.new_tree(&mut runner).unwrap().current());
    (seed, texts.filter(|text| wanted(text)).take(count).collect())
}

fn parsed(text: &str) -> Option<Quantity> {
    Quantity::parse(text).ok()
}

/// A quota with one key a value; `prefix` decides whether the server wants whole numbers.
fn quota(name: &str, prefix: &str, values: &[String]) -> Value {
    let hard: BTreeMap<String, &String> =
        values.iter().enumerate().map(|(index, value)| (key(prefix, index), value)).collect();
    json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": name}, "spec": {"hard": hard}})
}

fn key(prefix: &str, index: usize) -> String {
    format!("{prefix}/x{index}")
}

const QUOTAS: &str = "/api/v1/namespaces/default/resourcequotas";

#[test]
fn the_server_stores_the_text_we_expect() {
    let api = support::cluster().api();
    let accepted = |text: &str| parsed(text).is_some_and(|quantity| !quantity.is_negative());
    let (seed, values) = values(3_000, accepted);
    for (number, batch) in values.chunks(BATCH).enumerate() {
        let name = format!("stored-{seed}-{number}");
        let answer =
            api.request("POST", QUOTAS, None, Some(&quota(&name, "requests.example.com", batch))).unwrap();
        assert_eq!(answer.status, 201, "seed {seed}: {}", answer.body);
        let path = format!("{QUOTAS}/{name}");
        let stored = api.request("GET", &path, None, None).unwrap().body;
        for (index, typed) in batch.iter().enumerate() {
            let text = parsed(typed).unwrap().as_stored().to_string();
            let key = key("requests.example.com", index);
            assert_eq!(answer.body["spec"]["hard"][&key], text, "seed {seed}: the answer to {typed:?}");
            assert_eq!(stored["spec"]["hard"][&key], text, "seed {seed}: what is stored for {typed:?}");
        }
        assert_eq!(api.request("DELETE", &path, None, None).unwrap().status, 200, "seed {seed}");
    }
}

#[test]
fn the_server_refuses_the_fractions_and_negatives_we_expect() {
    let api = support::cluster().api();
    let (seed, values) = values(3_000, |text| parsed(text).is_some());
    let path = format!("{QUOTAS}?dryRun=All");
    for batch in values.chunks(BATCH) {
        // A name with a slash that is not the requests of anything must be a whole number.
        let answer = api.request("POST", &path, None, Some(&quota("counts", "example.com", batch))).unwrap();
        assert_eq!(answer.status, 422, "seed {seed}: {}", answer.body);
        let mut causes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cause in answer.body["details"]["causes"].as_array().unwrap() {
            let field = cause["field"].as_str().unwrap();
            causes.entry(field).or_default().push(cause["message"].as_str().unwrap());
        }
        for (index, typed) in batch.iter().enumerate() {
            let quantity = parsed(typed).unwrap().as_stored();
            let refusal = |why: &str| format!("Invalid value: \"{quantity}\": {why}");
            let mut expected = Vec::new();
            if quantity.is_negative() {
                expected.push(refusal("must be greater than or equal to 0"));
            }
            if !quantity.is_integer_to_the_server() {
                expected.push(refusal("must be an integer"));
            }
            let field = format!("spec.hard[{}]", key("example.com", index));
            let said = causes.remove(field.as_str()).unwrap_or_default();
            assert_eq!(said, expected, "seed {seed}: {typed:?}");
        }
        assert!(causes.is_empty(), "seed {seed}: {causes:?}");
    }
}

#[test]
fn the_server_refuses_what_we_cannot_read_in_our_words() {
    let api = support::cluster().api();
    // The server trims a string before it reads the quantity, as our reading of documents does.
    let read = |text: &str| serde_json::from_value::<Quantity>(json!(text));
    let (seed, values) = values(300, |text| read(text).is_err());
    let path = format!("{QUOTAS}?dryRun=All");
    for value in values {
        let body = quota("unreadable", "example.com", std::slice::from_ref(&value));
        let answer = api.request("POST", &path, None, Some(&body)).unwrap();
        assert_eq!(answer.status, 400, "seed {seed}: {value:?} {}", answer.body);
        let sentence = Quantity::parse(value.trim()).unwrap_err();
        assert_eq!(
            answer.body["message"],
            format!("ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: {sentence}"),
            "seed {seed}: {value:?}"
        );
    }
}
