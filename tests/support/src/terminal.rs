//! A command in a real pseudo-terminal, and the screen that a person would see.

use crate::TestEnv;
use crate::signals::let_children_be_interrupted;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::termios::LocalModes;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a text may take to appear, or a command to end.
pub const LIMIT: Duration = Duration::from_secs(180);
const POLL: Duration = Duration::from_millis(5);

/// What keys send.
pub mod keys {
    /// Return.
    pub const ENTER: &str = "\r";
    /// Arrow up.
    pub const UP: &str = "\x1b[A";
    /// Arrow down.
    pub const DOWN: &str = "\x1b[B";
    /// Escape.
    pub const ESCAPE: &str = "\x1b";
    /// Backspace.
    pub const BACKSPACE: &str = "\x7f";
    /// Tabulator.
    pub const TAB: &str = "\t";
    /// Interrupt.
    pub const CONTROL_C: &str = "\x03";
    /// End of input.
    pub const CONTROL_D: &str = "\x04";
}

/// A running command and its terminal. Dropped, the command is killed.
pub struct Terminal {
    line: String,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    ending: Option<ExitStatus>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    _home: Arc<tempfile::TempDir>,
}

/// What came out of the command so far.
struct Shown {
    parser: vt100::Parser,
    raw: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Starts a command of an environment on a screen of `rows` × `columns`.
    ///
    /// # Panics
    ///
    /// When there is no pseudo-terminal to be had or the command cannot be started.
    pub fn start<A: AsRef<OsStr>>(
        env: &TestEnv,
        program: &str,
        arguments: impl IntoIterator<Item = A>,
        (rows, columns): (u16, u16),
    ) -> Self {
        let mut command = CommandBuilder::new(env.find(program));
        command.env_clear();
        command.cwd(env.home());
        env.variables().iter().for_each(|(name, value)| command.env(name, value));
        arguments.into_iter().for_each(|argument| command.arg(argument));
        let line = command.as_unix_command_line().unwrap_or_else(|_| program.to_owned());

        let_children_be_interrupted();
        let pair = native_pty_system().openpty(size(rows, columns)).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(command).expect("a command to start");
        // While this process holds the other side, the end of the command is no end of its output.
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().expect("the output of a terminal");
        let keyboard = pair.master.take_writer().expect("the input of a terminal");
        let parser = vt100::Parser::new(length(rows), length(columns), 10_000);
        let shown = Arc::new((Mutex::new(Shown { parser, raw: Vec::new(), ended: false }), Condvar::new()));
        let writer = Arc::clone(&shown);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Linux answers with an error, not with an empty read, when the last process has left a terminal.
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let mut shown = lock(&writer.0);
                shown.parser.process(&buffer[..count]);
                shown.raw.extend_from_slice(&buffer[..count]);
                writer.1.notify_all();
            }
            lock(&writer.0).ended = true;
            writer.1.notify_all();
        });
        Self { line, master: pair.master, keyboard, child, ending: None, shown, _home: env.shared_home() }
    }

    /// Types, see [`keys`].
    ///
    /// # Panics
    ///
    /// When the terminal is closed.
    pub fn send(&mut self, text: &str) {
        let sent = self.keyboard.write_all(text.as_bytes()).and_then(|()| self.keyboard.flush());
        assert!(sent.is_ok(), "{} reads no keys any more\n{}", self.line, self.screen());
    }

    /// Waits until the screen shows a text, and returns the screen.
    ///
    /// # Panics
    ///
    /// When it does not within three minutes, or the command ends first, with the screen.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(&format!("{text:?}"), |screen| screen.contains(text))
    }

    /// Waits until the screen shows a text and the command reads single keys, as menus and questions do, and returns
    /// the screen. A key that is sent earlier is the terminal's: Ctrl-C is a signal then, and no key.
    ///
    /// # Panics
    ///
    /// As [`Terminal::wait_for`].
    pub fn wait_for_prompt(&self, text: &str) -> String {
        let deadline = Instant::now() + LIMIT;
        self.wait_for(text);
        // Nobody tells when a terminal changes its mode.
        while self.is_line_buffered() {
            assert!(Instant::now() < deadline, "{} reads no keys; the screen:\n{}", self.line, self.screen());
            thread::sleep(POLL);
        }
        self.screen()
    }

    fn is_line_buffered(&self) -> bool {
        let modes = self.master.get_termios().expect("the modes of a terminal").local_flags.bits();
        modes & LocalModes::ICANON.bits() != 0
    }

    /// Waits until the screen satisfies `condition`; `what` says so in the failure.
    ///
    /// # Panics
    ///
    /// As [`Terminal::wait_for`].
    pub fn wait_until(&self, what: &str, condition: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + LIMIT;
        let mut shown = lock(&self.shown.0);
        loop {
            let screen = shown.parser.screen().contents();
            if condition(&screen) {
                return screen;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!shown.ended, "{} ended and never showed {what}; the screen:\n{screen}", self.line);
            assert!(!left.is_zero(), "{} did not show {what}; the screen:\n{screen}", self.line);
            shown = self.shown.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The text on the screen now, without trailing spaces and colors.
    pub fn screen(&self) -> String {
        lock(&self.shown.0).parser.screen().contents()
    }

    /// Whether the cursor is hidden now.
    pub fn hides_cursor(&self) -> bool {
        lock(&self.shown.0).parser.screen().hide_cursor()
    }

    /// Every byte so far, escape codes included.
    pub fn raw(&self) -> Vec<u8> {
        lock(&self.shown.0).raw.clone()
    }

    /// Makes the window another size, as a person does; the command gets SIGWINCH.
    ///
    /// # Panics
    ///
    /// When the terminal is closed.
    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.master.resize(size(rows, columns)).expect("a terminal to resize");
        lock(&self.shown.0).parser.set_size(length(rows), length(columns));
    }

    /// Waits for the command's end and returns its exit status and the last screen. A signal that ended it counts as
    /// status 1, as portable-pty has it, and is named by [`Terminal::signal`].
    ///
    /// # Panics
    ///
    /// When it does not end within three minutes, with the screen.
    pub fn wait(&mut self) -> (i32, String) {
        let deadline = Instant::now() + LIMIT;
        let ending = loop {
            match self.child.try_wait() {
                Ok(Some(ending)) => break ending,
                _ => assert!(Instant::now() < deadline, "{} does not end\n{}", self.line, self.screen()),
            }
            thread::sleep(POLL);
        };
        let status = i32::try_from(ending.exit_code()).unwrap_or(i32::MAX);
        self.ending = Some(ending);
        let mut shown = lock(&self.shown.0);
        while !shown.ended && Instant::now() < deadline {
            let left = deadline.saturating_duration_since(Instant::now());
            shown = self.shown.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        (status, shown.parser.screen().contents())
    }

    /// The name of the signal that ended the command, `Interrupt` for instance. None before [`Terminal::wait`], and
    /// when it ended by itself.
    pub fn signal(&self) -> Option<&str> {
        self.ending.as_ref().and_then(ExitStatus::signal)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It has usually ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a thread that panicked left on the screen is still worth reading.
fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn length(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a screen has rows and columns")
}

#[cfg(test)]
mod tests;
