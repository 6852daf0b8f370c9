//! A word about a wait that somebody at a terminal would wonder about.

use std::time::{Duration, Instant};

use crate::output::StderrSink;

/// A wait shorter than this needs no explanation.
const UNNOTICED: Duration = Duration::from_secs(1);

/// Says once what is waited for.
#[derive(Debug)]
pub(super) struct WaitNote<'a> {
    stderr: Option<&'a StderrSink>,
    since: Instant,
}

impl<'a> WaitNote<'a> {
    /// Starts the wait now; where there is no `stderr` nothing is ever said.
    pub fn new(stderr: Option<&'a StderrSink>) -> Self {
        Self { stderr, since: Instant::now() }
    }

    /// Writes the sentence, the first time that the wait has taken a second. `already` is how long that which is waited
    /// for has been in the way at least: who read the file before may have waited for it too.
    pub fn say(&mut self, already: Duration, sentence: impl FnOnce() -> String) {
        if self.since.elapsed().max(already) >= UNNOTICED
            && let Some(stderr) = self.stderr.take()
        {
            stderr.note(&sentence());
        }
    }
}
