//! Choosing from a list on a terminal.

mod fzf;

use shared::{
    Result,
    output::{Printer, natural_order},
    prompt::{Prompter, Question, TerminalPrompter},
};

use self::fzf::Outcome;
use crate::settings::{Picker, Settings};

/// What the user is to choose from.
#[derive(Clone, Debug, Default)]
pub struct Offer<'a> {
    /// The names, in any order.
    pub names: Vec<String>,
    /// The current one, which is marked and where the cursor starts.
    pub current: Option<&'a str>,
    /// Those before it, the latest first: they come first in the list.
    pub recent: Vec<String>,
    /// What is typed already.
    pub typed: &'a str,
}

impl Offer<'_> {
    /// Returns whether any of the names has the typed letters in this order.
    pub fn has_match(&self) -> bool {
        let fold = |text: &str| {
            text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect::<Vec<_>>()
        };
        let typed = fold(self.typed);
        self.names.iter().any(|name| {
            let mut letters = fold(name).into_iter();
            typed.iter().all(|wanted| letters.any(|letter| letter == *wanted))
        })
    }
}

/// Lets the user choose one of the names: the recent ones, then all others in natural order, with the current one marked.
///
/// # Errors
/// The user cancels, or nobody can be asked: a usage error that names `question.answered_by`.
pub fn pick(
    question: Question<'_>,
    offer: Offer<'_>,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    pick_marked(question, offer, |_| "", picker, printer)
}

/// Lets the user choose one of the contexts, of which those that are protected are marked.
///
/// # Errors
/// As [`pick`], or the settings can't be read.
pub fn pick_context(offer: Offer<'_>, picker: Picker, printer: &mut Printer) -> Result<String> {
    let settings = Settings::load()?;
    let note = |name: &str| if settings.protects(name) { " (protected)" } else { "" };
    pick_marked(CONTEXT, offer, note, picker, printer)
}

fn pick_marked(
    question: Question<'_>,
    offer: Offer<'_>,
    note: impl Fn(&str) -> &'static str,
    picker: Picker,
    printer: &mut Printer,
) -> Result<String> {
    let Offer { names, current, recent, typed } = offer;
    let mut names = in_order(names, current, &recent);
    let mark = |name: &String| {
        let at = if current == Some(name.as_str()) { "*" } else { " " };
        format!("{at} {name}{}", note(name))
    };
    let items: Vec<String> = names.iter().map(mark).collect();
    if picker != Picker::Builtin && !names.is_empty() && can_pick() {
        match fzf::select(question.text, &items, typed)? {
            Outcome::Chosen(index) => return Ok(names.swap_remove(index)),
            Outcome::Absent if picker == Picker::FzfIfThere => {}
            Outcome::Absent => printer.warning("fzf is not on PATH: using the built-in list"),
        }
    }
    let at = names.iter().position(|name| current == Some(name.as_str())).unwrap_or_default();
    let mut prompter = TerminalPrompter::default();
    let chosen = match typed.is_empty() {
        true => prompter.fuzzy_select(question, &items, at)?,
        false => prompter.fuzzy_search(question, &items, typed)?,
    };
    Ok(names.swap_remove(chosen))
}

/// Returns the names each once, those that were used recently first.
fn in_order(mut names: Vec<String>, current: Option<&str>, recent: &[String]) -> Vec<String> {
    names.sort_by(|left, right| natural_order(left, right));
    names.dedup();
    let place = |name: &String| match current == Some(name.as_str()) {
        true => usize::MAX,
        false => recent.iter().position(|earlier| earlier == name).unwrap_or(usize::MAX),
    };
    // A stable sort: the others stay in their order.
    names.sort_by_cached_key(place);
    names
}

/// The question for a namespace.
pub const NAMESPACE: Question<'static> = Question { text: "Namespace", answered_by: "a namespace" };

/// The question for a context.
const CONTEXT: Question<'static> = Question { text: "Context", answered_by: "a context" };

/// Returns whether there is a terminal to ask on.
pub fn can_pick() -> bool {
    TerminalPrompter::default().can_ask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_names_come_first_and_the_current_one_stays_in_its_place() {
        let own = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let names = own(&["d", "a10", "a2", "b", "a2", "c"]);
        assert_eq!(in_order(names.clone(), None, &[]), ["a2", "a10", "b", "c", "d"]);
        let recent = own(&["d", "gone", "b", "c"]);
        assert_eq!(in_order(names, Some("b"), &recent), ["d", "c", "a2", "a10", "b"]);
    }

    #[test]
    fn letters_in_order_match() {
        let has = |typed| {
            let names = vec!["web-Shop".to_owned(), "team".to_owned()];
            Offer { names, typed, ..Offer::default() }.has_match()
        };
        assert!(has("shp") && has("wsp") && has("TM") && has(""));
        assert!(!has("phs") && !has("x"));
    }
}
