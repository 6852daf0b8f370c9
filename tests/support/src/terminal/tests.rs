use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn shell(script: &str) -> Terminal {
    Terminal::start(&TestEnv::new(), "sh", ["-c", script], (10, 40))
}

#[test]
fn a_command_finds_a_terminal_reads_keys_and_ends() {
    let mut terminal =
        shell("[ -t 0 ] && [ -t 1 ] && stty size && read -r name && echo \"hello $name\"; exit 4");
    terminal.wait_for("10 40");
    terminal.send(&format!("world{}", keys::ENTER));
    let (status, screen) = terminal.wait();
    assert_eq!(status, 4);
    assert_eq!(screen, "10 40\nworld\nhello world\n".trim_end());
}

#[test]
fn a_resize_arrives() {
    let mut terminal = shell("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.01; done");
    terminal.wait_for("ready");
    terminal.resize(5, 20);
    terminal.wait_for("5 20");
    assert_eq!(terminal.wait().0, 0);
}

#[test]
fn the_screen_is_what_a_person_sees_and_raw_is_what_was_sent() {
    let mut terminal = shell("printf 'old\\rnew \\033[31mred\\033[0m\\033[?25l'");
    let (_, screen) = terminal.wait();
    assert_eq!(screen, "new red");
    assert!(terminal.hides_cursor());
    assert!(terminal.raw().windows(5).any(|bytes| bytes == b"\x1b[31m"));
}

#[test]
fn control_c_interrupts() {
    let mut terminal = shell("trap 'exit 130' INT; echo ready; while :; do sleep 0.01; done");
    terminal.wait_for("ready");
    terminal.send(keys::CONTROL_C);
    assert_eq!(terminal.wait().0, 130);
}

#[test]
fn a_prompt_is_there_when_keys_are_read_and_a_signal_has_a_name() {
    let script = "printf 'Sure? '; read -r line; stty raw; printf 'now'; dd bs=1 count=1 2>/dev/null; stty sane; kill -INT $$";
    let mut terminal = shell(script);
    terminal.wait_for("Sure?");
    assert!(terminal.is_line_buffered());
    terminal.send(keys::ENTER);
    let screen = terminal.wait_for_prompt("Sure?");
    assert!(!terminal.is_line_buffered(), "{screen}");
    terminal.send("y");
    assert_eq!(terminal.signal(), None);
    terminal.wait();
    assert_eq!(terminal.signal(), Some("Interrupt"));
}

#[test]
fn a_text_that_never_comes_fails_with_the_screen() {
    let terminal = shell("echo something else");
    let panic = catch_unwind(AssertUnwindSafe(|| terminal.wait_for("never"))).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("ended and never showed \"never\"; the screen:\nsomething else"), "{message}");
}
