//! Choosing from a list on a terminal.

mod fzf;

use shared::{
    Result,
    output::{Printer, natural_order},
    prompt::{Prompter, Question, TerminalPrompter},
};

use self::fzf::Outcome;
use crate::settings::Picker;

/// Lets the user choose one of the names, shown in natural order with the current one marked.
///
/// # Errors
/// The user cancels, or nobody can be asked: a usage error that names `question.answered_by`.
pub fn pick(
    question: Question<'_>,
    mut names: Vec<String>,
    current: Option<&str>,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    names.sort_by(|left, right| natural_order(left, right));
    names.dedup();
    let mark = |name: &String| {
        if current == Some(name.as_str()) { format!("* {name}") } else { format!("  {name}") }
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
pub const CONTEXT: Question<'static> = Question { text: "Context", answered_by: "a context" };

/// Returns whether there is a terminal to ask on.
pub fn can_pick() -> bool {
    TerminalPrompter::default().can_ask()
}
