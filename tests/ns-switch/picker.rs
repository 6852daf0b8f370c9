//! The picker, on a real terminal.

use std::time::{Duration, Instant};

use support::{Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, THREE, run, with};

/// A kubeconfig with this many contexts.
fn many(count: usize) -> TestEnv {
    let contexts: String =
        (0..count).map(|number| format!("- name: team-{number}\n  context: {{cluster: c}}\n")).collect();
    with(&format!("current-context: team-7\ncontexts:\n{contexts}"))
}

fn current(env: &TestEnv) -> String {
    run(env, &["contexts", "-c"]).1.trim().to_owned()
}

fn open(env: &TestEnv) -> Terminal {
    let terminal = Terminal::start(env, NS_SWITCH, ["use"], (24, 80));
    terminal.wait_for_prompt("* team-7");
    terminal
}

#[test]
fn typing_finds_and_enter_switches() {
    let env = many(5_000);
    let mut terminal = open(&env);
    terminal.send("4321");
    terminal
        .wait_until("only the match", |screen| screen.contains("team-4321") && !screen.contains("team-8"));
    terminal.send(keys::ENTER);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(!terminal.hides_cursor());
    assert_eq!(current(&env), "team-4321");
}

#[test]
fn the_cursor_starts_at_the_current_one_in_natural_order() {
    let env = many(30);
    let mut terminal = open(&env);
    terminal.send(keys::DOWN);
    terminal.send(keys::ENTER);
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "team-8");
}

#[test]
fn what_was_used_comes_first_the_latest_before_the_others() {
    let env = many(30);
    for name in ["team-20", "team-3", "team-25", "team-3", "team-7"] {
        assert_eq!(run(&env, &["use", name]).0, 0);
    }
    let mut terminal = open(&env);
    terminal.wait_until("the recent ones in order", |screen| {
        let names: Vec<&str> = screen
            .lines()
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("team-")))
            .collect();
        names.starts_with(&["team-3", "team-25", "team-20", "team-0", "team-1"])
    });
    terminal.send(keys::ESCAPE);
    assert_eq!(terminal.wait().0, 130);
}

#[test]
fn escape_and_control_c_change_nothing_and_leave_a_clean_terminal() {
    for key in [keys::ESCAPE, keys::CONTROL_C] {
        let env = many(100);
        let mut terminal = open(&env);
        terminal.send("te");
        terminal.send(key);
        let (status, screen) = terminal.wait();
        assert_eq!(status, 130, "{key:?} {screen}");
        assert!(!terminal.hides_cursor(), "{key:?}");
        assert_eq!(current(&env), "team-7");
    }
}

#[test]
fn a_resized_window_and_a_tiny_one_are_survived() {
    let env = many(500);
    let mut terminal = open(&env);
    terminal.resize(8, 30);
    terminal.send("49");
    terminal.wait_for("team-49");
    terminal.resize(40, 120);
    terminal.send("9");
    terminal.wait_for("team-499");
    terminal.send(keys::ENTER);
    assert_eq!(terminal.wait().0, 0);
    assert_eq!(current(&env), "team-499");
}

#[test]
fn a_closed_terminal_ends_it() {
    ends_with_its_terminal("sh");
}

#[test]
fn a_closed_terminal_ends_it_where_no_signal_tells() {
    // In a session of its own it has no controlling terminal, and nobody sends it a hangup.
    ends_with_its_terminal("setsid sh");
}

#[track_caller]
fn ends_with_its_terminal(shell: &str) {
    let env = many(100);
    let pid_file = env.home().join("pid");
    let script = format!("{shell} -c 'echo $$ > pid; exec kubectl-ns_switch use'; true");
    let terminal = Terminal::start(&env, "sh", ["-c", &script], (24, 80));
    terminal.wait_for("* team-7");
    let pid = std::fs::read_to_string(&pid_file).unwrap().trim().to_owned();
    drop(terminal);
    let deadline = Instant::now() + Duration::from_secs(120);
    while std::path::Path::new(&format!("/proc/{pid}")).exists() {
        assert!(Instant::now() < deadline, "it lives on without a terminal");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(current(&env), "team-7");
}

#[test]
fn a_signal_that_ends_it_leaves_a_clean_terminal() {
    let env = many(100);
    let pid_file = env.home().join("pid");
    let script = "echo before; echo $$ > pid; exec kubectl-ns_switch use";
    let mut terminal = Terminal::start(&env, "sh", ["-c", script], (24, 80));
    terminal.wait_for("* team-7");
    let pid = std::fs::read_to_string(&pid_file).unwrap().trim().to_owned();
    env.run("sh", ["-c", &format!("kill -TERM {pid}")]).success();
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert!(screen.starts_with("before\n") && !screen.contains("team-"), "{screen}");
    assert!(!terminal.hides_cursor());
    assert_eq!(current(&env), "team-7");
}

#[test]
fn nobody_is_asked_in_ci_or_on_a_dumb_terminal() {
    for (variable, value) in [("CI", "true"), ("TERM", "dumb")] {
        let env = with(THREE).variable(variable, value);
        let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 80));
        let (status, screen) = terminal.wait();
        assert_eq!(status, 2, "{screen}");
        assert!(screen.contains("can't ask `Context`"), "{screen}");
    }
}
