//! Questions, asked only where somebody can answer.
//!
//! Every question has a flag that answers it. Without a terminal a question is a usage error that names the flag:
//! it never waits, spins or guesses. Ctrl-C and Esc cancel, and the cursor is back whatever happens.

mod confirm;
mod picker;
mod raw_mode;
mod scripted;
mod terminal;
mod yes_no;

pub use confirm::{Consent, GuardedStep, confirm};
pub use scripted::{Answer, ScriptedPrompter};
pub use terminal::{Terminal, TerminalPrompter};

use crate::Result;

/// What is asked, and how to answer it without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The question as it is shown: `Switch to namespace`.
    pub text: &'a str,
    /// What the command line needs to make the question unnecessary: `--yes`, `a namespace`.
    pub answered_by: &'a str,
}

/// Asks the user. Commands take `&mut dyn Prompter`, so that tests can answer.
///
/// Every method fails with [`crate::Error::cancelled`] on Ctrl-C or Esc, and with a usage error that names
/// [`Question::answered_by`] where there is nobody to ask.
pub trait Prompter {
    /// Whether questions can be asked at all: where not, a command may list what it would have offered.
    fn can_ask(&self) -> bool;

    /// One of a few items; returns its index. `default` is where the cursor stands first.
    fn select(&mut self, question: Question<'_>, items: &[String], default: usize) -> Result<usize>;

    /// Asks for one of many items, found by typing parts of it; returns its index in `items`, which are to be different
    /// from one another.
    fn fuzzy_select(&mut self, question: Question<'_>, items: &[String], default: usize) -> Result<usize>;

    /// As [`Prompter::fuzzy_select`], with `typed` typed already; it stands there to be edited.
    fn fuzzy_search(&mut self, question: Question<'_>, items: &[String], typed: &str) -> Result<usize> {
        let _ = typed;
        self.fuzzy_select(question, items, 0)
    }

    /// Yes or no; Enter alone is `default`.
    fn confirm(&mut self, question: Question<'_>, default: bool) -> Result<bool>;

    /// Asks for a line of text; `initial` stands there to be edited. Asked again, with the reason, while `check`
    /// refuses. Esc does nothing here, it may begin an escape sequence of an edited line.
    fn input(
        &mut self,
        question: Question<'_>,
        initial: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String>;
}
