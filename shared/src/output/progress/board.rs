//! Lines at the bottom of a terminal that are drawn again and again, while everything else scrolls above them.

/// The columns and rows of a terminal.
pub type Size = (usize, usize);

/// The size of a terminal that does not know it, such as a serial console.
const USUAL: Size = (80, 24);

/// Lines at the bottom of a terminal.
#[derive(Debug, Default)]
pub(super) struct Board {
    lines: Vec<String>,
    /// The widths of the lines that are on the screen now.
    drawn: Vec<usize>,
}

impl Board {
    /// Takes over other lines, to be drawn.
    pub fn set(&mut self, lines: Vec<String>) {
        self.lines = lines;
    }

    /// Returns what takes the lines off the screen.
    pub fn erase(&mut self, (columns, rows): Size) -> String {
        let drawn = std::mem::take(&mut self.drawn);
        // A terminal that became narrower has broken them.
        let height: usize = drawn.iter().map(|width| width.div_ceil(columns.max(1)).max(1)).sum();
        match height.min(rows.saturating_sub(1)) {
            0 => String::new(),
            up => format!("\r\u{1b}[{up}A\u{1b}[J"),
        }
    }

    /// Returns what puts the lines on the screen, cut to its width; those that it has no row for are left out.
    pub fn draw(&mut self, (columns, rows): Size) -> String {
        let mut text = String::new();
        for line in self.lines.iter().take(rows.saturating_sub(1)) {
            let line = console::truncate_str(line, columns.saturating_sub(1), "…");
            self.drawn.push(console::measure_text_width(&line));
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

/// Returns the size of the terminal that standard error is.
pub(super) fn size() -> Size {
    let known = |length: u16, usual| if length == 0 { usual } else { usize::from(length) };
    match console::Term::stderr().size_checked() {
        Some((rows, columns)) => (known(columns, USUAL.0), known(rows, USUAL.1)),
        None => USUAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(lines: &[&str]) -> Board {
        let mut board = Board::default();
        board.set(lines.iter().map(|&line| line.to_owned()).collect());
        board
    }

    #[test]
    fn lines_are_cut_to_the_terminal_and_taken_back() {
        let mut board = board(&["short", "0123456789", "third"]);
        assert_eq!(board.erase((8, 24)), "", "nothing is there");
        assert_eq!(board.draw((8, 24)), "short\n012345…\nthird\n");
        assert_eq!(board.erase((8, 24)), "\r\u{1b}[3A\u{1b}[J");
        assert_eq!(board.draw((8, 3)), "short\n012345…\n");
        assert_eq!(board.erase((8, 3)), "\r\u{1b}[2A\u{1b}[J");
    }

    #[test]
    fn a_terminal_that_became_narrower_has_broken_the_lines() {
        let mut board = board(&["0123456789", "", "01234"]);
        board.draw((80, 24));
        assert_eq!(board.erase((5, 24)), "\r\u{1b}[4A\u{1b}[J", "two rows, one and one");
        board.draw((80, 24));
        assert_eq!(board.erase((1, 10)), "\r\u{1b}[9A\u{1b}[J", "not above the first row");
        assert_eq!(board.erase((1, 10)), "", "once");
    }

    #[test]
    fn styles_take_no_room() {
        let mut board = board(&["\u{1b}[33mheld\u{1b}[0m by a budget"]);
        assert_eq!(board.draw((20, 24)), "\u{1b}[33mheld\u{1b}[0m by a budget\n");
        assert_eq!(board.draw((8, 24)), "\u{1b}[33mheld\u{1b}[0m b…\n");
    }
}
