//! The lines of a choice.

use unicode_width::UnicodeWidthChar;

use super::{fit::fit, state::State};

/// What is on the screen: the line that is typed on, and the items below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    /// The question and what was typed; the cursor stands at its end.
    pub input: String,
    /// How many fit.
    pub count: String,
    /// The items, each with whether it is the one Enter takes.
    pub items: Vec<(String, bool)>,
}

/// Lays a choice out on a screen of so many columns and rows; no line is wider than the screen.
pub(super) fn lines(
    question: &str,
    items: &[String],
    state: &mut State,
    (columns, rows): (u16, u16),
) -> Lines {
    let columns = usize::from(columns).saturating_sub(1);
    let input = format!("{question} > {}", state.query());
    let count = format!("  {}/{}", state.count(), items.len());
    let left = usize::from(rows).saturating_sub(2);
    let shown = state.shown(left);
    let line = |(index, here): (usize, bool)| {
        let mark = if here { "> " } else { "  " };
        let item = fit(&items[index], columns.saturating_sub(mark.len()), state.span(index));
        (cut(&format!("{mark}{item}"), columns), here)
    };
    Lines {
        input: cut_start(&input, columns),
        count: cut(&count, columns),
        items: shown.into_iter().map(line).collect(),
    }
}

/// The beginning of a text, as much as `columns` hold.
fn cut(text: &str, columns: usize) -> String {
    let mut used = 0;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or_default();
        used <= columns
    };
    text.chars().take_while(fits).collect()
}

/// The end of a text, as much as `columns` hold: somebody is typing there.
fn cut_start(text: &str, columns: usize) -> String {
    let reversed: String = text.chars().rev().collect();
    cut(&reversed, columns).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_has_a_line_to_type_on_and_as_many_items_as_fit() {
        let items = ["alpha".to_owned(), "漢字漢字".to_owned(), "gamma".to_owned()];
        let mut state = State::new(&items, 1);
        state.edit(&items, |query| query.push('a'));
        let found = lines("Where", &items, &mut state, (80, 24));
        assert_eq!(found.input, "Where > a");
        assert_eq!(found.count, "  2/3");
        assert_eq!(found.items, [("> alpha".to_owned(), true), ("  gamma".to_owned(), false)]);
        state.edit(&items, String::clear);
        let tiny = lines("Where", &items, &mut state, (8, 4));
        assert_eq!(tiny.input, "here > ");
        assert_eq!(tiny.items, [("> alpha".to_owned(), true), ("  漢…字".to_owned(), false)]);
        let none = lines("Where", &items, &mut state, (0, 0));
        assert_eq!((none.input.as_str(), none.items.len()), ("", 0));
    }
}
