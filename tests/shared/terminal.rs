//! A program on a terminal of its own.

use std::{
    io::{Read, Write},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use super::child::{ResultFile, arguments};

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<Mutex<Vec<u8>>>,
    result: ResultFile,
    // Closing it would hang up on the program.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    pub fn run(program: &str) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })
            .expect("a pty can be opened");
        let result = ResultFile::new();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(arguments(program));
        let (name, path) = result.variable();
        command.env(name, path);
        command.env("TERM", "xterm-256color");
        command.env_remove("CI");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = screen.clone();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                seen.lock().unwrap().extend_from_slice(&bytes[..read]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { child, keyboard, screen, result, _master: pair.master }
    }

    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap()).into_owned()
    }

    /// Waits until the cursor is hidden, which is when a prompt reads keys.
    pub fn await_prompt(&self, text: &str) -> &Self {
        self.until(|screen| screen.contains(text) && screen.contains("\u{1b}[?25l"));
        self
    }

    pub fn await_text(&self, text: &str) -> &Self {
        self.until(|screen| screen.contains(text));
        self
    }

    fn until(&self, there: impl Fn(&str) -> bool) {
        let started = Instant::now();
        while !there(&self.screen()) {
            assert!(started.elapsed() < PATIENCE, "never came; the screen: {:?}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        self
    }

    /// Waits for the end; returns how the process ended, the program's result and the screen.
    pub fn finish(mut self) -> (ExitStatus, String, String) {
        let started = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if started.elapsed() > PATIENCE => {
                    self.child.kill().unwrap();
                    panic!("still running; the screen: {:?}", self.screen());
                }
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        thread::sleep(Duration::from_millis(50));
        (status, self.result.read(), self.screen())
    }
}

/// Whether the last word about the cursor is that it shows.
pub fn cursor_shows(screen: &str) -> bool {
    screen.rfind("\u{1b}[?25h") >= screen.rfind("\u{1b}[?25l")
}
