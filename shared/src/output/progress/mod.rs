//! Progress of long work, on standard error.
//!
//! All work of a process shares one [`Display`]. The outermost work names what is going on; what is counted within it,
//! such as the pages of its lists, adds to its numbers. A thread draws, so that a wait for one slow answer shows, too.

mod board;
mod counts;
mod display;
mod live_lines;
#[cfg(test)]
mod tests;

pub(super) use display::Display;
pub use display::Pause;
pub use live_lines::LiveLines;

/// Progress of one piece of work; shown until it is dropped.
pub struct Progress {
    display: Display,
    /// Its place among the counts of the outermost work.
    place: usize,
}

impl Progress {
    pub(super) fn new(display: &Display, doing: String) -> Self {
        Self { place: display.begin(doing), display: display.clone() }
    }

    /// Reports how many objects are read, and of how many if that is known.
    pub fn update(&self, done: u64, total: Option<u64>) {
        self.display.count(self.place, |count| (count.done, count.total) = (done, total));
    }

    /// Announces a number of steps, whose count is shown instead of that of the objects within them.
    pub fn expect_steps(&self, steps: u64) {
        self.display.count(self.place, |count| (count.steps, count.total) = (true, Some(steps)));
    }

    /// Reports that one more step is done.
    pub fn step(&self) {
        self.display.count(self.place, |count| count.done += 1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.display.end();
    }
}
