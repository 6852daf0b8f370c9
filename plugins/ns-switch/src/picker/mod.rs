//! Choosing from a list on a terminal.

mod fzf;

use shared::{
    Result,
    output::{Printer, natural_order},
    prompt::{Prompter, Question, TerminalPrompter},
};

use self::fzf::Outcome;
use crate::settings::{Picker, Settings};

/// Lets the user choose one of the names, shown in natural order with the current one marked.
///
/// # Errors
/// The user cancels, or nobody can be asked: a usage error that names `question.answered_by`.
pub fn pick(
    question: Question<'_>,
    names: Vec<String>,
    current: Option<&str>,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    pick_marked(question, names, current, |_| "", picker, printer)
}

/// Lets the user choose one of the contexts, of which those that are protected are marked.
///
/// # Errors
/// As [`pick`], or the settings can't be read.
pub fn pick_context(
    names: Vec<String>,
    current: Option<&str>,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    let settings = Settings::load()?;
    let mark = |name: &str| if settings.protects(name) { " (protected)" } else { "" };
    pick_marked(CONTEXT, names, current, mark, picker, printer)
}

fn pick_marked(
    question: Question<'_>,
    mut names: Vec<String>,
    current: Option<&str>,
    note: impl Fn(&str) -> &'static str,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    names.sort_by(|left, right| natural_order(left, right));
    names.dedup();
    let mark = |name: &String| {
        let at = if current == Some(name.as_str()) { "*" } else { " " };
        format!("{at} {name}{}", note(name))
    };
    let items: Vec<String> = names.iter().map(mark).collect();
    if picker != Picker::Builtin && !names.is_empty() && can_pick() {
        match fzf::select(question.text, &items)? {
            Outcome::Chosen(index) => return Ok(names.swap_remove(index)),
            Outcome::Absent if picker == Picker::FzfIfThere => {}
            Outcome::Absent => printer.warning("fzf is not on PATH: using the built-in list"),
        }
    }
    let at = names.iter().position(|name| current == Some(name.as_str())).unwrap_or_default();
    let chosen = TerminalPrompter::default().fuzzy_select(question, &items, at)?;
    Ok(names.swap_remove(chosen))
}

/// The question for a namespace.
pub const NAMESPACE: Question<'static> = Question { text: "Namespace", answered_by: "a namespace" };

/// The question for a context.
const CONTEXT: Question<'static> = Question { text: "Context", answered_by: "a context" };

/// Returns whether there is a terminal to ask on.
pub fn can_pick() -> bool {
    TerminalPrompter::default().can_ask()
}
