//! One run of a program, with a limit, so that a hanging command fails its test instead of blocking all.

use crate::TestEnv;
use crate::output::Output;
use crate::signals::let_children_be_interrupted;
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a command may run unless it is given another limit. No command is given up because the machine is busy.
pub const LIMIT: Duration = Duration::from_secs(180);
const POLL: Duration = Duration::from_millis(2);

/// A command that is not started yet.
#[derive(Debug)]
pub struct Invocation {
    command: Command,
    line: String,
    stdin: Option<Vec<u8>>,
    limit: Duration,
    home: Arc<tempfile::TempDir>,
}

impl Invocation {
    pub(crate) fn new<A: AsRef<OsStr>>(
        env: &TestEnv,
        program: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        let mut command = Command::new(env.find(program));
        command.env_clear().envs(env.variables()).current_dir(env.home());
        let mut line = program.to_owned();
        for argument in arguments {
            line.push(' ');
            line.push_str(&argument.as_ref().to_string_lossy());
            command.arg(argument);
        }
        Self { command, line, stdin: None, limit: LIMIT, home: env.shared_home() }
    }

    /// Text for its stdin; without this it reads an empty file.
    pub fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// A variable for this run only.
    pub fn variable(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Another working folder than the home folder.
    pub fn in_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Another limit than three minutes.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it to its end.
    ///
    /// # Panics
    ///
    /// When it cannot be started, or does not end in time.
    pub fn run(self) -> Output {
        self.start().wait()
    }

    /// Starts it, to be waited for or interrupted later.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start(mut self) -> Running {
        self.command.stdin(if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let_children_be_interrupted();
        let mut child = match self.command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("cannot run {}: {error}", self.line),
        };
        if let (Some(mut pipe), Some(text)) = (child.stdin.take(), self.stdin) {
            // A program need not read all of its input; that it closed the pipe is its own affair.
            thread::spawn(move || drop(pipe.write_all(&text)));
        }
        let stdout = collect(child.stdout.take());
        let stderr = collect(child.stderr.take());
        Running {
            child,
            line: self.line,
            stdout,
            stderr,
            deadline: Instant::now() + self.limit,
            _home: self.home,
        }
    }
}

/// A running command. Dropped, it is killed.
#[derive(Debug)]
pub struct Running {
    child: Child,
    line: String,
    stdout: Receiver<Vec<u8>>,
    stderr: Receiver<Vec<u8>>,
    deadline: Instant,
    _home: Arc<tempfile::TempDir>,
}

impl Running {
    /// Sends SIGINT, as Ctrl-C does.
    ///
    /// # Panics
    ///
    /// When it has ended already.
    pub fn interrupt(&mut self) {
        self.signal(Signal::INT);
    }

    /// Sends any signal.
    ///
    /// # Panics
    ///
    /// When it has ended already.
    pub fn signal(&mut self, signal: Signal) {
        let process = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let sent = process.is_some_and(|process| kill_process(process, signal).is_ok());
        assert!(sent, "cannot signal {}: it has ended", self.line);
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it and returns what it wrote until then.
    pub fn kill(mut self) -> Output {
        // It may have ended by itself in this moment.
        let _ = self.child.kill();
        self.wait()
    }

    /// Waits for its end.
    ///
    /// # Panics
    ///
    /// When it does not end in time, with what it wrote until then.
    pub fn wait(mut self) -> Output {
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < self.deadline => thread::sleep(POLL),
                _ => break None,
            }
        };
        if status.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        // A child of the command may still hold the pipes, so they are not waited for without end either.
        let text = |pipe: &Receiver<Vec<u8>>| {
            let mut bytes = Vec::new();
            while let Ok(more) = pipe.recv_timeout(Duration::from_secs(20)) {
                bytes.extend(more);
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let output = Output {
            line: self.line.clone(),
            status: status.and_then(|status| status.code()),
            signal: status.and_then(|status| status.signal()),
            stdout: text(&self.stdout),
            stderr: text(&self.stderr),
        };
        assert!(status.is_some(), "it did not end in time\n{output}");
        output
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a pipe as it fills, so that a command never waits for its reader.
fn collect(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let Some(mut pipe) = pipe else { return };
        let mut buffer = [0; 16 * 1024];
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests;
