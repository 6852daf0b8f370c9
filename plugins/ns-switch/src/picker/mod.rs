//! Choosing from a list on a terminal.

mod fzf;

use shared::{
    Result,
    output::{Printer, natural_order},
    prompt::{Prompter, Question, TerminalPrompter},
};

use self::fzf::Outcome;
use crate::settings::Picker;

/// Lets somebody choose one of the names; they stand in natural order, the current one marked.
///
/// # Errors
/// Cancelled, or nobody is there to choose: a usage error that names `question.answered_by`.
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
            Outcome::Absent => printer.warning("fzf is not on the PATH, so this is the built-in list"),
        }
    }
    let at = names.iter().position(|name| current == Some(name.as_str())).unwrap_or_default();
    let chosen = TerminalPrompter::default().fuzzy_select(question, &items, at)?;
    Ok(names.swap_remove(chosen))
}

/// What is asked where a namespace is to be chosen.
pub const NAMESPACE: Question<'static> = Question { text: "Namespace", answered_by: "a namespace" };

/// What is asked where a context is to be chosen.
pub const CONTEXT: Question<'static> = Question { text: "Context", answered_by: "a context" };

/// Whether somebody can be asked.
pub fn can_pick() -> bool {
    TerminalPrompter::default().can_ask()
}
