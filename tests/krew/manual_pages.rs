//! The manual pages of a release: one a command, which `man` shows without a complaint.

use std::{collections::BTreeSet, fs, path::Path};

use support::{
    TestEnv, has_tool,
    plugins::{PLUGINS, built_plugins, file_name},
};

use crate::releases::Releases;

/// Returns the names of the pages of a command and those below it.
fn names(env: &TestEnv, plugin: &str, words: &[String], found: &mut BTreeSet<String>) {
    let name: Vec<&str> = ["kubectl", plugin].into_iter().chain(words.iter().map(String::as_str)).collect();
    found.insert(name.join("-"));
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["-h"]).collect();
    let help = env.run(&file_name(plugin), arguments).success().stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in commands.take_while(|line| line.starts_with(' ')).filter(|line| !line.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        if name != "help" {
            names(env, plugin, &[words, &[name.to_owned()]].concat(), found);
        }
    }
}

#[test]
fn every_command_has_a_page_that_man_shows() {
    if !has_tool("man", Path::new("/usr/bin/man").exists()) {
        return;
    }
    let releases = Releases::made();
    let folder = built_plugins();
    for plugin in PLUGINS {
        let env = TestEnv::new().program(folder.join(file_name(plugin))).variable("COLUMNS", "1000");
        let archive =
            releases.path("0.1.0", &format!("archives/{}-v0.1.0-linux-amd64.tar.gz", file_name(plugin)));
        let archive = archive.display().to_string();
        env.run("tar", ["-xzf", archive.as_str(), "man"]).success();
        let mut expected = BTreeSet::new();
        names(&env, plugin, &[], &mut expected);
        let pages = env.home().join("man/man1");
        let found: BTreeSet<String> = fs::read_dir(&pages)
            .unwrap()
            .map(|page| page.unwrap().file_name().into_string().unwrap().replace(".1", ""))
            .collect();
        assert_eq!(found, expected);
        let env = env.variable("MANWIDTH", "100").variable("LC_ALL", "C.UTF-8").variable("MANROFFOPT", "-ww");
        for name in found {
            let page = pages.join(format!("{name}.1")).display().to_string();
            let shown = env.run("man", ["--warnings", "--local-file", page.as_str()]).success();
            assert_eq!(shown.stderr, "", "{name}");
            let text = &shown.stdout;
            let place = |heading: &str| {
                text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{name}: no {heading}\n{text}"))
            };
            assert!(place("EXAMPLES") < place("EXIT STATUS"), "{name}");
            let examples = &text[place("EXAMPLES")..place("EXIT STATUS")];
            // They can be copied: a hyphen would be no dash.
            assert!(
                examples.contains(&format!("kubectl {plugin}")) && !examples.contains('‐'),
                "{name}\n{examples}"
            );
            let statuses = &text[place("EXIT STATUS")..];
            assert!(
                statuses.lines().skip(2).any(|line| line.trim_start().starts_with("0 ")),
                "{name}\n{statuses}"
            );
        }
    }
}
