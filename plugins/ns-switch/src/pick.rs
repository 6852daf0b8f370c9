//! Choosing from a list on a terminal.

use shared::{
    Result,
    prompt::{Prompter, Question, TerminalPrompter},
};

use crate::natural_order::natural;

/// Lets somebody choose one of the names; they stand in natural order, the current one marked.
///
/// # Errors
/// Cancelled, or nobody is there to choose: a usage error that names `answered_by`.
pub fn pick(what: &str, answered_by: &str, mut names: Vec<String>, current: Option<&str>) -> Result<String> {
    names.sort_by(|left, right| natural(left, right));
    names.dedup();
    let mark = |name: &String| {
        if current == Some(name.as_str()) { format!("* {name}") } else { format!("  {name}") }
    };
    let items: Vec<String> = names.iter().map(mark).collect();
    let at = names.iter().position(|name| current == Some(name.as_str())).unwrap_or_default();
    let chosen =
        TerminalPrompter::default().fuzzy_select(Question { text: what, answered_by }, &items, at)?;
    Ok(names.swap_remove(chosen))
}

/// Whether somebody can be asked.
pub fn can_pick() -> bool {
    TerminalPrompter::default().can_ask()
}
