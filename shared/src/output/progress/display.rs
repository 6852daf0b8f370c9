//! What standard error shows of the work that goes on.

use std::{
    io::Write as _,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    board::{self, Board},
    counts::{Count, sum},
};
use crate::output::stderr_sink::Stream;

/// When progress is shown. Anything shorter shows nothing: a flash of text is noise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    /// When a terminal gets a spinner.
    pub spinner: Duration,
    /// When anything else gets its first line. Later than a spinner: a line stays.
    pub first_line: Duration,
    /// How long after a line the next one comes.
    pub next_line: Duration,
}

impl Timing {
    const DEFAULT: Self = Self {
        spinner: Duration::from_millis(400),
        first_line: Duration::from_secs(2),
        next_line: Duration::from_secs(5),
    };
}

/// The progress of a process. Cheap to clone.
#[derive(Clone)]
pub(in crate::output) struct Display(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stream: Stream,
    /// A spinner may be drawn; else lines are written.
    live: bool,
    timing: Timing,
}

#[derive(Default)]
struct State {
    work: Option<Work>,
    /// How many pieces of work there were; tells the thread of one from that of the next.
    begun: u64,
    /// How many hold the display back.
    pauses: usize,
    /// The lines at the bottom, if a command has some.
    board: Option<Board>,
}

/// The outermost work, and what goes on within it.
struct Work {
    number: u64,
    doing: String,
    started: Instant,
    due: Instant,
    counts: Vec<Count>,
    /// How many pieces of work go on, the outermost among them.
    running: usize,
    bar: Option<ProgressBar>,
}

/// Holds progress back until it is dropped.
pub struct Pause(Display);

impl Display {
    pub(in crate::output) fn new(stream: Stream, live: bool) -> Self {
        Self::with_timing(stream, live, Timing::DEFAULT)
    }

    pub(super) fn with_timing(stream: Stream, live: bool, timing: Timing) -> Self {
        let (state, changed) = (Mutex::default(), Condvar::new());
        Self(Arc::new(Shared { state, changed, stream, live, timing }))
    }

    /// Begins a piece of work. Returns its place among the counts.
    pub(super) fn begin(&self, doing: String) -> usize {
        let mut state = self.0.lock();
        if let Some(work) = &mut state.work {
            work.running += 1;
            work.counts.push(Count::default());
            return work.counts.len() - 1;
        }
        state.begun += 1;
        let (number, started) = (state.begun, Instant::now());
        let due = started + self.0.first_delay();
        let counts = vec![Count::default()];
        state.work = Some(Work { number, doing, started, due, counts, running: 1, bar: None });
        drop(state);
        let shared = Arc::clone(&self.0);
        // Without a thread there is no progress, and the work goes on.
        drop(thread::Builder::new().name("progress".to_owned()).spawn(move || shared.show(number)));
        0
    }

    /// Changes a count.
    pub(super) fn count(&self, place: usize, change: impl FnOnce(&mut Count)) {
        let mut state = self.0.lock();
        let Some(work) = &mut state.work else { return };
        if let Some(count) = work.counts.get_mut(place) {
            change(count);
        }
        if let Some(bar) = &work.bar {
            dress(bar, sum(&work.counts));
        }
    }

    /// Ends a piece of work; with the last one, what is shown goes away.
    pub(super) fn end(&self) {
        let mut state = self.0.lock();
        let Some(work) = &mut state.work else { return };
        work.running -= 1;
        if work.running == 0 {
            work.hide();
            state.work = None;
            self.0.changed.notify_all();
        }
    }

    /// Holds progress back.
    pub(in crate::output) fn pause(&self) -> Pause {
        self.0.lock().hold_back();
        Pause(self.clone())
    }

    /// Returns whether lines can be drawn again.
    pub(in crate::output) fn is_live(&self) -> bool {
        self.0.live
    }

