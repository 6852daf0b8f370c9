//! The terminal, taken over and given back.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    queue,
    style::{Attribute, Print, SetAttribute},
    terminal::{
        self, Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
    },
};

use super::draw::Lines;

/// Set by a signal that wants the process to end.
static TOLD: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Whether such a signal ends the process at once, as it does while nothing is to be put back.
static DEFAULT: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
    let default = Arc::new(AtomicBool::new(true));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        // Without them the signal ends the process with the terminal as it is: rough, and all that is left.
        drop(signal_hook::flag::register_conditional_default(signal, default.clone()));
        drop(signal_hook::flag::register(signal, TOLD.clone()));
    }
    default
});

/// A terminal in raw mode, on its other screen. Dropped, it is as it was.
pub(super) struct Screen(());

impl Screen {
    pub fn open() -> io::Result<Self> {
        DEFAULT.store(false, Ordering::SeqCst);
        let screen = Self(());
        terminal::enable_raw_mode()?;
        queue!(io::stderr(), EnterAlternateScreen, DisableLineWrap)?;
        Ok(screen)
    }

    /// Whether a signal asked the process to end.
    pub fn is_told_to_end(&self) -> bool {
        TOLD.load(Ordering::SeqCst)
    }

    /// Whether the terminal has not hung up: one that has is none any more.
    pub fn is_there(&self) -> bool {
        io::stdin().is_terminal()
    }

    /// Draws what `lay_out` makes for the size the terminal has now, in one write.
    pub fn draw(&mut self, lay_out: impl FnOnce((u16, u16)) -> Lines) -> io::Result<()> {
        let lines = lay_out(terminal::size()?);
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

impl Drop for Screen {
    fn drop(&mut self) {
        let mut stderr = io::stderr().lock();
        // A terminal that is gone needs nothing put back.
        drop(queue!(stderr, EnableLineWrap, LeaveAlternateScreen, Show).and_then(|()| stderr.flush()));
        drop(terminal::disable_raw_mode());
        DEFAULT.store(true, Ordering::SeqCst);
    }
}
