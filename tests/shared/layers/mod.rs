//! The floors of the house: which room may name which, held by reading the sources of every crate.

mod check;
mod paths;
mod source;

use std::{
    fs,
    path::{Path, PathBuf},
};

use source::{Source, read_sources};

const PLUGINS: &[&str] = &["quota", "ns-switch", "drain-safe", "elb-tls"];

/// Circles of rooms that may stay, as `(crate, a room, another room, why)`.
const ALLOWED_CIRCLES: &[(&str, &str, &str, &str)] = &[];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the sources of a crate in a folder of the repository.
fn crate_sources(folder: &str) -> Vec<Source> {
    let sources = read_sources(&repository().join(folder).join("src"));
    assert!(!sources.is_empty(), "no sources in {folder}");
    sources
}

fn plugin_folders() -> impl Iterator<Item = String> {
    PLUGINS.iter().map(|plugin| format!("plugins/{plugin}"))
}

#[track_caller]
fn assert_none(offenses: Vec<String>) {
    assert!(offenses.is_empty(), "\n{}", offenses.join("\n"));
}

#[test]
fn all_plugins_are_looked_at() {
    let mut folders: Vec<_> = fs::read_dir(repository().join("plugins"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut listed: Vec<_> = PLUGINS.iter().map(|plugin| (*plugin).to_owned()).collect();
    listed.sort();
    assert_eq!(folders, listed);
}

#[test]
fn pure_rooms_name_nothing_that_reads_or_writes() {
    let sources = crate_sources("shared");
    for room in check::PURE {
        assert!(sources.iter().any(|source| source.room() == Some(*room)), "no room {room} in shared");
    }
    assert_none(check::impure(&sources));
}

#[test]
fn plugins_and_shared_name_no_other_plugin() {
    for folder in plugin_folders().chain(["shared".to_owned()]) {
        let others: Vec<_> =
            PLUGINS.iter().copied().filter(|plugin| !folder.ends_with(&format!("/{plugin}"))).collect();
        let mut sources = crate_sources(&folder);
        sources.push(Source::new(
            "../Cargo.toml",
            &fs::read_to_string(repository().join(&folder).join("Cargo.toml")).unwrap(),
        ));
        assert_none(check::other_plugins(&sources, &others));
    }
}

#[test]
fn commands_name_no_other_command() {
    let mut seen = 0;
    for folder in plugin_folders() {
        let sources = crate_sources(&folder);
        seen += sources.iter().filter(|source| check::command_of(source).is_some()).count();
        assert_none(check::other_commands(&sources));
    }
    assert!(seen > 0, "no plugin has commands");
}

#[test]
fn rooms_import_each_other_in_one_direction() {
    for folder in plugin_folders().chain(["shared".to_owned()]) {
        let circles = check::circles(&crate_sources(&folder));
        let is_allowed = |circle: &check::Circle| {
            ALLOWED_CIRCLES
                .iter()
                .any(|(in_crate, one, other, _)| folder.ends_with(in_crate) && circle.is_between(one, other))
        };
        assert_none(circles.iter().filter(|circle| !is_allowed(circle)).map(ToString::to_string).collect());
    }
}

#[test]
fn no_file_is_too_long() {
    for folder in plugin_folders().chain(["shared".to_owned()]) {
        assert_none(check::long_files(&crate_sources(&folder)));
    }
}
