//! The examples of every command's help, run on the cluster of `cargo demo`. Each plugin compiles this file as a test
//! of its own.
#![allow(clippy::unwrap_used)]

#[path = "examples/documents.rs"]
mod documents;
#[path = "examples/help.rs"]
mod help;
#[path = "examples/setup.rs"]
mod setup;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use cluster::{Cluster, Options, example};
use documents::Documents;
use support::{TestEnv, executable, has_tool};

/// The plugin's name after `kubectl`: the package's without `kubectl-`.
pub const NAME: &str = {
    let (_, name) = env!("CARGO_PKG_NAME").split_at("kubectl-".len());
    name
};

pub fn file_name() -> String {
    format!("kubectl-{}", NAME.replace('-', "_"))
}

/// A command line and the exit status that it is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub line: String,
    pub status: i32,
}

/// Runs command lines one after the other, as a user who copies them, on an example cluster of their own. Returns the
/// documents that they have printed.
fn run(examples: &[Example]) -> Documents {
    let cluster = Cluster::start(Options::default()).unwrap();
    example::load(&cluster).unwrap();
    let env = setup::prepare(TestEnv::on(&cluster).program(executable(&file_name())));
    let mut wrong = Vec::new();
    let mut documents = Documents::of_plugin();
    for example in examples {
        // Two lines of help are for a shell of their own.
        let shell = if example.line.ends_with("| source") { "fish" } else { "bash" };
        if shell == "fish" && !has_tool(shell, Path::new("/usr/bin/fish").exists()) {
            continue;
        }
        let output = env.command(shell, ["-c", &example.line]).run();
        let ours = example.line.contains(&format!("kubectl {NAME}"));
        let failed = output.stderr.contains("panicked");
        if output.status != Some(example.status) || (ours && failed) {
            wrong.push(format!("wanted exit status {}\n{output}", example.status));
        }
        documents.look_at(&example.line, &output.stdout);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), examples.len(), wrong.join("\n\n"));
    let faults = &documents.faults;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n\n"));
    documents
}

#[test]
fn examples_of_help_end_as_they_say() {
    let mut statuses: BTreeMap<&str, i32> = setup::statuses().iter().copied().collect();
    assert_eq!(statuses.len(), setup::statuses().len(), "each line once");
    let lines = help::pages().iter().flat_map(|page| help::examples(&page.text)).collect::<Vec<_>>();
    // Some stand in the help of the plugin and of a command.
    let mut seen = BTreeSet::new();
    let examples: Vec<_> = lines
        .iter()
        .filter(|line| seen.insert(*line))
        .map(|line| Example { line: line.clone(), status: setup::status(line) })
        .collect();
    for line in &lines {
        statuses.remove(line.as_str());
    }
    assert!(statuses.is_empty(), "no help has these: {statuses:?}");
    run(&examples);
}

/// A client can rely on the schemas in `docs/schemas`: every command's JSON is what they say, and nothing besides.
#[test]
fn documents_are_as_their_schemas_say() {
    let lines: Vec<_> = documents::lines()
        .iter()
        .map(|(line, status)| Example { line: (*line).to_owned(), status: *status })
        .collect();
    let documents = run(&lines);
    assert!(documents.not_seen().is_empty(), "no command line prints {:?}", documents.not_seen());
}
