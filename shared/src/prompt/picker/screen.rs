//! The terminal, taken over and given back.

use std::io::{self, Write as _};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    event::Event,
    queue,
    style::{Attribute, Print, SetAttribute},
    terminal::{
        self, Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
    },
};

use super::{super::raw_mode::RawMode, draw::Lines};
use crate::Result;

/// A terminal in raw mode, on its other screen. Dropped, it is as it was.
pub(super) struct Screen(RawMode);

impl Screen {
    pub fn open() -> io::Result<Self> {
        let screen = Self(RawMode::enter()?);
        queue!(io::stderr(), EnterAlternateScreen, DisableLineWrap)?;
        Ok(screen)
    }

    /// Returns what happens next on the terminal.
    ///
    /// # Errors
    /// Cancelled by a signal, or the terminal is gone.
    pub fn next(&self) -> Result<Event> {
        loop {
            if let Some(event) = self.0.next(None)? {
                return Ok(event);
            }
        }
    }

    /// Draws what `lay_out` makes for the size the terminal has now, in one write.
    pub fn draw(&mut self, lay_out: impl FnOnce((u16, u16)) -> Lines) -> io::Result<()> {
        let lines = lay_out(known_size(terminal::size()?));
        let mut out = Vec::with_capacity(4096);
        queue!(out, Hide, MoveTo(0, 0), Clear(ClearType::All), MoveTo(0, 1), Print(&lines.count))?;
        for (row, (text, here)) in (2u16..).zip(&lines.items) {
            queue!(out, MoveTo(0, row))?;
            match here {
                true => {
                    queue!(
                        out,
                        SetAttribute(Attribute::Reverse),
                        Print(text),
                        SetAttribute(Attribute::Reset)
                    )?;
                }
                false => queue!(out, Print(text))?,
            }
        }
        // Printed last, so that the cursor stays at its end.
        queue!(out, MoveTo(0, 0), Print(&lines.input), Show)?;
        let mut stderr = io::stderr().lock();
        stderr.write_all(&out)?;
        stderr.flush()
    }
}

/// Returns the size of a terminal; that of the first ones where a serial console or a container says 0.
fn known_size((columns, rows): (u16, u16)) -> (u16, u16) {
    (if columns == 0 { 80 } else { columns }, if rows == 0 { 24 } else { rows })
}

impl Drop for Screen {
    fn drop(&mut self) {
        let mut stderr = io::stderr().lock();
        // A terminal that is gone needs nothing put back.
        drop(queue!(stderr, EnableLineWrap, LeaveAlternateScreen, Show).and_then(|()| stderr.flush()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_without_a_size_has_the_usual_one() {
        assert_eq!(known_size((0, 0)), (80, 24));
        assert_eq!((known_size((30, 0)), known_size((0, 10))), ((30, 24), (80, 10)));
        assert_eq!(known_size((20, 5)), (20, 5));
    }
}
