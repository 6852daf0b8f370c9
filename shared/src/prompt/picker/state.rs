//! What was typed, what fits it, and where the cursor stands. No terminal.

use std::{cmp::Reverse, ops::Range};

use super::score::{Candidate, Pattern};

/// The state of a choice.
#[derive(Clone, Debug)]
pub(super) struct State {
    query: String,
    candidates: Vec<Candidate>,
    /// Indexes of the items that fit, the best first; in the order of the items where nothing is typed.
    fitting: Vec<usize>,
    /// Which of `fitting` the cursor stands on.
    cursor: usize,
    /// The first of `fitting` that is shown.
    top: usize,
    /// How many lines there were when it was drawn last.
    page: usize,
}

impl State {
    pub fn new(items: &[String], default: usize) -> Self {
        Self {
            query: String::new(),
            candidates: items.iter().map(|item| Candidate::new(item)).collect(),
            fitting: (0..items.len()).collect(),
            cursor: default.min(items.len().saturating_sub(1)),
            top: 0,
            page: 1,
        }
    }

    pub fn query(&self) -> &str {
        &self.query
    }

    pub fn page(&self) -> usize {
        self.page
    }

    /// How many fit.
    pub fn count(&self) -> usize {
        self.fitting.len()
    }

    /// The index of the item under the cursor.
    pub fn chosen(&self) -> Option<usize> {
        self.fitting.get(self.cursor).copied()
    }

    /// Returns which characters of an item were typed; none where nothing is.
    pub fn span(&self, index: usize) -> Option<Range<usize>> {
        Pattern::new(&self.query).span(self.candidates.get(index)?)
    }

    pub fn up(&mut self, lines: usize) {
        self.cursor = self.cursor.saturating_sub(lines);
    }

    pub fn down(&mut self, lines: usize) {
        self.cursor = self.cursor.saturating_add(lines).min(self.fitting.len().saturating_sub(1));
    }

    /// Changes what was typed. The cursor goes to the best; where everything was deleted again it stays on its item.
    pub fn edit(&mut self, items: &[String], change: impl FnOnce(&mut String)) {
        let before = self.chosen();
        change(&mut self.query);
        let pattern = Pattern::new(&self.query);
        if pattern.is_empty() {
            self.fitting = (0..items.len()).collect();
            self.cursor = before.unwrap_or_default();
        } else {
            let scored = self.candidates.iter().enumerate();
            let mut scored: Vec<(Reverse<i64>, usize)> = scored
                .filter_map(|(index, candidate)| Some((Reverse(pattern.score(candidate)?), index)))
                .collect();
            scored.sort_unstable();
            self.fitting = scored.into_iter().map(|(_, index)| index).collect();
            self.cursor = 0;
        }
        self.top = 0;
    }

    /// The indexes of the items to show on `lines` lines, each with whether the cursor stands there. Scrolls so that it
    /// does.
    pub fn shown(&mut self, lines: usize) -> Vec<(usize, bool)> {
        self.page = lines.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor >= self.top + self.page {
            self.top = self.cursor + 1 - self.page;
        }
        // A window that has grown shows more, not less.
        self.top = self.top.min(self.fitting.len().saturating_sub(self.page));
        let shown = self.fitting.iter().enumerate().skip(self.top).take(lines);
        shown.map(|(line, &index)| (index, line == self.cursor)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("team-{number}")).collect()
    }

    #[test]
    fn the_window_follows_the_cursor() {
        let items = items(10);
        let mut state = State::new(&items, 7);
        let lines = |state: &mut State, count| state.shown(count);
        assert_eq!(lines(&mut state, 3), [(5, false), (6, false), (7, true)]);
        state.up(2);
        assert_eq!(lines(&mut state, 3), [(5, true), (6, false), (7, false)]);
        state.down(usize::MAX);
        assert_eq!(lines(&mut state, 3), [(7, false), (8, false), (9, true)]);
        assert_eq!(lines(&mut state, 20).len(), 10, "a larger window shows all");
        assert_eq!(lines(&mut state, 0), []);
    }

    #[test]
    fn typing_goes_to_the_best_and_deleting_stays_there() {
        let items = items(5000);
        let mut state = State::new(&items, 7);
        state.edit(&items, |query| query.push_str("4321"));
        assert_eq!((state.count(), state.chosen()), (1, Some(4321)));
        state.edit(&items, String::clear);
        assert_eq!((state.count(), state.chosen()), (5000, Some(4321)));
        state.edit(&items, |query| query.push('x'));
        assert_eq!((state.count(), state.chosen()), (0, None));
        state.down(1);
        assert_eq!(state.chosen(), None);
    }
}
