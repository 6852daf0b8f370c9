//! What the printer writes, where and when.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::{Appearance, Printer};
use crate::output::capture::{Buffer, text_of};
use crate::{Error, ExitStatus};

/// Fails every write with this kind of error.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn broken(kind: io::ErrorKind) -> Printer {
    Printer::new(Box::new(Broken(kind)), Box::new(io::sink()), Appearance::default())
}

#[test]
fn data_comes_out_before_the_talk_that_follows_it() {
    let shared = Arc::new(Mutex::new(Vec::new()));
    let mut printer = Printer::new(
        Box::new(Buffer(shared.clone())),
        Box::new(Buffer(shared.clone())),
        Appearance::default(),
    );
    printer.data("first\n").unwrap();
    printer.note("second");
    printer.data("third\n").unwrap();
    printer.flush().unwrap();
    assert_eq!(text_of(&shared), "first\nsecond\nthird\n");
}

#[test]
fn whoever_may_be_asked_sees_data_at_once() {
    let (mut printer, capture) = Printer::captured(Appearance { eager: true, ..Appearance::default() });
    printer.data("plan\n").unwrap();
    assert_eq!(capture.stdout(), "plan\n");
    let (mut printer, capture) = Printer::captured(Appearance::default());
    printer.data("rows\n").unwrap();
    assert_eq!(capture.stdout(), "");
    printer.flush().unwrap();
    assert_eq!(capture.stdout(), "rows\n");
}

#[test]
fn talk_is_sanitized_and_data_is_verbatim() {
    let (mut printer, capture) = Printer::captured(Appearance::default());
    printer.note("hello \u{1b}[2J");
    printer.warning("odd\u{7}");
    printer.error(&Error::new("no \u{1b}]0;x").with_hint("try \u{8}again"));
    printer.data("\u{1b}[1mraw\n").unwrap();
    printer.flush().unwrap();
    assert_eq!(
        capture.stderr(),
        "hello \\u{1b}[2J\nWarning: odd\\u{7}\nerror: no \\u{1b}]0;x\nhint: try \\u{8}again\n"
    );
    assert_eq!(capture.stdout(), "\u{1b}[1mraw\n");
}

#[test]
fn only_prefixes_of_talk_are_colored() {
    let (mut printer, capture) = Printer::captured(Appearance { talk_color: true, ..Appearance::default() });
    printer.warning("w");
    printer.error(&Error::new("e"));
    printer.error(&Error::verbatim("Error from server: x"));
    assert_eq!(
        capture.stderr(),
        "\u{1b}[33mWarning:\u{1b}[0m w\n\u{1b}[31merror:\u{1b}[0m e\nError from server: x\n"
    );
}

#[test]
fn a_closed_pipe_is_success_and_silent() {
    let mut printer = broken(io::ErrorKind::BrokenPipe);
    printer.data("x").unwrap();
    let error = printer.flush().unwrap_err();
    assert!(error.is_closed_pipe());
    assert_eq!(error.status(), ExitStatus::Success);

    let (mut printer, capture) = Printer::captured(Appearance::default());
    printer.error(&error);
    assert_eq!(capture.stderr(), "");
}

#[test]
fn a_full_disk_is_a_failure() {
    let mut printer = broken(io::ErrorKind::StorageFull);
    printer.data("x").unwrap();
    let error = printer.flush().unwrap_err();
    assert_eq!(error.status(), ExitStatus::Failure);
    assert!(error.to_string().starts_with("error: can't write to standard output: "), "{error}");
}

#[test]
fn a_failure_met_while_talking_is_returned_by_the_next_data() {
    let mut printer = broken(io::ErrorKind::BrokenPipe);
    printer.data("x").unwrap();
    printer.note("talk");
    assert!(printer.data("y").unwrap_err().is_closed_pipe());
}
