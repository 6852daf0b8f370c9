//! What the sources of a crate must not name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{paths::named, source::Source};

/// Rooms of `shared` that only compute. `dump` reads files besides; nothing here talks to a server or to a person.
pub const PURE: &[&str] = &[
    "quantity",
    "model",
    "resources",
    "selector",
    "yaml",
    "dump",
    "manifest",
    "admission",
    "workload",
    "placement",
];

/// What pure rooms must not name, of `shared` and of other crates.
const IMPURE: &[&str] = &[
    "cli",
    "client",
    "kubeconfig",
    "output",
    "prompt",
    "snapshot",
    "state",
    "kube",
    "reqwest",
    "hyper",
    "tokio",
];

/// Parts of the standard library that pure rooms must not name; `dump` may.
const IMPURE_STD: &[&str] = &["env", "fs", "io", "net", "process", "thread"];

/// The longest a file may be, in lines.
const LONGEST: usize = 400;

/// Finds what pure rooms of `shared` name although it reads or writes.
pub fn impure(sources: &[Source]) -> Vec<String> {
    let roots = roots(sources);
    let pure = product(sources)
        .filter(|source| source.room().is_some_and(|room| PURE.contains(&room) || room == "placement"));
    offenses(pure, |source, path| match path {
        [root, part, ..] if root == "std" => {
            source.room() != Some("dump") && IMPURE_STD.contains(&part.as_str())
        }
        [root, ..] if root == "crate" => room_of(path, &roots).is_some_and(|room| IMPURE.contains(&room)),
        [root, ..] => IMPURE.contains(&root.as_str()),
        [] => false,
    })
}

