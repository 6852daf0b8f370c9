//! Prompts on a real terminal, and without one.

use support::keys;

use super::program::Program;

/// What one program makes of some keys, and every byte it wrote; the cursor has to be back.
fn pressed(name: &'static str, keys: &str) -> (String, String) {
    let program = Program::new(name);
    let mut terminal = program.on_terminal();
    terminal.wait_for_prompt("Where to");
    terminal.send(keys);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(!terminal.hides_cursor(), "the cursor stayed hidden: {screen}");
    (program.result(), String::from_utf8(terminal.raw()).unwrap())
}

#[test]
fn answers_are_taken() {
    assert_eq!(pressed("fuzzy", "team-4321\r").0, "4321");
    assert_eq!(pressed("select", "\u{1b}[B\r").0, "1");
    assert_eq!(pressed("confirm", "y").0, "true");
    assert_eq!(pressed("confirm", keys::ENTER).0, "false");
    assert_eq!(pressed("input", "c\r").0, "\"abc\"");
}

#[test]
fn a_refused_line_is_asked_again() {
    let (result, written) = pressed("input", "\rxyz\r");
    assert_eq!(result, "\"abxyz\"");
    assert!(written.contains("too short"), "{written:?}");
}

#[test]
fn names_cannot_drive_the_terminal() {
    let (_, written) = pressed("select", keys::ENTER);
    assert!(written.contains(r"evil\u{1b}[31m"), "{written:?}");
}

#[test]
fn ctrl_c_cancels_and_brings_the_cursor_back() {
    for name in ["fuzzy", "select", "confirm", "input"] {
        assert_eq!(pressed(name, keys::CONTROL_C).0, "status 130", "{name}");
    }
}

#[test]
fn escape_cancels_and_brings_the_cursor_back() {
    for name in ["fuzzy", "select", "confirm"] {
        assert_eq!(pressed(name, keys::ESCAPE).0, "status 130", "{name}");
    }
}

#[test]
fn a_terminal_that_is_gone_without_a_signal_cancels() {
    for name in ["fuzzy", "select", "confirm", "input"] {
        let program = Program::new(name);
        let mut running = program.on_uncontrolled_terminal();
        running.wait_for_prompt("Where to");
        running.hang_up();
        assert_eq!(program.result(), "status 130", "{name}");
    }
}

#[test]
fn without_a_terminal_it_refuses_at_once() {
    for name in ["fuzzy", "select", "confirm", "input"] {
        let program = Program::new(name);
        let output = program.command().run().success();
        assert_eq!(program.result(), "status 2", "{name}");
        assert_eq!(output.stderr, "", "{name} wrote to what is no terminal");
    }
}
