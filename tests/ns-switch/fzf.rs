//! Choosing with fzf, played by a script that keeps what it is given and picks what it is told.

use std::os::unix::fs::symlink;

use support::{Terminal, TestEnv, executable, keys};

use crate::support::{NS_SWITCH, THREE, bare, config, read, run, with};

/// Puts an fzf on the PATH that picks the first line with `picks` in it.
fn fzf(env: &TestEnv, picks: &str) {
    program(env, &format!("tee seen | grep -F -- '{picks}' | head -n 1"));
}

/// Puts an fzf on the PATH that does this.
fn program(env: &TestEnv, does: &str) {
    env.script("bin/fzf", &format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > arguments\n{does}\n"));
}

/// An environment without an fzf: this machine's own, where it has one, is not on the PATH.
fn without_fzf() -> TestEnv {
    let env = with(THREE);
    let only = env.home().join("bin");
    env.variable("PATH", only)
}

fn choose(env: &TestEnv, program: &str, arguments: &[&str]) -> (i32, String) {
    Terminal::start(env, program, arguments, (24, 80)).wait()
}

fn current(env: &TestEnv) -> String {
    run(env, &["contexts", "-c"]).1.trim().to_owned()
}

#[test]
fn the_variable_or_the_settings_ask_for_it() {
    let wanted = [with(THREE).variable("NS_SWITCH_PICKER", "fzf"), {
        let env = with(THREE);
        env.file(".config/kubectl-ns-switch/config.toml", "picker = \"fzf\"\n");
        env
    }];
    for env in wanted {
        fzf(&env, "gamma");
        let (status, screen) = choose(&env, NS_SWITCH, &["use"]);
        assert_eq!(status, 0, "{screen}");
        assert!(
            screen.contains("✔ Context \"gamma\" (cluster one, user other, namespace default)"),
            "{screen}"
        );
        assert_eq!(current(&env), "gamma");
        assert_eq!(read(&env.home().join("seen")), "0\t* alpha\n1\t  beta\n2\t  gamma\n");
        let arguments = read(&env.home().join("arguments"));
        assert_eq!(arguments, "--delimiter\n\t\n--with-nth\n2..\n--no-multi\n--prompt\nContext> \n");
    }
}

#[test]
fn the_built_in_list_is_the_default_and_can_be_wanted_again() {
    for variable in ["", "builtin"] {
        let env = with(THREE).variable("NS_SWITCH_PICKER", variable);
        fzf(&env, "gamma");
        if variable == "builtin" {
            env.file(".config/kubectl-ns-switch/config.toml", "picker = \"fzf\"\n");
        }
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 80));
        terminal.wait_for("* alpha");
        terminal.send(keys::DOWN);
        terminal.send(keys::ENTER);
        assert_eq!(terminal.wait().0, 0);
        assert_eq!(current(&env), "beta");
        assert!(!env.home().join("seen").exists());
    }
}

#[test]
fn without_fzf_the_built_in_list_stands_in() {
    let env = without_fzf().variable("NS_SWITCH_PICKER", "fzf");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 80));
    terminal.wait_for("* alpha");
    terminal.send(keys::ENTER);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(screen.starts_with("Warning: fzf is not on PATH: using the built-in list\n"), "{screen}");
}

#[test]
fn what_fzf_says_is_what_happens() {
    for (does, status, said) in [
        ("exit 130", 130, "cancelled, nothing was changed"),
        ("cat > /dev/null; exit 1", 130, "cancelled, nothing was changed"),
        ("exit 0", 130, "cancelled, nothing was changed"),
        ("cat > /dev/null; echo 99", 130, "cancelled, nothing was changed"),
        (
            "echo broken >&2; exit 2",
            1,
            "broken\nerror: fzf failed: exit status: 2\nhint: NS_SWITCH_PICKER=builtin",
        ),
    ] {
        let env = with(THREE).variable("NS_SWITCH_PICKER", "fzf");
        program(&env, does);
        let (found, screen) = choose(&env, NS_SWITCH, &["use"]);
        assert_eq!(found, status, "{does}: {screen}");
        assert!(screen.contains(said), "{does}: {screen}");
        assert_eq!(config(&env), THREE);
    }
}

