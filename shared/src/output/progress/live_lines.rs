//! A part of the terminal for a command that goes on for long.

use super::{Display, board};

pub use board::Size;

/// Lines at the bottom of the terminal that standard error is; shown until they are dropped.
///
/// Other progress is held back meanwhile, and what is written otherwise scrolls above them.
pub struct LiveLines(Display);

impl LiveLines {
    pub(in crate::output) fn new(display: Display) -> Self {
        display.begin_board();
        Self(display)
    }

    /// Returns how many columns and rows the terminal has now.
    pub fn size(&self) -> Size {
        board::size()
    }

    /// Shows other lines, which are sanitized and may carry styles.
    pub fn show(&self, lines: Vec<String>) {
        self.0.draw_board(lines);
    }
}

impl Drop for LiveLines {
    fn drop(&mut self) {
        self.0.end_board();
    }
}
