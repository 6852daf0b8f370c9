//! Protected contexts.

use support::{Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, THREE, config, expect, run, with};

fn guarded(settings: &str) -> TestEnv {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", settings);
    env
}

#[test]
fn nobody_gets_into_one_by_accident() {
    let env = guarded("protected = [\"g*\", \"re:^bet\"]\n");
    for (line, context) in [
        (&["use", "gamma"][..], "gamma"),
        (&["contexts", "beta"], "beta"),
        (&["use", "gamma/web", "-f"], "gamma"),
    ] {
        let said = format!(
            "error: context \"{context}\" is protected\nhint: `kubectl ns-switch use {context} --yes` switches to it without asking\n"
        );
        expect(&env, line, 5, "", &said);
    }
    assert_eq!(config(&env), THREE);
    expect(&env, &["contexts", "alpha"], 0, "", "Context \"alpha\" already\n");
}

#[test]
fn yes_is_an_answer_and_the_warning_stays() {
    let env = guarded("protected = [\"gamma\"]\n");
    let said = "Warning: context \"gamma\" is protected\n✔ Context \"gamma\" (cluster one, user other, namespace default)\n";
    expect(&env, &["use", "gamma", "--yes"], 0, "", said);
    let (_, _, stderr) = run(&env, &["use", "alpha"]);
    assert_eq!(stderr, "✔ Context \"alpha\" (cluster one, user me, namespace shop)\n");
    let (status, _, _) = run(&env, &["contexts", "-"]);
    assert_eq!(status, 5, "going back is going there");
}

#[test]
fn at_a_terminal_it_is_asked() {
    for (answer, status, context) in [("y", 0, "gamma"), ("n", 130, "alpha"), (keys::CONTROL_C, 130, "alpha")]
    {
        let env = guarded("protected = [\"gamma\"]\n");
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["use", "gamma"], (24, 80));
        terminal.wait_for_prompt("Switch to gamma");
        terminal.send(answer);
        assert_eq!(terminal.wait().0, status, "{answer:?}");
        assert!(!terminal.hides_cursor());
        assert_eq!(run(&env, &["contexts", "-c"]).1, format!("{context}\n"));
    }
}

#[test]
fn settings_that_cannot_be_read_guard_everything() {
    let env = guarded("protectd = [\"gamma\"]\n");
    let (status, _, stderr) = run(&env, &["use", "gamma"]);
    assert_eq!(status, 1);
    assert!(stderr.contains("config.toml line 1: unknown field `protectd`"), "{stderr}");
    assert_eq!(config(&env), THREE);
}
