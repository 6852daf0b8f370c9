//! Progress on a real terminal.

use super::program::Program;

/// Runs a program to its end; the result is every byte it wrote, and whether the cursor shows.
fn written(name: &'static str) -> (String, bool) {
    let program = Program::new(name);
    let mut terminal = program.on_terminal();
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(program.result(), "\"listed\"");
    (String::from_utf8(terminal.raw()).unwrap(), !terminal.hides_cursor())
}

#[test]
fn long_work_shows_a_bar_that_talk_steps_around_and_that_goes_away() {
    let (written, cursor_shows) = written("long-progress");
    assert!(written.contains("listing pods 4000/4000"), "{written:?}");
    // The bar's line is cleared before the words, and before the end.
    assert!(written.contains("\u{1b}[2Ka word in between\r\n"), "{written:?}");
    let end = written.rfind("listing pods").unwrap();
    assert!(written[end..].contains("\u{1b}[2Kdone\r\n"), "{written:?}");
    assert!(cursor_shows);
}

#[test]
fn short_work_shows_nothing() {
    let (written, _) = written("short-progress");
    assert!(!written.contains("listing pods"), "{written:?}");
    assert!(written.contains("done\r\n"), "{written:?}");
}
