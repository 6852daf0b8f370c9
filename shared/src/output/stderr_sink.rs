//! Standard error, as everything beside the printer writes to it.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    LiveLines, Progress,
    progress::{Display, Pause},
    sanitize,
};

/// The stream itself.
pub(super) type Stream = Arc<Mutex<Box<dyn Write + Send>>>;

/// Standard error for what runs beside the printer, such as a client that passes on the warnings of a server.
///
/// Messages step around the progress that is shown, and never fail: there is nowhere to report that. They do not wait
/// for data that the printer still holds. Cheap to clone.
#[derive(Clone)]
pub struct StderrSink {
    stream: Stream,
    display: Display,
}

impl StderrSink {
    /// Writes to a stream; progress is drawn on it where it is a terminal that can redraw a line.
    pub(super) fn new(stream: Box<dyn Write + Send>, live: bool) -> Self {
        let stream = Arc::new(Mutex::new(stream));
        Self { display: Display::new(Arc::clone(&stream), live), stream }
    }

    /// Returns a sink that drops everything, for work that must stay silent, such as completing a word.
    pub fn discard() -> Self {
        Self::new(Box::new(io::sink()), false)
    }

    /// Writes one message, sanitized.
    pub fn note(&self, text: &str) {
        self.write(&sanitize(text));
    }

    /// Shows progress of some work until the result is dropped. `doing` reads like `listing resourcequotas`.
    ///
    /// Work within other work adds its counts to what is shown for that.
    pub fn progress(&self, doing: impl Into<String>) -> Progress {
        Progress::new(&self.display, sanitize(&doing.into()).into_owned())
    }

    /// Returns lines at the bottom of the terminal; none where standard error is no terminal that can redraw a line.
    pub fn live_lines(&self) -> Option<LiveLines> {
        self.display.is_live().then(|| LiveLines::new(self.display.clone()))
    }

    /// Hides progress until the result is dropped, while something else writes to the terminal.
    pub fn pause(&self) -> Pause {
        self.display.pause()
    }

    /// Writes a text that is already safe, and a line end where it has none.
    pub(super) fn write(&self, text: &str) {
        self.suspend(|| {
            let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
            let end = if text.ends_with('\n') { "" } else { "\n" };
            drop(write!(stream, "{text}{end}").and_then(|()| stream.flush()));
        });
    }

    /// Runs `work` while no progress is drawn.
    pub(super) fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        self.display.suspend(work)
    }
}

impl std::fmt::Debug for StderrSink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StderrSink").finish_non_exhaustive()
    }
}
