//! Names that go to another program are byte for byte those of the kubeconfig; a terminal gets no escape sequence.

use std::os::unix::fs::symlink;

use serde_json::Value;
use support::{Terminal, TestEnv, executable};

use crate::support::{NS_SWITCH, bare, call, run};

/// An emoji with a variation selector, a joiner, a soft hyphen, an escape sequence, and one that is plain.
const NAMES: [&str; 5] = ["⚠\u{fe0f} prod", "👩\u{200d}💻", "soft\u{ad}hyphen", "esc\u{1b}[31m", "plain"];

fn environment() -> TestEnv {
    let entry = |name: &&str| format!("- name: {}\n  context: {{cluster: c}}\n", Value::from(*name));
    let contexts: String = NAMES.iter().map(entry).collect();
    let env = bare();
    env.file(".kube/config", format!("contexts:\n{contexts}current-context: plain\n"));
    for name in ["kubectx", "kubens"] {
        symlink(executable(NS_SWITCH), env.home().join("bin").join(name)).unwrap();
    }
    env
}

#[test]
fn every_name_that_is_printed_can_be_given_back() {
    let env = environment();
    for (program, arguments) in [(NS_SWITCH, &["contexts", "-o", "name"][..]), ("kubectx", &[])] {
        let (status, stdout, stderr) = call(&env, program, arguments);
        assert_eq!((status, stderr.as_str()), (0, ""));
        let mut found: Vec<&str> = stdout.lines().collect();
        let mut names = NAMES;
        found.sort_unstable();
        names.sort_unstable();
        assert_eq!(found, names, "{program}");
    }
    for name in NAMES {
        assert_eq!(run(&env, &["use", name]).0, 0, "{name:?}");
        let expected = (0, format!("{name}\n"), String::new());
        assert_eq!(run(&env, &["contexts", "-c"]), expected, "{name:?}");
        assert_eq!(call(&env, "kubectx", &["-c"]), expected, "{name:?}");
        let (_, json, _) = run(&env, &["contexts", "-o", "json"]);
        let document: Value = serde_json::from_str(&json).unwrap();
        assert!(document["items"].as_array().unwrap().iter().any(|item| item["name"] == name), "{json}");
    }
}

#[test]
fn a_terminal_is_not_driven_by_a_name_and_shows_an_emoji() {
    for (program, arguments) in
        [(NS_SWITCH, &["contexts", "-o", "name"][..]), (NS_SWITCH, &["contexts"]), ("kubectx", &[])]
    {
        let env = environment().variable("KUBECTX_IGNORE_FZF", "1");
        let mut terminal = Terminal::start(&env, program, arguments, (24, 120));
        assert_eq!(terminal.wait().0, 0);
        let written = String::from_utf8_lossy(&terminal.raw()).into_owned();
        assert!(written.contains("esc\\u{1b}[31m") && !written.contains("esc\u{1b}"), "{written:?}");
        assert!(written.contains("⚠\u{fe0f} prod") && written.contains("👩\u{200d}💻"), "{written:?}");
        assert!(written.contains("soft\\u{ad}hyphen"), "{written:?}");
    }
}

#[test]
fn a_sentence_with_a_name_in_it_is_one_line() {
    let env = bare();
    env.file(".kube/config", "current-context: \"a\\nb\"\ncontexts: [{name: \"c\\nd\"}]\n");
    let (status, stdout, stderr) = run(&env, &["web", "-f"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("error: the current context \"a\\nb\" does not exist\nhint: "), "{stderr}");
    let (status, _, stderr) = run(&env, &["use", "c\nx"]);
    assert_eq!(
        (status, stderr.as_str()),
        (1, "error: no context exists with the name \"c\\nx\"\nhint: did you mean \"c\\nd\"?\n")
    );
}
