//! Answers prepared by a test.

use std::collections::VecDeque;

use super::{Prompter, Question};
use crate::{Error, Result};

/// A prepared answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The item that reads like this, for both kinds of selection.
    Item(String),
    /// Yes or no.
    Confirm(bool),
    /// A line of text.
    Input(String),
    /// Ctrl-C or Esc.
    Cancel,
}

/// Gives prepared answers in order and remembers the questions. A question that was not prepared for, an item
/// that is not offered or text the command refuses is an error, never a guess.
#[derive(Clone, Debug, Default)]
pub struct ScriptedPrompter {
    answers: VecDeque<Answer>,
    asked: Vec<String>,
    unattended: bool,
}

impl ScriptedPrompter {
    /// A prompter with these answers.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: answers.into_iter().collect(), asked: Vec::new(), unattended: false }
    }

    /// A prompter as where there is no terminal: nobody can be asked.
    pub fn unattended() -> Self {
        Self { unattended: true, ..Self::default() }
    }

    /// The questions so far.
    pub fn asked(&self) -> &[String] {
        &self.asked
    }

    /// How many answers are left.
    pub fn unused(&self) -> usize {
        self.answers.len()
    }

    fn answer(&mut self, question: Question<'_>) -> Result<Answer> {
        self.asked.push(question.text.to_owned());
        match self.answers.pop_front() {
            Some(Answer::Cancel) => Err(Error::cancelled()),
            Some(answer) => Ok(answer),
            None => Err(Error::new(format!("no answer was prepared for `{}`", question.text))),
        }
    }

    fn item(&mut self, question: Question<'_>, items: &[String]) -> Result<usize> {
        match self.answer(question)? {
            Answer::Item(wanted) => items
                .iter()
                .position(|item| *item == wanted)
                .ok_or_else(|| Error::new(format!("`{wanted}` is not offered by `{}`", question.text))),
            answer => Err(unfit(question, &answer)),
        }
    }
}

fn unfit(question: Question<'_>, answer: &Answer) -> Error {
    Error::new(format!("{answer:?} does not answer `{}`", question.text))
}

impl Prompter for ScriptedPrompter {
    fn can_ask(&self) -> bool {
        !self.unattended
    }

    fn select(&mut self, question: Question<'_>, items: &[String], _: usize) -> Result<usize> {
        self.item(question, items)
    }

    fn fuzzy_select(&mut self, question: Question<'_>, items: &[String], _: usize) -> Result<usize> {
        self.item(question, items)
    }

    fn confirm(&mut self, question: Question<'_>, _: bool) -> Result<bool> {
        match self.answer(question)? {
            Answer::Confirm(answer) => Ok(answer),
            answer => Err(unfit(question, &answer)),
        }
    }

    fn input(
        &mut self,
        question: Question<'_>,
        _: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String> {
        match self.answer(question)? {
            Answer::Input(text) => match check(&text) {
                Ok(()) => Ok(text),
                Err(reason) => Err(Error::new(format!("`{text}` was refused: {reason}"))),
            },
            answer => Err(unfit(question, &answer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::ExitStatus;

    const WHERE: Question<'static> = Question { text: "Where to", answered_by: "a namespace" };

    #[test]
    fn answers_in_order_and_remembers_the_questions() {
        let mut prompter = ScriptedPrompter::new([
            Answer::Item("b".into()),
            Answer::Confirm(false),
            Answer::Input("text".into()),
            Answer::Cancel,
        ]);
        let items = ["a".to_owned(), "b".to_owned()];
        assert_eq!(prompter.fuzzy_select(WHERE, &items, 0).unwrap(), 1);
        let sure = Question { text: "Sure", answered_by: "--yes" };
        assert!(!prompter.confirm(sure, true).unwrap());
        assert_eq!(prompter.input(WHERE, "", &|_| Ok(())).unwrap(), "text");
        assert_eq!(prompter.select(WHERE, &items, 0).unwrap_err().status(), ExitStatus::Cancelled);
        assert_eq!(prompter.asked(), ["Where to", "Sure", "Where to", "Where to"]);
        assert_eq!(prompter.unused(), 0);
    }

    #[test]
    fn never_guesses() {
        let mut prompter = ScriptedPrompter::new([
            Answer::Item("c".into()),
            Answer::Confirm(true),
            Answer::Input("".into()),
        ]);
        assert!(prompter.select(WHERE, &["a".to_owned()], 0).is_err());
        assert!(prompter.select(WHERE, &["a".to_owned()], 0).is_err());
        let refusal = prompter.input(WHERE, "", &|_| Err("too short".into())).unwrap_err();
        assert_eq!(refusal.to_string(), "error: `` was refused: too short");
        assert!(prompter.confirm(WHERE, true).is_err());
    }
}