    /// Makes room for lines at the bottom; other progress is held back.
    pub(super) fn begin_board(&self) {
        let mut state = self.0.lock();
        state.hold_back();
        state.board = Some(Board::default());
    }

    /// Draws the lines at the bottom.
    pub(super) fn draw_board(&self, lines: Vec<String>) {
        let mut state = self.0.lock();
        let Some(board) = &mut state.board else { return };
        let size = board::size();
        let erased = board.erase(size);
        board.set(lines);
        // In one piece, so that nothing flickers.
        let text = erased + &board.draw(size);
        self.0.write(&text);
    }

    /// Takes the lines at the bottom away.
    pub(super) fn end_board(&self) {
        let mut state = self.0.lock();
        if let Some(mut board) = state.board.take() {
            self.0.write(&board.erase(board::size()));
        }
        state.let_go(&self.0);
    }

    /// Does something while nothing is drawn.
    pub(in crate::output) fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut state = self.0.lock();
        if let Some(board) = &mut state.board {
            let size = board::size();
            self.0.write(&board.erase(size));
            let done = work();
            self.0.write(&board.draw(size));
            return done;
        }
        match state.work.as_ref().and_then(|work| work.bar.as_ref()) {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        let shared = &self.0.0;
        shared.lock().let_go(shared);
    }
}

impl State {
    /// Holds progress back.
    fn hold_back(&mut self) {
        self.pauses += 1;
        if let Some(work) = &mut self.work {
            work.hide();
        }
    }

    /// Ends what [`State::hold_back`] began.
    fn let_go(&mut self, shared: &Shared) {
        self.pauses -= 1;
        // What comes after the pause may be over soon, and would be a flash of text.
        let due = Instant::now() + shared.first_delay();
        if let Some(work) = &mut self.work {
            work.due = work.due.max(due);
        }
        shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is drawn. Nobody can be told that it failed.
    fn write(&self, text: &str) {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        drop(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()));
    }

    /// Returns how long work may take without being shown.
    fn first_delay(&self) -> Duration {
        if self.live { self.timing.spinner } else { self.timing.first_line }
    }

    /// Shows work whenever that is due, until it is over.
    fn show(&self, number: u64) {
        let mut state = self.lock();
        loop {
            let paused = state.pauses > 0;
            let Some(work) = state.work.as_mut().filter(|work| work.number == number) else { return };
            let wait = work.due.saturating_duration_since(Instant::now());
            if paused || work.bar.is_some() {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            } else if !wait.is_zero() {
                let waited = self.changed.wait_timeout(state, wait);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            } else if self.live {
                work.draw();
            } else {
                work.due += self.timing.next_line;
                let line = work.line();
                self.write(&line);
            }
        }
    }
}

impl Work {
    /// Returns the line for a log.
    fn line(&self) -> String {
        match sum(&self.counts) {
            Some((done, Some(total))) => format!("{}: {done} of {total}\n", self.doing),
            Some((done, None)) => format!("{}: {done} so far\n", self.doing),
            None => format!("{}: {} s so far\n", self.doing, self.started.elapsed().as_secs()),
        }
    }

    fn draw(&mut self) {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let bar = bar.with_message(self.doing.clone()).with_elapsed(self.started.elapsed());
        dress(&bar, sum(&self.counts));
        bar.enable_steady_tick(Duration::from_millis(120));
        self.bar = Some(bar);
    }

    fn hide(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Gives a bar its numbers, and the form that shows those that are known.
fn dress(bar: &ProgressBar, numbers: Option<(u64, Option<u64>)>) {
    let template = match numbers {
        Some((_, Some(_))) => "{spinner} {msg} {pos}/{len} [{wide_bar}] {eta}",
        Some((_, None)) => "{spinner} {msg} {pos}",
        None => "{spinner} {msg}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style.progress_chars("=> "));
    if let Some((done, total)) = numbers {
        if let Some(total) = total {
            bar.set_length(total);
        }
        bar.set_position(done);
    }
}
