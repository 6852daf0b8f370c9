//! What the tests run at a terminal or under signals: one program a first argument, whose result goes to the file
//! that the second one names.
#![cfg_attr(not(unix), allow(unused, reason = "the tests that run it are for Unix"))]

mod switching;

use std::{path::Path, process::Command, thread, time::Duration};

use shared::{
    Error, Result,
    cli::{block_on, block_on_interruptible},
    output::{ColorChoice, Printer},
    prompt::{Prompter, Question, TerminalPrompter},
};

const WHERE: Question<'static> = Question { text: "Where to", answered_by: "a namespace" };
/// A program that a signal should have ended fails its test by ending itself, later.
const TOO_LONG: Duration = Duration::from_secs(20);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(program), Some(path)) = (arguments.next(), arguments.next()) else {
        panic!("name a program and a file for its result");
    };
    let leave = |result: String| std::fs::write(&path, result).expect("a result can be written");
    let prompter = TerminalPrompter::default;
    match program.as_str() {
        "fuzzy" => leave(told(prompter().fuzzy_select(WHERE, &namespaces(), 0))),
        "select" => leave(told(prompter().select(WHERE, &["evil\u{1b}[31m".to_owned(), "b".to_owned()], 0))),
        "confirm" => leave(told(prompter().confirm(WHERE, false))),
        "input" => leave(told(prompter().input(WHERE, "ab", &longer_than_two))),
        "short-progress" => leave(told(short_progress())),
        "long-progress" => leave(told(long_progress())),
        "asynchronous" => leave(told(block_on::<()>(async {
            thread::spawn(interrupt_myself);
            std::future::pending().await
        }))),
        "interruptible" => leave(told(block_on_interruptible(|interrupt| async move {
            thread::spawn(interrupt_myself);
            interrupt.requested().await;
            // There is time for the last words.
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok("put in order")
        }))),
        "interrupted-twice" => leave(told(block_on_interruptible::<(), _>(|interrupt| async move {
            thread::spawn(interrupt_myself);
            interrupt.requested().await;
            thread::spawn(interrupt_myself);
            std::future::pending().await
        }))),
        "afterwards" => {
            leave(told(block_on(async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok("collected")
            })));
            interrupt_myself();
            thread::sleep(TOO_LONG);
        }
        "after-a-prompt" => {
            let question = Question { text: "Sure", answered_by: "--yes" };
            leave(told(prompter().confirm(question, false)));
            interrupt_myself();
            thread::sleep(TOO_LONG);
        }
        "switching" => {
            let (Some(file), Some(seconds), Some(enough)) =
                (arguments.next(), arguments.next(), arguments.next())
            else {
                panic!(
                    "name a kubeconfig, for how many seconds to switch it at least, and a file that says it is enough"
                );
            };
            let seconds = seconds.parse().expect("a number of seconds");
            leave(format!("{:?}", switching::switch_often(Path::new(&file), seconds, Path::new(&enough))));
        }
        unknown => panic!("no program {unknown}"),
    }
}

/// The value, or the exit status of the failure.
fn told<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("status {}", error.status().code()),
    }
}

fn namespaces() -> Vec<String> {
    (0..5_000).map(|index| format!("team-{index}")).collect()
}

fn longer_than_two(text: &str) -> std::result::Result<(), String> {
    if text.len() > 2 { Ok(()) } else { Err("too short".to_owned()) }
}

fn short_progress() -> Result<&'static str, Error> {
    let mut printer = Printer::system(ColorChoice::Auto);
    let progress = printer.progress("listing pods");
    progress.update(500, None);
    drop(progress);
    printer.note("done");
    Ok("listed")
}

fn long_progress() -> Result<&'static str, Error> {
    let mut printer = Printer::system(ColorChoice::Auto);
    let progress = printer.progress("listing pods");
    // The last number stands for some time: what is shown is drawn now and then, not at each step.
    for done in (1..=8).chain([8, 8, 8]) {
        progress.update(done * 500, Some(4_000));
        if done == 7 {
            printer.note("a word in between");
        }
        // Only work that takes its time shows a bar.
        thread::sleep(Duration::from_millis(120));
    }
    drop(progress);
    printer.note("done");
    Ok("listed")
}

/// Sends Ctrl-C's signal to this very process.
fn interrupt_myself() {
    let id = std::process::id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill can be run");
}
