//! Questions on the user's terminal.

use std::{
    env,
    io::{self, ErrorKind, IsTerminal},
};

use console::Term;
use dialoguer::{Input, Select};

use super::{Prompter, Question, picker, yes_no};
use crate::{Error, Result, cli::interrupt, output::sanitize_line};

/// The terminal, as far as it decides whether there is somebody to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Standard input is a terminal. dialoguer would open `/dev/tty` otherwise, past the pipe that was meant to
    /// answer.
    pub stdin: bool,
    /// Standard error, where questions appear, is a terminal.
    pub stderr: bool,
    /// `CI` is set: a build has a terminal at times, but nobody at it.
    pub ci: bool,
    /// `TERM=dumb`: it can't move the cursor.
    pub dumb: bool,
}

impl Terminal {
    /// Looks at the terminal of this process.
    pub fn from_process() -> Self {
        let ci = env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
        Self {
            stdin: io::stdin().is_terminal(),
            stderr: io::stderr().is_terminal(),
            ci,
            dumb: env::var_os("TERM").is_some_and(|term| term == "dumb"),
        }
    }

    /// Returns why nobody can be asked, if so.
    fn obstacle(self) -> Option<&'static str> {
        match self {
            Self { stdin: false, .. } => Some("standard input is not a terminal"),
            Self { stderr: false, .. } => Some("standard error is not a terminal"),
            Self { ci: true, .. } => Some("CI is set"),
            Self { dumb: true, .. } => Some("TERM is dumb"),
            _ => None,
        }
    }
}

/// Asks on standard error and reads the keyboard.
#[derive(Clone, Copy, Debug)]
pub struct TerminalPrompter {
    terminal: Terminal,
}

impl Default for TerminalPrompter {
    fn default() -> Self {
        Self::new(Terminal::from_process())
    }
}

impl TerminalPrompter {
    /// Creates a prompter that asks if the terminal allows it; `default()` looks at the process.
    pub fn new(terminal: Terminal) -> Self {
        Self { terminal }
    }

    /// Refuses a question nobody can answer.
    fn can_be_asked(&self, question: Question<'_>) -> Result<()> {
        match self.terminal.obstacle() {
            None => Ok(()),
            Some(obstacle) => Err(Error::usage(format!("can't ask `{}`: {obstacle}", question.text))
                .with_hint(format!("pass {}", question.answered_by))),
        }
    }

    /// Asks, with the cursor restored and Ctrl-C answered on every way out.
    fn ask<T>(
        &self,
        question: Question<'_>,
        ask: impl FnOnce(&Term, String) -> dialoguer::Result<Option<T>>,
    ) -> Result<T> {
        self.can_be_asked(question)?;
        let terminal = Term::stderr();
        let _interrupt = interrupt::hold();
        let _cursor = RestoreCursor(&terminal);
        match ask(&terminal, sanitize_line(question.text).into_owned()) {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(Error::cancelled()),
            Err(error) => {
                // The question is still on the line: what is said next shall begin on its own.
                drop(terminal.write_line(""));
                Err(failure(&error.into()))
            }
        }
    }
}

/// Words a failure to read: Ctrl-C interrupts the read; a terminal that hangs up ends it, and fails whatever else is
/// done to it.
pub(super) fn failure(error: &io::Error) -> Error {
    let ended = matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::UnexpectedEof);
    match ended || !io::stdin().is_terminal() {
        true => Error::cancelled(),
        false => Error::new(format!("can't ask on this terminal: {error}")),
    }
}

/// dialoguer hides the cursor and, interrupted, leaves it hidden.
struct RestoreCursor<'a>(&'a Term);

impl Drop for RestoreCursor<'_> {
    fn drop(&mut self) {
        drop(self.0.show_cursor());
    }
}

fn shown(items: &[String]) -> Result<impl Iterator<Item = String>> {
    match items {
        [] => Err(Error::new("there is nothing to choose from")),
        items => Ok(items.iter().map(|item| sanitize_line(item).into_owned())),
    }
}

impl Prompter for TerminalPrompter {
    fn can_ask(&self) -> bool {
        self.terminal.obstacle().is_none()
    }

    fn select(&mut self, question: Question<'_>, items: &[String], default: usize) -> Result<usize> {
        let items = shown(items)?;
        self.ask(question, |terminal, text| {
            Select::new().with_prompt(text).items(items).default(default).interact_on_opt(terminal)
        })
    }

    fn fuzzy_select(&mut self, question: Question<'_>, items: &[String], default: usize) -> Result<usize> {
        let items: Vec<String> = shown(items)?.collect();
        self.can_be_asked(question)?;
        picker::pick(&sanitize_line(question.text), &items, default, "")
    }

    fn fuzzy_search(&mut self, question: Question<'_>, items: &[String], typed: &str) -> Result<usize> {
        let items: Vec<String> = shown(items)?.collect();
        self.can_be_asked(question)?;
        picker::pick(&sanitize_line(question.text), &items, 0, &sanitize_line(typed))
    }

    fn confirm(&mut self, question: Question<'_>, default: bool) -> Result<bool> {
        self.can_be_asked(question)?;
        yes_no::ask(&sanitize_line(question.text), default)
    }

    fn input(
        &mut self,
        question: Question<'_>,
        initial: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String> {
        self.ask(question, |terminal, text| {
            let input = Input::<String>::new().with_prompt(text).with_initial_text(initial).allow_empty(true);
            input.validate_with(|text: &String| check(text)).interact_text_on(terminal).map(Some)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::ExitStatus;

    const TERMINAL: Terminal = Terminal { stdin: true, stderr: true, ci: false, dumb: false };
    const SURE: Question<'static> = Question { text: "Drain 3 nodes", answered_by: "--yes" };

    #[test]
    fn only_a_person_at_a_terminal_is_asked() {
        assert!(TerminalPrompter::new(TERMINAL).can_ask());
        for terminal in [
            Terminal { stdin: false, ..TERMINAL },
            Terminal { stderr: false, ..TERMINAL },
            Terminal { ci: true, ..TERMINAL },
            Terminal { dumb: true, ..TERMINAL },
        ] {
            assert!(!TerminalPrompter::new(terminal).can_ask());
        }
    }

    #[test]
    fn nobody_to_ask_is_a_usage_error_that_names_the_flag() {
        let mut prompter = TerminalPrompter::new(Terminal { stdin: false, ..TERMINAL });
        let items = ["a".to_owned()];
        for error in [
            prompter.confirm(SURE, true).unwrap_err(),
            prompter.select(SURE, &items, 0).unwrap_err(),
            prompter.fuzzy_select(SURE, &items, 0).unwrap_err(),
            prompter.input(SURE, "", &|_| Ok(())).unwrap_err(),
        ] {
            assert_eq!(error.status(), ExitStatus::Usage);
            assert_eq!(
                error.to_string(),
                "error: can't ask `Drain 3 nodes`: standard input is not a terminal\nhint: pass --yes"
            );
        }
    }

    #[test]
    fn nothing_to_choose_from_is_an_error() {
        assert!(TerminalPrompter::new(TERMINAL).fuzzy_select(SURE, &[], 0).is_err());
    }
}
