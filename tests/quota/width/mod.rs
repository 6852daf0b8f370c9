//! Every command on terminals of 80 to 200 columns: lines end where the terminal does, except commands to be copied.
//!
//! `input` has what the commands read, `expected` whole outputs at 80 columns.

use std::collections::BTreeSet;

use support::{Terminal, TestEnv};

use crate::support::{QUOTA, without_cluster};

/// A command line and how it ends.
struct Case {
    /// The file of its output in `expected`.
    name: &'static str,
    words: &'static [&'static str],
    status: i32,
    expected: &'static str,
}

macro_rules! cases {
    ($($name:literal $status:literal [$($word:literal)*])*) => {
        &[$(Case {
            name: $name,
            words: &[$($word),*],
            status: $status,
            expected: include_str!(concat!("expected/", $name, ".txt")),
        }),*]
    };
}

#[rustfmt::skip]
const CASES: &[Case] = cases![
    "check" 3 ["check" "-f" "manifests.yaml" "--from" "dump.yaml"]
    "diff" 0 ["diff" "before.yaml" "dump.yaml"]
    "fits" 0 ["fits" "deployment/storefront" "-n" "shop" "--from" "dump.yaml"]
    "fits-of-all" 0 ["fits" "-A" "--from" "dump.yaml"]
    "limits" 0 ["limits" "-A" "--from" "dump.yaml"]
    "limits-of-workload" 0 ["limits" "deployment/storefront" "-n" "shop" "--from" "dump.yaml"]
    "lint" 3 ["lint" "-A" "--from" "dump.yaml"]
    "lint-explain" 0 ["lint" "explain" "QTA-KEY-001"]
    "rbac" 0 ["rbac" "limits" "-n" "shop"]
    "recommend" 0 ["recommend" "-n" "shop" "--from" "dump.yaml"]
    "recommend-table" 0 ["recommend" "-A" "-o" "table" "--from" "dump.yaml"]
    "rollout" 3 ["rollout" "deployment/storefront" "-n" "shop" "--from" "dump.yaml"]
    "rollout-of-all" 3 ["rollout" "-n" "shop" "--from" "dump.yaml"]
    "usage" 0 ["usage" "-A" "--from" "dump.yaml"]
    "usage-by-resource" 0 ["usage" "--by" "resource" "--from" "scoped.yaml"]
    "usage-by-team" 0 ["usage" "--by" "label:team" "--from" "dump.yaml"]
    "verify" 3 ["verify" "-A" "--from" "dump.yaml"]
    "what-if" 3 ["what-if" "-f" "lowered.yaml" "-n" "shop" "--from" "dump.yaml"]
    "who" 0 ["who" "-n" "shop" "--from" "dump.yaml"]
    "who-of-all" 0 ["who" "-A" "-r" "requests.cpu" "--from" "dump.yaml"]
];

/// Explanations have their own tests; here only their width counts.
const EXPLANATION: Case = Case {
    name: "explain",
    words: &["explain", "-n", "shop", "--from", "dump.yaml"],
    status: 3,
    expected: "",
};

/// What needs a cluster to write to, and what only prints scripts.
const NOT_TRIED: [&str; 3] = ["completion", "create", "help"];

fn environment() -> TestEnv {
    let env = without_cluster().variable("NO_COLOR", "1");
    env.file("dump.yaml", include_str!("input/dump.yaml"));
    env.file("manifests.yaml", include_str!("input/manifests.yaml"));
    env.file("scoped.yaml", include_str!("input/scoped.yaml"));
    env.file("lowered.yaml", include_str!("input/lowered.yaml"));
    env.file("before.yaml", include_str!("input/before.yaml"));
    env
}

/// Returns what a command shows on a terminal of this width. A line that goes on in the next row is one line.
fn screen(env: &TestEnv, case: &Case, columns: u16) -> String {
    let mut terminal = Terminal::start(env, QUOTA, case.words, (200, columns));
    let (ended, screen) = terminal.wait();
    assert_eq!(ended, case.status, "{}\n{screen}", case.name);
    let lines: Vec<String> = screen.lines().map(|line| stable(line.trim_end())).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// Returns a line without the number that makes each retry another one.
fn stable(line: &str) -> String {
    const MARK: &str = "kubectl-quota/retry=";
    match line.split_once(MARK) {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
            format!("{before}{MARK}1{rest}")
        }
        None => line.to_owned(),
    }
}

fn too_wide(screen: &str, columns: usize) -> Vec<&str> {
    let is_command = |line: &str| line.trim_start().starts_with("kubectl ");
    screen.lines().filter(|line| line.chars().count() > columns && !is_command(line)).collect()
}

#[test]
fn whole_outputs_at_80_columns() {
    let env = environment();
    let mut wrong = String::new();
    for case in CASES {
        let screen = screen(&env, case, 80);
        assert_eq!(too_wide(&screen, 80), [""; 0], "{}\n{screen}", case.name);
        if screen != case.expected {
            wrong.push_str(&format!("==== expected/{}.txt\n{screen}", case.name));
        }
    }
    assert!(wrong.is_empty(), "other than expected:\n{wrong}");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let env = environment();
    for columns in [80, 100, 120, 200] {
        for case in CASES.iter().chain([&EXPLANATION]) {
            let screen = screen(&env, case, columns);
            assert_eq!(too_wide(&screen, columns.into()), [""; 0], "{}\n{screen}", case.name);
        }
    }
}

#[test]
fn wide_output_is_what_left_out_columns_are_said_to_be_in() {
    let env = environment();
    let mut tried = 0;
    for case in CASES.iter().filter(|case| case.expected.contains("-o wide")) {
        let words = match case.words.iter().position(|word| *word == "table") {
            Some(index) => [&case.words[..index], &["wide"], &case.words[index + 1..]].concat(),
            None => [case.words, &["-o", "wide"]].concat(),
        };
        let output = env.run(QUOTA, words).exits(case.status);
        assert!(!output.stderr.contains("on this terminal"), "{output}");
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn every_command_is_tried() {
    let env = without_cluster();
    let offered = env.run(QUOTA, ["__complete", ""]).success().stdout;
    let commands: BTreeSet<&str> = offered
        .lines()
        .filter(|line| line.contains('\t'))
        .filter_map(|line| line.split('\t').next())
        .filter(|command| !NOT_TRIED.contains(command))
        .collect();
    let tried: BTreeSet<&str> = CASES.iter().chain([&EXPLANATION]).map(|case| case.words[0]).collect();
    assert_eq!(commands, tried);
}
