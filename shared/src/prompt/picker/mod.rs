//! Choosing one of many by typing parts of it.
//!
//! dialoguer's fuzzy selection reads keys in raw mode but rests in cooked mode in between, so that a key pressed while
//! it draws is echoed or kills the process; Escape first empties what was typed; and a window that changes its size is
//! not noticed. Here the terminal is raw from before the first line is drawn until after the last, on a screen of its
//! own, and what was there before is back however it ends.

mod draw;
mod fit;
mod score;
mod screen;
mod state;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use self::{screen::Screen, state::State};
use super::terminal::failure;
use crate::{Error, Result};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Continue,
    Accept,
    Cancel,
}

/// Lets somebody choose one of `items`, which are safe to be shown, with `typed` typed already; returns its index. The terminal has to be one.
///
/// # Errors
/// Cancelled by Escape, Ctrl-C or a signal; the terminal is gone or can't be drawn on.
pub(super) fn pick(question: &str, items: &[String], default: usize, typed: &str) -> Result<usize> {
    let mut state = State::new(items, default);
    state.edit(items, |query| query.push_str(typed));
    let mut screen = Screen::open().map_err(|error| failure(&error))?;
    loop {
        screen
            .draw(|size| draw::lines(question, items, &mut state, size))
            .map_err(|error| failure(&error))?;
        let event = screen.next()?;
        let Event::Key(key) = event else { continue };
        match press(&mut state, key, items) {
            Step::Continue => {}
            Step::Cancel => return Err(Error::cancelled()),
            Step::Accept => {
                if let Some(index) = state.chosen() {
                    return Ok(index);
                }
            }
        }
    }
}

/// The keys are those of a shell's line and of fzf.
fn press(state: &mut State, key: KeyEvent, items: &[String]) -> Step {
    if key.kind == KeyEventKind::Release {
        return Step::Continue;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Esc => return Step::Cancel,
        KeyCode::Char('c' | 'd' | 'g') if control => return Step::Cancel,
        KeyCode::Enter => return Step::Accept,
        KeyCode::Up => state.up(1),
        KeyCode::Char('p' | 'k') if control => state.up(1),
        KeyCode::Down | KeyCode::Tab => state.down(1),
        KeyCode::Char('n' | 'j') if control => state.down(1),
        KeyCode::PageUp => state.up(state.page()),
        KeyCode::PageDown => state.down(state.page()),
        KeyCode::Home => state.up(usize::MAX),
        KeyCode::End => state.down(usize::MAX),
        KeyCode::Backspace => state.edit(items, erase_last),
        KeyCode::Char('h') if control => state.edit(items, erase_last),
        KeyCode::Char('u') if control => state.edit(items, String::clear),
        KeyCode::Char('w') if control => state.edit(items, erase_word),
        KeyCode::Char(letter) if !control => state.edit(items, |query| query.push(letter)),
        _ => {}
    }
    Step::Continue
}

fn erase_last(query: &mut String) {
    query.pop();
}

/// Erases the last word as a shell's line does, back to the blank before it.
fn erase_word(query: &mut String) {
    let word = query.trim_end();
    let start = word.char_indices().rev().find(|(_, letter)| letter.is_whitespace());
    query.truncate(start.map_or(0, |(at, blank)| at + blank.len_utf8()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(items: &[&str], default: usize, keys: &[KeyCode]) -> (Step, Option<String>) {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let mut state = State::new(&items, default);
        let mut step = Step::Continue;
        for key in keys {
            step = press(&mut state, KeyEvent::new(*key, KeyModifiers::NONE), &items);
        }
        (step, state.chosen().map(|index| items[index].clone()))
    }

    #[test]
    fn keys_lead_to_an_item() {
        use KeyCode::{Backspace, Char, Down, End, Enter, Esc, Home, Up};
        let items = ["alpha", "beta", "gamma"];
        let check = |default, keys: &[KeyCode], step, item: Option<&str>| {
            assert_eq!(typed(&items, default, keys), (step, item.map(Into::into)), "{keys:?}");
        };
        check(1, &[Enter], Step::Accept, Some("beta"));
        check(1, &[Down, Enter], Step::Accept, Some("gamma"));
        check(1, &[Down, Down, Enter], Step::Accept, Some("gamma"));
        check(1, &[Up, Up, Enter], Step::Accept, Some("alpha"));
        check(0, &[End], Step::Continue, Some("gamma"));
        check(2, &[Home], Step::Continue, Some("alpha"));
        check(0, &[Char('g')], Step::Continue, Some("gamma"));
        check(0, &[Char('x'), Enter], Step::Accept, None);
        check(0, &[Char('x'), Backspace], Step::Continue, Some("alpha"));
        check(0, &[Char('g'), Esc], Step::Cancel, Some("gamma"));
    }

    #[test]
    fn control_w_takes_a_word_and_control_u_the_line() {
        let items = ["team-two".to_owned()];
        let after = |typed: &str, letter: char| {
            let mut state = State::new(&items, 0);
            state.edit(&items, |query| query.push_str(typed));
            press(&mut state, KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL), &items);
            state.query().to_owned()
        };
        assert_eq!(after("team two", 'w'), "team ");
        assert_eq!(after("team two  ", 'w'), "team ");
        assert_eq!(after("team", 'w'), "");
        assert_eq!(after("", 'w'), "");
        assert_eq!(after("größe zwölf", 'w'), "größe ");
        assert_eq!(after("team two", 'u'), "");
    }

    #[test]
    fn control_c_cancels_whatever_was_typed() {
        let items = ["a".to_owned()];
        let mut state = State::new(&items, 0);
        let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(press(&mut state, key, &items), Step::Cancel);
        assert_eq!(state.query(), "");
    }
}
