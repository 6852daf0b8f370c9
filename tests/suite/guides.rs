//! The command lines of a plugin's guide (`docs/NAME.md`), each run as it stands, on the example cluster. Each plugin
//! compiles this file as a test of its own.
#![allow(clippy::unwrap_used)]

use std::{env, fs, os::unix::fs::symlink, path::Path, time::Duration};

use cluster::{Cluster, Options, example};
use support::{TestEnv, executable};

/// The plugin's name after `kubectl`: the package's without `kubectl-`.
const NAME: &str = {
    let (_, name) = env!("CARGO_PKG_NAME").split_at("kubectl-".len());
    name
};

/// What does not end with 0: the beginning of the command line, and its exit status.
const STATUSES: [(&str, i32); 9] = [
    ("kubectl quota explain -n sandbox", 3),
    ("kubectl quota check -f", 3),
    ("kubectl quota rollout -n search", 3),
    ("kubectl quota what-if", 3),
    ("kubectl quota lint -A", 3),
    ("kubectl quota usage -A --fail-at 95", 3),
    ("kubectl drain-safe plan worker-c1", 3),
    ("kubectl drain-safe doctor", 3),
    ("kubectl elb-tls check", 3),
];

/// A command line of the guide, and the lines of its output that the guide shows.
#[derive(Debug)]
struct Step {
    line: String,
    shown: Vec<String>,
}

fn steps(guide: &str) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in guide.lines() {
        match (inside, line.strip_prefix("$ ")) {
            (false, _) => inside = line == "```console",
            (true, _) if line == "```" => inside = false,
            (true, Some(command)) => found.push(Step { line: command.to_owned(), shown: Vec::new() }),
            (true, None) if line == "…" || line.is_empty() => {}
            (true, None) => found.last_mut().unwrap().shown.push(line.to_owned()),
        }
    }
    found
}

#[test]
fn every_command_line_of_the_guide_does_what_it_says() {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    let repository = Path::new(&package).join("../..").canonicalize().unwrap();
    let guide = fs::read_to_string(repository.join(format!("docs/{NAME}.md"))).unwrap();
    let steps = steps(&guide);
    assert!(steps.len() > 6, "{steps:?}");
    let cluster = Cluster::start(Options::default()).unwrap();
    example::load(&cluster).unwrap();
    let env = TestEnv::on(&cluster).program(executable(&format!("kubectl-{}", NAME.replace('-', "_"))));
    // The guides name files as they are found from the root of a clone.
    symlink(repository.join("tests"), env.home().join("tests")).unwrap();
    for Step { line, shown } in steps {
        assert!(line.contains(&format!("kubectl {NAME} ")), "a guide shows its plugin: {line}");
        let expected =
            STATUSES.iter().find(|(start, _)| line.starts_with(start)).map_or(0, |(_, status)| *status);
        let output = env.command("sh", ["-c", line.as_str()]).limit(Duration::from_secs(180)).run();
        assert_eq!(output.status, Some(expected), "$ {line}\n{output}");
        let said = !(output.stdout.is_empty() && output.stderr.is_empty());
        assert!(said || line.contains(" > "), "$ {line}\nsays nothing");
        for row in shown {
            assert!(
                output.stdout.lines().any(|line| line.trim_end() == row),
                "{row:?} of $ {line}\n{output}"
            );
        }
    }
}
