//! Ctrl-C wherever a command is.

use std::{
    os::unix::process::ExitStatusExt,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use shared::{
    cli::block_on,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{
    child::{ResultFile, arguments, leave},
    terminal::Terminal,
};

const SIGINT: i32 = 2;

/// Sends Ctrl-C's signal to this very process.
fn interrupt_myself() {
    let id = std::process::id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[test]
#[ignore = "a program for the tests below"]
fn asynchronous_program() {
    leave(block_on::<()>(async {
        thread::spawn(interrupt_myself);
        std::future::pending().await
    }));
}

#[test]
#[ignore = "a program for the tests below"]
fn afterwards_program() {
    leave(block_on(async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        Ok("collected")
    }));
    interrupt_myself();
    thread::sleep(Duration::from_secs(20));
}

#[test]
#[ignore = "a program for the tests below"]
fn after_a_prompt_program() {
    let question = Question { text: "Sure", answered_by: "--yes" };
    leave(TerminalPrompter::default().confirm(question, false));
    interrupt_myself();
    thread::sleep(Duration::from_secs(20));
}

fn run(program: &str) -> (std::process::ExitStatus, String) {
    let result = ResultFile::new();
    let (name, path) = result.variable();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(arguments(program))
        .env(name, path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    (status, result.read())
}

#[test]
fn asynchronous_work_is_cancelled() {
    let (status, result) = run("interrupt::asynchronous_program");
    assert!(status.success(), "{status:?}");
    assert_eq!(result, "status 130");
}

#[test]
fn after_asynchronous_work_ctrl_c_ends_the_process_again() {
    let (status, result) = run("interrupt::afterwards_program");
    assert_eq!(result, "\"collected\"");
    assert_eq!(status.signal(), Some(SIGINT));
}

#[test]
fn after_a_prompt_ctrl_c_ends_the_process_again() {
    let mut terminal = Terminal::run("interrupt::after_a_prompt_program");
    terminal.await_prompt("Sure");
    terminal.press("y");
    let (status, result, _) = terminal.finish();
    assert_eq!(result, "true");
    assert_eq!(status.signal(), Some("Interrupt"), "{status:?}");
}
