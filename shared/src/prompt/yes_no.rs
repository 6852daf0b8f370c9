//! A question that is answered by yes or no.
//!
//! One key is enough, as for most tools. But many type the whole word and Return: what follows the first key would go to
//! the shell when the command has ended. So the answer stands only after a pause, or with Return.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::{raw_mode::RawMode, terminal::failure};
use crate::{Error, Result};

/// Longer than anybody takes from one letter of a word to the next.
const PAUSE: Duration = Duration::from_millis(700);

/// Remembers where the cursor is: behind the question, which may be longer than a line.
const REMEMBER: &str = "\x1b7";
/// Goes back there, and erases what was typed.
const BACK: &str = "\x1b8\x1b[K";

/// What was typed so far: the beginning of one of the two words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed(String);

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Continue,
    Accept,
    Cancel,
}

impl Typed {
    /// Returns the answer, where one is typed.
    fn answer(&self) -> Option<bool> {
        match self.0.chars().next() {
            Some('y') => Some(true),
            Some('n') => Some(false),
            _ => None,
        }
    }

    fn press(&mut self, key: KeyEvent) -> Step {
        if key.kind == KeyEventKind::Release {
            return Step::Continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Esc => return Step::Cancel,
            KeyCode::Char('c' | 'd' | 'g') if control => return Step::Cancel,
            KeyCode::Enter => return Step::Accept,
            KeyCode::Backspace => drop(self.0.pop()),
            KeyCode::Char('u' | 'w') if control => self.0.clear(),
            KeyCode::Char(letter) if !control => {
                self.0.extend(letter.to_lowercase());
                // Neither of the words: nobody is to be understood wrongly, so it starts over.
                if !["yes", "no"].iter().any(|word| word.starts_with(&self.0)) {
                    self.0.clear();
                }
            }
            _ => {}
        }
        Step::Continue
    }
}

/// Asks on standard error; Return alone is `default`. The terminal has to be one.
///
/// # Errors
/// Cancelled by Escape, Ctrl-C or a signal; the terminal is gone or can't be written to.
pub(super) fn ask(question: &str, default: bool) -> Result<bool> {
    let choices = if default { "[Y/n]" } else { "[y/N]" };
    let raw = RawMode::enter().map_err(|error| failure(&error))?;
    let mut typed = Typed::default();
    write(&format!("{question} {choices} {REMEMBER}")).map_err(|error| failure(&error))?;
    let answer = loop {
        write(&format!("{BACK}{}", typed.0)).map_err(|error| failure(&error))?;
        let limit = typed.answer().map(|_| PAUSE);
        let step = match raw.next(limit) {
            Ok(None) => Step::Accept,
            Ok(Some(Event::Key(key))) => typed.press(key),
            Ok(Some(_)) => Step::Continue,
            Err(error) => break Err(error),
        };
        match step {
            Step::Continue => {}
            Step::Cancel => break Err(Error::cancelled()),
            Step::Accept => break Ok(typed.answer().unwrap_or(default)),
        }
    };
    let shown = match answer {
        Ok(true) => "yes",
        Ok(false) => "no",
        Err(_) => "",
    };
    // What is said next begins on a line of its own.
    drop(write(&format!("{BACK}{shown}\r\n")));
    answer
}

fn write(text: &str) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    stderr.write_all(text.as_bytes())?;
    stderr.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> (Step, Option<bool>) {
        let (mut typed, mut step) = (Typed::default(), Step::Continue);
        for letter in keys.chars() {
            let code = match letter {
                '\r' => KeyCode::Enter,
                '\u{7f}' => KeyCode::Backspace,
                '\u{1b}' => KeyCode::Esc,
                letter => KeyCode::Char(letter),
            };
            step = typed.press(KeyEvent::new(code, KeyModifiers::NONE));
        }
        (step, typed.answer())
    }

    #[test]
    fn the_words_and_their_beginnings_are_answers_and_nothing_else_is() {
        for (keys, step, answer) in [
            ("y", Step::Continue, Some(true)),
            ("yes\r", Step::Accept, Some(true)),
            ("YES\r", Step::Accept, Some(true)),
            ("n", Step::Continue, Some(false)),
            ("no\r", Step::Accept, Some(false)),
            ("\r", Step::Accept, None),
            ("yn", Step::Continue, None),
            ("yn\r", Step::Accept, None),
            ("x", Step::Continue, None),
            ("xy", Step::Continue, Some(true)),
            ("y\u{7f}", Step::Continue, None),
            ("y\u{1b}", Step::Cancel, Some(true)),
        ] {
            assert_eq!(typed(keys), (step, answer), "{keys:?}");
        }
    }
}