#[test]
fn a_picker_nobody_knows_is_a_usage_error() {
    let env = with(THREE).variable("NS_SWITCH_PICKER", "peco");
    let (status, screen) = choose(&env, NS_SWITCH, &["use"]);
    assert_eq!(status, 2, "{screen}");
    assert!(
        screen.contains("error: NS_SWITCH_PICKER is \"peco\"\nhint: it can be fzf or builtin"),
        "{screen}"
    );
}

#[test]
fn nobody_at_the_terminal_gets_no_fzf() {
    let env = with(THREE).variable("NS_SWITCH_PICKER", "fzf");
    fzf(&env, "gamma");
    let (status, _, stderr) = run(&env, &["use"]);
    assert_eq!(status, 2);
    assert!(stderr.starts_with("error: can't ask `Context`: standard input is not a terminal\n"), "{stderr}");
    assert!(!env.home().join("seen").exists());
}

#[test]
fn odd_names_come_back_as_they_are_and_are_shown_harmlessly() {
    for (name, shown) in [
        ("new\nline", "new\\nline"),
        ("esc\u{1b}[31m", "esc\\u{1b}[31m"),
        ("1\t0", "1\\t0"),
        ("  * x ", "  * x "),
    ] {
        let quoted = serde_json::Value::from(name).to_string();
        let env = with(&format!("contexts:\n- name: plain\n- name: {quoted}\n"))
            .variable("NS_SWITCH_PICKER", "fzf");
        fzf(&env, shown);
        let (status, screen) = choose(&env, NS_SWITCH, &["use"]);
        assert_eq!(status, 0, "{screen}");
        let seen = read(&env.home().join("seen"));
        assert!(seen.lines().count() == 2 && !seen.contains('\u{1b}'), "{seen:?}");
        let (_, json, _) = run(&env, &["contexts", "-o", "json"]);
        let document: serde_json::Value = serde_json::from_str(&json).unwrap();
        let items = document["items"].as_array().unwrap();
        let current = items.iter().find(|item| item["current"] == true).unwrap();
        assert_eq!(current["name"], name);
    }
}

/// kubectx on the PATH.
fn as_kubectx() -> TestEnv {
    let env = bare();
    symlink(executable(NS_SWITCH), env.home().join("bin/kubectx")).unwrap();
    env.file(".kube/config", THREE);
    env
}

#[test]
fn kubectx_takes_the_fzf_there_is_to_switch_and_to_delete() {
    let env = as_kubectx();
    fzf(&env, "gamma");
    let (status, screen) = choose(&env, "kubectx", &[]);
    assert_eq!((status, screen.as_str()), (0, "✔ Switched to context \"gamma\"."));
    assert_eq!(current(&env), "gamma");
    fzf(&env, "beta");
    let (status, screen) = choose(&env, "kubectx", &["-d"]);
    assert_eq!((status, screen.as_str()), (0, "✔ Deleted context beta."));
    assert_eq!(run(&env, &["contexts", "-o", "name"]).1, "alpha\ngamma\n");
}

#[test]
fn kubectx_lists_where_fzf_is_to_be_ignored() {
    let env = as_kubectx().variable("KUBECTX_IGNORE_FZF", "1");
    fzf(&env, "gamma");
    let (status, screen) = choose(&env, "kubectx", &[]);
    assert_eq!((status, screen.as_str()), (0, "alpha\nbeta\ngamma"));
    let (status, screen) = choose(&env, "kubectx", &["-d"]);
    assert_eq!((status, screen.as_str()), (1, "error: '-d' needs arguments"));
    assert!(!env.home().join("seen").exists());
}

#[test]
fn kubectx_may_be_told_to_use_the_built_in_list() {
    let env = as_kubectx().variable("NS_SWITCH_PICKER", "builtin");
    fzf(&env, "gamma");
    let mut terminal = Terminal::start(&env, "kubectx", [""; 0], (24, 80));
    terminal.wait_for("* alpha");
    terminal.send(keys::DOWN);
    terminal.send(keys::ENTER);
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "beta");
}
