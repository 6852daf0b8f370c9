//! Ctrl-C wherever a command is.

use super::program::Program;

const SIGINT: i32 = 2;

#[test]
fn asynchronous_work_is_cancelled() {
    let program = Program::new("asynchronous");
    program.command().run().success();
    assert_eq!(program.result(), "status 130");
}

#[test]
fn work_that_can_be_interrupted_has_the_last_word() {
    let program = Program::new("interruptible");
    program.command().run().success();
    assert_eq!(program.result(), "\"put in order\"");
}

#[test]
fn the_second_ctrl_c_ends_it_at_once() {
    let program = Program::new("interrupted-twice");
    program.command().run().success();
    assert_eq!(program.result(), "status 130");
}

#[test]
fn after_asynchronous_work_ctrl_c_ends_the_process_again() {
    let program = Program::new("afterwards");
    let output = program.command().run();
    assert_eq!(program.result(), "\"collected\"");
    assert_eq!(output.signal, Some(SIGINT), "{output}");
}

#[test]
fn after_a_prompt_ctrl_c_ends_the_process_again() {
    let program = Program::new("after-a-prompt");
    let mut terminal = program.on_terminal();
    terminal.wait_for_prompt("Sure");
    terminal.send("y");
    let (_, screen) = terminal.wait();
    assert_eq!(program.result(), "true");
    assert_eq!(terminal.signal(), Some("Interrupt"), "{screen}");
}
