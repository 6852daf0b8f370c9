//! Help is help wherever it stands in a line.

use support::plugins::file_name;

use crate::pages::{Page, env, pages};

fn help_of(page: &Page, more: &[&str]) -> String {
    let words = page.words.iter().map(String::as_str);
    env().run(&file_name(page.plugin), words.chain(more.iter().copied())).success().stdout
}

#[test]
fn a_line_that_asks_for_help_gets_it_whatever_else_stands_in_it() {
    for page in pages() {
        let (long, short) = (help_of(page, &["--help"]), help_of(page, &["-h"]));
        for more in [
            &["--namespace", "x", "--help"][..],
            &["--no-such-flag", "--help"],
            &["--help", "--no-such-flag"],
            &["--color", "nonsense", "--help"],
        ] {
            assert_eq!(help_of(page, more), long, "{} {more:?}", page.name());
        }
        assert_eq!(help_of(page, &["--no-such-flag", "-h"]), short, "{}", page.name());
        // Words after a plugin's own name go to the command that runs without a name, if there is one.
        if !page.words.is_empty() {
            assert_eq!(help_of(page, &["x", "y", "z", "--help"]), long, "{}", page.name());
        }
    }
}

#[test]
fn flags_of_the_command_that_runs_without_a_name_lead_to_its_help() {
    for (plugin, line, command) in [
        ("quota", "-A --help", "usage"),
        ("quota", "-o json --help", "usage"),
        ("quota", "-n shop -A -h", "usage"),
        ("ns-switch", "-c --help", "to"),
        ("ns-switch", "--force shop --help", "to"),
        ("drain-safe", "-l pool=workers --help", "drain"),
        ("drain-safe", "-l pool=workers -h", "drain"),
        ("drain-safe", "worker-a1 --help", "drain"),
    ] {
        let long = line.rsplit(' ').next().unwrap();
        let named = env().run(&file_name(plugin), [command, long]).success().stdout;
        let output = env().run(&file_name(plugin), line.split(' ')).success();
        assert_eq!((output.stdout, output.stderr.as_str()), (named, ""), "{plugin} {line}");
    }
}

#[test]
fn flags_of_all_commands_lead_to_the_help_of_the_whole() {
    for (plugin, line) in [("elb-tls", "-A --help"), ("elb-tls", "nodejs --help"), ("quota", "-n x --help")] {
        let whole = env().run(&file_name(plugin), ["--help"]).success().stdout;
        assert_eq!(env().run(&file_name(plugin), line.split(' ')).success().stdout, whole, "{plugin} {line}");
    }
}

#[test]
fn the_version_is_told_beside_flags_of_the_command_that_runs_without_a_name() {
    for (plugin, line) in
        [("quota", "-A --version"), ("drain-safe", "-l a=b -V"), ("ns-switch", "-c --version")]
    {
        let version = env().run(&file_name(plugin), ["--version"]).success().stdout;
        assert_eq!(
            env().run(&file_name(plugin), line.split(' ')).success().stdout,
            version,
            "{plugin} {line}"
        );
    }
}

/// What stands behind two dashes is for another program.
#[test]
fn help_behind_two_dashes_is_none_of_ours() {
    let output = env().run("kubectl-quota", ["usage", "--no-such-flag", "--", "--help"]);
    assert_eq!((output.status, output.stdout.as_str()), (Some(2), ""), "{output}");
}
