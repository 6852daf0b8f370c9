//! Showing that something takes long.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::printer::TalkWriter;

/// Anything shorter shows nothing: a flash of text is noise.
const BAR_AFTER: Duration = Duration::from_millis(400);
/// Logs get a first line late, and then one every so often.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// The bar on the terminal at the moment, which talk has to step around.
#[derive(Clone, Default)]
pub(super) struct Live(Arc<Mutex<Option<ProgressBar>>>);

impl Live {
    /// Runs `talk` while no bar is drawn.
    pub(super) fn suspend(&self, talk: impl FnOnce()) {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.suspend(talk),
            None => talk(),
        }
    }

    fn set(&self, bar: Option<ProgressBar>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = bar;
    }
}

/// Progress of one thing, from [`super::Printer::progress`]; gone when dropped.
pub struct Progress {
    doing: String,
    talk: TalkWriter,
    live: Live,
    /// A bar may be drawn; else lines.
    drawn: bool,
    bar: Option<ProgressBar>,
    started: Instant,
    next_line: Instant,
}

impl Progress {
    pub(super) fn new(doing: String, talk: TalkWriter, live: Live, drawn: bool) -> Self {
        let started = Instant::now();
        Self { doing, talk, live, drawn, bar: None, started, next_line: started + LINE_EVERY }
    }

    /// So many are done, of so many if that is known. Call it as often as convenient.
    pub fn update(&mut self, done: u64, total: Option<u64>) {
        self.update_at(Instant::now(), done, total);
    }

    fn update_at(&mut self, now: Instant, done: u64, total: Option<u64>) {
        if self.drawn {
            if self.bar.is_none() && now.duration_since(self.started) >= BAR_AFTER {
                self.draw(total);
            }
            if let Some(bar) = &self.bar {
                if let Some(total) = total {
                    bar.set_length(total);
                }
                bar.set_position(done);
            }
        } else if now >= self.next_line {
            self.next_line = now + LINE_EVERY;
            let line = match total {
                Some(total) => format!("{}: {done} of {total}\n", self.doing),
                None => format!("{}: {done} so far\n", self.doing),
            };
            let mut talk = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
            drop(talk.write_all(line.as_bytes()).and_then(|()| talk.flush()));
        }
    }

    fn draw(&mut self, total: Option<u64>) {
        let template = match total {
            Some(_) => "{spinner} {msg} {pos}/{len} [{wide_bar}] {eta}",
            None => "{spinner} {msg} {pos}",
        };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr())
            .with_style(style.progress_chars("=> "))
            .with_message(self.doing.clone());
        bar.enable_steady_tick(Duration::from_millis(120));
        self.live.set(Some(bar.clone()));
        self.bar = Some(bar);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
            self.live.set(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Appearance, Printer};
    use super::*;

    #[test]
    fn short_work_says_nothing() {
        let (printer, capture) = Printer::captured(Appearance::default());
        let mut progress = printer.progress("listing pods");
        progress.update(500, None);
        drop(progress);
        assert_eq!(capture.stderr(), "");
    }

    #[test]
    fn long_work_says_a_line_now_and_then() {
        let (printer, capture) = Printer::captured(Appearance::default());
        let mut progress = printer.progress("listing pods\u{7}");
        let at = |seconds| progress.started + Duration::from_secs(seconds);
        let (four, five, nine, ten) = (at(4), at(5), at(9), at(10));
        progress.update_at(four, 1, None);
        progress.update_at(five, 500, None);
        progress.update_at(nine, 600, None);
        progress.update_at(ten, 1000, Some(1200));
        assert_eq!(capture.stderr(), "listing pods\\u{7}: 500 so far\nlisting pods\\u{7}: 1000 of 1200\n");
    }
}
