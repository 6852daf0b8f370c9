//! Progress on a real terminal.

use std::{thread, time::Duration};

use shared::output::{ColorChoice, Printer};

use super::{
    child::leave,
    terminal::{Terminal, cursor_shows},
};

#[test]
#[ignore = "a program for the tests below"]
fn long_program() {
    let mut printer = Printer::system(ColorChoice::Auto);
    let mut progress = printer.progress("listing pods");
    for done in 1..=8 {
        progress.update(done * 500, Some(4_000));
        if done == 7 {
            printer.note("a word in between");
        }
        thread::sleep(Duration::from_millis(120));
    }
    drop(progress);
    printer.note("done");
    leave(Ok("listed"));
}

#[test]
#[ignore = "a program for the tests below"]
fn short_program() {
    let mut printer = Printer::system(ColorChoice::Auto);
    let mut progress = printer.progress("listing pods");
    progress.update(500, None);
    drop(progress);
    printer.note("done");
    leave(Ok("listed"));
}

#[test]
fn long_work_shows_a_bar_that_talk_steps_around_and_that_goes_away() {
    let (status, result, screen) = Terminal::run("progress::long_program").finish();
    assert!(status.success(), "{screen:?}");
    assert_eq!(result, "\"listed\"");
    assert!(screen.contains("listing pods 4000/4000"), "{screen:?}");
    // The bar's line is cleared before the words, and before the end.
    assert!(screen.contains("\u{1b}[2Ka word in between\r\n"), "{screen:?}");
    let end = screen.rfind("listing pods").unwrap();
    assert!(screen[end..].contains("\u{1b}[2Kdone\r\n"), "{screen:?}");
    assert!(cursor_shows(&screen));
}

#[test]
fn short_work_shows_nothing() {
    let (_, result, screen) = Terminal::run("progress::short_program").finish();
    assert_eq!(result, "\"listed\"");
    assert!(!screen.contains("listing pods"), "{screen:?}");
    assert!(screen.contains("done\r\n"), "{screen:?}");
}
