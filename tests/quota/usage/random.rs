//! Random quotas on the real API server: what `usage` says beside what was written, in whole numbers of our own.
//!
//! The seed is printed when a run fails; `USAGE_SEED=… cargo test -p kubectl-quota --test quota agreement` makes the
//! same quotas again, and `USAGE_QUOTAS` makes more of them.

use serde_json::{Map, Value, json};
use support::{Random, fresh_namespace, number, seed};

use crate::support::{administrator, enforced_quota, write_status};

/// Resources that may be a fraction of one, so that every number of thousandths can be written.
const RESOURCES: [&str; 5] =
    ["requests.cpu", "limits.cpu", "requests.memory", "limits.memory", "requests.ephemeral-storage"];

/// An amount of thousandths, written in one of the ways people write it.
fn spelled(milli: u64, random: &mut Random) -> String {
    let (whole, rest) = (milli / 1000, milli % 1000);
    match random.number_below(4) {
        0 if rest == 0 => whole.to_string(),
        1 if rest == 0 && whole % 1024 == 0 => format!("{}Ki", whole / 1024),
        2 => format!("{whole}.{rest:03}"),
        3 if rest == 0 && whole % 1000 == 0 => format!("{}k", whole / 1000),
        _ => format!("{milli}m"),
    }
}

/// A limit and a use of it, in thousandths, often near the borders between states.
fn amounts(random: &mut Random) -> (u64, u64) {
    let hard = match random.number_below(8) {
        0 => 0,
        1 => 1 + random.number_below(1000),
        2 => 1024 * 1000 * (1 + random.number_below(4096)),
        _ => 1000 * (1 + random.number_below(100_000)),
    };
    let near = match random.number_below(7) {
        0 => hard * 80 / 100,
        1 => hard * 95 / 100,
        2 => hard,
        3 => 0,
        _ => random.number_below(hard * 5 / 4 + 2),
    };
    (hard, near.saturating_sub(1) + random.number_below(3))
}

fn expected_state(hard: u64, used: u64) -> &'static str {
    match () {
        () if used > hard => "Over",
        () if hard == 0 => "Blocked",
        () if used == hard => "Full",
        () if used * 100 >= hard * 95 => "Crit",
        () if used * 100 >= hard * 80 => "Warn",
        () => "Ok",
    }
}

/// The percentage in CSV: cut to whole per cent, or, next to 0 and 100, to the first decimals that differ from these.
fn expected_percent(hard: u64, used: u64) -> String {
    let cut = |scale: u64| used * 100 * scale / hard;
    match (hard, used) {
        (0, _) => String::new(),
        (_, 0) => "0".to_owned(),
        _ if cut(1) != 0 && (cut(1) != 100 || used == hard) => cut(1).to_string(),
        _ => {
            let scales = (1..=9).map(|decimals| 10_u64.pow(decimals));
            let scale = scales.into_iter().find(|&scale| cut(scale) != cut(1) * scale).expect("a difference");
            let decimals = usize::try_from(scale.ilog10()).expect("a few");
            format!("{}.{:0decimals$}", cut(1), cut(scale) % scale)
        }
    }
}

/// A decimal such as `0.05` in thousandths.
fn milli(decimal: &str) -> u64 {
    let (whole, rest) = decimal.split_once('.').unwrap_or((decimal, ""));
    whole.parse::<u64>().expect("digits") * 1000 + format!("{rest:0<3}").parse::<u64>().expect("three digits")
}

#[test]
fn random_quotas_read_as_they_were_written() {
    let seed = seed("USAGE_SEED");
    let mut random = Random::new(seed);
    let namespace = fresh_namespace("agreement");
    let env = administrator();
    let mut written = Vec::new();
    for index in 0..number("USAGE_QUOTAS").unwrap_or(20) {
        let name = format!("q-{index:04}");
        let (mut hard, mut used) = (Map::new(), Map::new());
        for resource in RESOURCES {
            let (limit, usage) = amounts(&mut random);
            hard.insert(resource.to_owned(), json!(spelled(limit, &mut random)));
            used.insert(resource.to_owned(), json!(spelled(usage, &mut random)));
            written.push((name.clone(), resource, limit, usage));
        }
        enforced_quota(&namespace, &name, &Value::Object(hard));
        write_status(&namespace, &name, &json!({"used": used}));
    }

    let list = env.run("kubectl", ["quota", "-n", &namespace, "-o", "json"]).success().json();
    let server = env.run("kubectl", ["get", "quota", "-n", &namespace, "-o", "json"]).success().json();
    let csv = env.run("kubectl", ["quota", "-n", &namespace, "-o", "csv", "--no-headers"]).success();
    written.sort();
    let rows = list["items"].as_array().expect("items");
    assert_eq!((rows.len(), csv.stdout.lines().count()), (written.len(), written.len()), "USAGE_SEED={seed}");
    for ((row, line), (name, resource, hard, used)) in rows.iter().zip(csv.stdout.lines()).zip(&written) {
        let told = format!("USAGE_SEED={seed}: {hard} and {used} thousandths\n{row}\n{line}");
        assert_eq!((&row["quota"], &row["resource"]), (&json!(name), &json!(resource)), "{told}");
        let status = server["items"].as_array().and_then(|quotas| {
            quotas.iter().find(|quota| quota["metadata"]["name"] == *name).map(|quota| &quota["status"])
        });
        let status = status.unwrap_or_else(|| panic!("no {name} on the server"));
        assert_eq!(
            (&row["hard"]["quantity"], &row["used"]["quantity"]),
            (&status["hard"][resource], &status["used"][resource]),
            "{told}"
        );
        let amount = |key: &str| milli(row[key]["decimal"].as_str().expect("a decimal"));
        assert_eq!(
            (amount("hard"), amount("used"), amount("free")),
            (*hard, *used, hard.saturating_sub(*used)),
            "{told}"
        );
        assert_eq!(row["state"], expected_state(*hard, *used), "{told}");
        assert_eq!(line.split(',').nth(6), Some(expected_percent(*hard, *used).as_str()), "{told}");
    }
}
