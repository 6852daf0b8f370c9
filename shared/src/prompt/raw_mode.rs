//! The terminal in raw mode: from before the first question is drawn until after its answer, and back whatever happens.

use std::{
    io::{self, IsTerminal as _},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossterm::{
    event::{self, Event},
    terminal,
};

use crate::{Error, Result};

/// How often a signal is looked for while no key is pressed.
const TICK: Duration = Duration::from_millis(100);

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

/// A terminal in raw mode. Dropped, it is as it was.
pub(super) struct RawMode(());

impl RawMode {
    pub fn enter() -> io::Result<Self> {
        DEFAULT.store(false, Ordering::SeqCst);
        let raw = Self(());
        terminal::enable_raw_mode()?;
        Ok(raw)
    }

    /// Returns what happens next on the terminal; nothing where nothing does within `limit`.
    ///
    /// # Errors
    /// Cancelled by a signal, or the terminal is gone.
    pub fn next(&self, limit: Option<Duration>) -> Result<Option<Event>> {
        let start = Instant::now();
        loop {
            if TOLD.load(Ordering::SeqCst) {
                return Err(Error::cancelled());
            }
            let left = limit.map(|limit| limit.saturating_sub(start.elapsed()));
            let wait = left.map_or(TICK, |left| left.min(TICK));
            // A terminal that hangs up is readable, and reading it fails.
            if event::poll(wait).map_err(|_| Error::cancelled())? {
                return event::read().map(Some).map_err(|_| Error::cancelled());
            }
            // Where no signal tells, for want of a controlling terminal, reading finds nothing for ever.
            if !io::stdin().is_terminal() {
                return Err(Error::cancelled());
            }
            if left.is_some_and(|left| left <= wait) {
                return Ok(None);
            }
        }
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        drop(terminal::disable_raw_mode());
        DEFAULT.store(true, Ordering::SeqCst);
    }
}
