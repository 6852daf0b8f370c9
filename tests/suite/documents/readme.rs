//! The command lines of the README, one after the other, as a stranger copies them in the shell of `cargo demo`.

use std::{fs, os::unix::fs::symlink, time::Duration};

use cluster::{Cluster, Options, example};
use support::{
    TestEnv,
    plugins::{PLUGINS, built_plugins, file_name},
    steady,
};

use crate::{elsewhere, lines, lines::Step, repository};

/// What does not end with 0: the beginning of the command line, and its exit status.
const STATUSES: [(&str, i32); 7] = [
    ("kubectl quota check -f", 3),
    ("kubectl quota explain", 3),
    ("kubectl drain-safe plan worker-c1", 3),
    // `ARN` stands for one, and is none.
    ("kubectl elb-tls plan nodejs -n front --cert ARN", 3),
    ("kubectl elb-tls check", 3),
    ("kubectl ns-switch whoami --kubeconfig jane.kubeconfig --can", 3),
    ("kubectl quota explain -n shop", 0),
];

fn status(line: &str) -> i32 {
    let matching = STATUSES.iter().filter(|(start, _)| line.starts_with(start));
    matching.max_by_key(|(start, _)| start.len()).map_or(0, |(_, status)| *status)
}

#[test]
fn every_command_line_of_the_readme_does_what_it_says() {
    let readme = repository::read("README.md");
    let cluster = Cluster::start(Options::default()).unwrap();
    example::load_in_place(&cluster).unwrap();
    let built = built_plugins();
    let env =
        PLUGINS.iter().fold(TestEnv::on(&cluster), |env, name| env.program(built.join(file_name(name))));
    // What is built from the source, as far as this is concerned.
    fs::create_dir(env.home().join("target")).unwrap();
    symlink(&built, env.home().join("target/dist")).unwrap();
    for folder in ["examples", "tests"] {
        symlink(repository::root().join(folder), env.home().join(folder)).unwrap();
    }
    fs::create_dir_all(env.home().join(".local/bin")).unwrap();
    let (mut ran, mut wrong) = (0, Vec::new());
    for Step { line, shown } in lines::steps(&readme) {
        if elsewhere::is_run(&line) {
            continue;
        }
        // `cargo run -q -p kubectl-quota -- …` is the executable that cargo has built.
        let command = match line.strip_prefix("cargo run -q -p ").and_then(|rest| rest.split_once(" -- ")) {
            Some((package, words)) => format!("{package} {words}"),
            None => line.clone(),
        };
        let output = env.command("bash", ["-c", &command]).limit(Duration::from_secs(300)).run();
        ran += 1;
        if output.status != Some(status(&line)) || output.stderr.contains("panicked") {
            wrong.push(format!("wanted exit status {}\n{output}", status(&line)));
        }
        let said: Vec<_> = output.stdout.lines().chain(output.stderr.lines()).map(steady).collect();
        // When a controller tries again, and where the scheduler puts what was evicted, is another matter in each run.
        let by_chance = |row: &str| {
            [" retries within ", " waits: ", "  eu-west-1"].iter().any(|chance| row.contains(chance))
        };
        let rows = shown.iter().filter(|row| !by_chance(row) && !said.contains(&steady(row)));
        let gone: Vec<_> = rows.map(String::as_str).collect();
        if !gone.is_empty() {
            wrong.push(format!("the README shows\n{}\nof\n{output}", gone.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(ran > 30, "{ran}");
}
