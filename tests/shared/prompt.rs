//! Prompts on a real terminal, and without one.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use shared::prompt::{Prompter, Question, TerminalPrompter};

use super::{
    child::{ResultFile, arguments, leave},
    terminal::{Terminal, cursor_shows},
};

const WHERE: Question<'static> = Question { text: "Where to", answered_by: "a namespace" };

fn namespaces() -> Vec<String> {
    (0..5_000).map(|index| format!("team-{index}")).collect()
}

#[test]
#[ignore = "a program for the tests below"]
fn fuzzy_program() {
    leave(TerminalPrompter::default().fuzzy_select(WHERE, &namespaces(), 0));
}

#[test]
#[ignore = "a program for the tests below"]
fn select_program() {
    let items = ["evil\u{1b}[31m".to_owned(), "b".to_owned()];
    leave(TerminalPrompter::default().select(WHERE, &items, 0));
}

#[test]
#[ignore = "a program for the tests below"]
fn confirm_program() {
    leave(TerminalPrompter::default().confirm(WHERE, false));
}

#[test]
#[ignore = "a program for the tests below"]
fn input_program() {
    let check = |text: &str| if text.len() > 2 { Ok(()) } else { Err("too short".to_owned()) };
    leave(TerminalPrompter::default().input(WHERE, "ab", &check));
}

/// What one program makes of some keys; the cursor has to be back.
fn pressed(program: &str, keys: &str) -> (String, String) {
    let mut terminal = Terminal::run(program);
    match program {
        "prompt::input_program" => terminal.await_text("Where to"),
        _ => terminal.await_prompt("Where to"),
    };
    terminal.press(keys);
    let (status, result, screen) = terminal.finish();
    assert!(status.success(), "{status:?}: {screen:?}");
    assert!(cursor_shows(&screen), "the cursor stayed hidden: {screen:?}");
    (result, screen)
}

#[test]
fn answers_are_taken() {
    assert_eq!(pressed("prompt::fuzzy_program", "team-4321\r").0, "4321");
    assert_eq!(pressed("prompt::select_program", "\u{1b}[B\r").0, "1");
    assert_eq!(pressed("prompt::confirm_program", "y").0, "true");
    assert_eq!(pressed("prompt::confirm_program", "\r").0, "false");
    assert_eq!(pressed("prompt::input_program", "c\r").0, "\"abc\"");
}

#[test]
fn a_refused_line_is_asked_again() {
    let (result, screen) = pressed("prompt::input_program", "\rxyz\r");
    assert_eq!(result, "\"abxyz\"");
    assert!(screen.contains("too short"), "{screen:?}");
}

#[test]
fn names_cannot_drive_the_terminal() {
    let (_, screen) = pressed("prompt::select_program", "\r");
    assert!(screen.contains(r"evil\u{1b}[31m"), "{screen:?}");
}

#[test]
fn ctrl_c_cancels_and_brings_the_cursor_back() {
    for program in ["fuzzy_program", "select_program", "confirm_program", "input_program"] {
        assert_eq!(pressed(&format!("prompt::{program}"), "\u{3}").0, "status 130", "{program}");
    }
}

#[test]
fn escape_cancels_and_brings_the_cursor_back() {
    for program in ["fuzzy_program", "select_program", "confirm_program"] {
        assert_eq!(pressed(&format!("prompt::{program}"), "\u{1b}").0, "status 130", "{program}");
    }
}

#[test]
fn without_a_terminal_it_refuses_at_once() {
    for program in ["fuzzy_program", "select_program", "confirm_program", "input_program"] {
        let result = ResultFile::new();
        let (name, path) = result.variable();
        let started = Instant::now();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(arguments(&format!("prompt::{program}")))
            .env(name, path)
            .env_remove("CI")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(started.elapsed() < Duration::from_secs(10), "{program} waited");
        assert!(output.status.success());
        assert_eq!(result.read(), "status 2", "{program}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{program} wrote to what is no terminal");
    }
}