/// Finds where a crate names one of these plugins: as a crate, or by a path to its files.
pub fn other_plugins(sources: &[Source], others: &[&str]) -> Vec<String> {
    let crates: Vec<_> =
        others.iter().map(|plugin| format!("kubectl_{}", plugin.replace('-', "_"))).collect();
    let mut found =
        offenses(product(sources), |_, path| path.first().is_some_and(|root| crates.contains(root)));
    for source in sources {
        for (index, line) in source.text.lines().enumerate() {
            let names_files = others.iter().any(|plugin| {
                [format!("../{plugin}/"), format!("../{plugin}\""), format!("plugins/{plugin}/src")]
                    .iter()
                    .any(|path| line.contains(path.as_str()))
            });
            let depends = source.path.ends_with(".toml")
                && others.iter().any(|plugin| line.trim_start().starts_with(&format!("kubectl-{plugin}")));
            if names_files || depends {
                found.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    found
}

/// Returns the command whose folder a source is in.
pub fn command_of(source: &Source) -> Option<String> {
    match source.module().as_slice() {
        ["commands", command, ..] => Some((*command).to_owned()),
        _ => None,
    }
}

/// Finds where a command names another command.
pub fn other_commands(sources: &[Source]) -> Vec<String> {
    let commands: BTreeSet<_> = sources.iter().filter_map(command_of).collect();
    let inside = product(sources).filter(|source| command_of(source).is_some());
    offenses(inside, |source, path| match path {
        [root, room, command, ..] if root == "crate" && room == "commands" => {
            commands.contains(command) && command_of(source).as_ref() != Some(command)
        }
        _ => false,
    })
}

/// Finds files that are too long.
pub fn long_files(sources: &[Source]) -> Vec<String> {
    let lengths = sources.iter().map(|source| (&source.path, source.text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > LONGEST);
    long.map(|(path, lines)| format!("{path} has {lines} lines, more than {LONGEST}")).collect()
}

/// An import from one room to another that leads back to the first.
pub struct Circle {
    from: String,
    to: String,
    files: BTreeSet<String>,
}

impl Circle {
    /// Returns whether the import is between these two rooms, in either direction.
    pub fn is_between(&self, one: &str, other: &str) -> bool {
        (self.from == one && self.to == other) || (self.from == other && self.to == one)
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.files.iter().cloned().collect::<Vec<_>>().join(", ");
        write!(f, "{} names {}, which leads back to it: {files}", self.from, self.to)
    }
}

/// Finds imports between the rooms at the top of a crate that make a circle.
pub fn circles(sources: &[Source]) -> Vec<Circle> {
    let roots = roots(sources);
    let mut graph: BTreeMap<&str, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for source in product(sources) {
        let Some(room) = source.room() else { continue };
        for path in named(source) {
            if let Some(to) = room_of(&path, &roots).filter(|to| *to != room) {
                graph.entry(room).or_default().entry(to.to_owned()).or_default().insert(source.path.clone());
            }
        }
    }
    let leads_to = |from: &str, to: &str| {
        let (mut seen, mut open) = (BTreeSet::from([from.to_owned()]), vec![from.to_owned()]);
        while let Some(room) = open.pop() {
            for next in graph.get(room.as_str()).into_iter().flat_map(BTreeMap::keys) {
                if next == to {
                    return true;
                }
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        false
    };
    let mut found = Vec::new();
    for (from, imports) in &graph {
        for (to, files) in imports.iter().filter(|(to, _)| leads_to(to, from)) {
            found.push(Circle { from: (*from).to_owned(), to: to.clone(), files: files.clone() });
        }
    }
    found
}

/// Returns the rooms behind the names that the crate's own file re-exports: `crate::Error` is of the room `error`.
fn roots(sources: &[Source]) -> BTreeMap<String, String> {
    let own = sources.iter().filter(|source| source.room().is_none());
    own.flat_map(named)
        .filter_map(|path| match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["crate", room, .., name] | [room, .., name] => Some(((*name).to_owned(), (*room).to_owned())),
            _ => None,
        })
        .collect()
}

fn room_of<'a>(path: &'a [String], roots: &'a BTreeMap<String, String>) -> Option<&'a str> {
    match path {
        [root, room, ..] if root == "crate" => Some(roots.get(room).unwrap_or(room)),
        _ => None,
    }
}

fn product(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| !source.is_test())
}

fn offenses<'a>(
    sources: impl Iterator<Item = &'a Source>,
    is_offense: impl Fn(&Source, &[String]) -> bool,
) -> Vec<String> {
    let of_source = |source: &'a Source| {
        let paths: BTreeSet<_> = named(source).into_iter().filter(|path| is_offense(source, path)).collect();
        paths.into_iter().map(|path| format!("{} names {}", source.path, path.join("::")))
    };
    sources.flat_map(of_source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, text: &str) -> Vec<Source> {
        vec![Source::new("lib.rs", "pub use error::{Error, Result};"), Source::new(path, text)]
    }

    #[test]
    fn a_pure_room_that_reads_is_found() {
        for text in [
            "use crate::{Error, client::Client};",
            "fn f(printer: &mut crate::output::Printer) {}",
            "use super::super::snapshot::ClusterSnapshot;",
            "async fn f() { tokio::time::sleep(x).await }",
            "use std::{collections::BTreeMap, fs};",
        ] {
            assert_eq!(impure(&one("admission/quota.rs", text)).len(), 1, "{text}");
        }
        assert_eq!(impure(&one("dump/source.rs", "use crate::prompt::ask;")).len(), 1);
        assert_eq!(impure(&one("dump/source.rs", "use std::fs; use crate::Error;")), [""; 0]);
        assert_eq!(impure(&one("snapshot/read.rs", "use crate::client::Client;")), [""; 0]);
    }

    #[test]
    fn another_plugin_is_found() {
        for (path, text) in [
            ("run.rs", "use kubectl_ns_switch::state;"),
            ("run.rs", "#[path = \"../../ns-switch/src/state.rs\"]\nmod state;"),
            ("../Cargo.toml", "kubectl-ns-switch.workspace = true"),
            ("../Cargo.toml", "other = { path = \"../ns-switch\" }"),
        ] {
            assert_eq!(other_plugins(&one(path, text), &["ns-switch"]).len(), 1, "{text}");
            assert_eq!(other_plugins(&one(path, text), &["elb-tls"]), [""; 0]);
        }
    }

    #[test]
    fn a_command_in_another_command_is_found() {
        let commands = |text: &str| {
            let mut sources = one("commands/check/run.rs", text);
            sources.push(Source::new("commands/explain/mod.rs", ""));
            other_commands(&sources).len()
        };
        assert_eq!(commands("use crate::commands::explain::Case;"), 1);
        assert_eq!(commands("use super::super::explain::Case;"), 1);
        assert_eq!(commands("use crate::commands::{check::Row, explain};"), 1);
        assert_eq!(commands("use super::args::CheckArgs;"), 0);
    }

    #[test]
    fn circles_are_found_through_re_exports_and_third_rooms() {
        let sources = [
            Source::new("lib.rs", "pub use error::{Error, Result};"),
            Source::new("error.rs", "use crate::cli::ExitStatus;"),
            Source::new("cli/mod.rs", "use crate::output::Printer;"),
            Source::new("output/mod.rs", "use crate::Error;"),
            Source::new("model.rs", "use crate::Error;"),
        ];
        let found: Vec<_> = circles(&sources).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "cli names output, which leads back to it: cli/mod.rs".to_owned(),
                "error names cli, which leads back to it: error.rs".to_owned(),
                "output names error, which leads back to it: output/mod.rs".to_owned(),
            ]
        );
        assert!(circles(&sources)[0].is_between("output", "cli"));
        assert_eq!(circles(&sources[3..]).len(), 0);
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(long_files(&one("run.rs", &"x\n".repeat(400))), [""; 0]);
        assert_eq!(long_files(&one("run.rs", &"x\n".repeat(401))), ["run.rs has 401 lines, more than 400"]);
    }
}
