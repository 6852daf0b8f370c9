//! The programs of `programs/`, run in an environment of their own.

use std::{
    fs::File,
    io::Read,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};
use support::{Invocation, Terminal, TestEnv, executable};

const PROGRAM: &str = "shared-test-program";

/// One program, and the file for its result.
pub struct Program {
    env: TestEnv,
    name: &'static str,
}

impl Program {
    pub fn new(name: &'static str) -> Self {
        Self { env: TestEnv::new().program(executable(PROGRAM)), name }
    }

    fn result_file(&self) -> PathBuf {
        self.env.home().join("result")
    }

    /// Without a terminal, to be started.
    pub fn command(&self) -> Invocation {
        self.env.command(PROGRAM, [self.name.as_ref(), self.result_file().as_os_str()])
    }

    /// Started on a terminal.
    pub fn on_terminal(&self) -> Terminal {
        Terminal::start(&self.env, PROGRAM, [self.name.as_ref(), self.result_file().as_os_str()], (24, 80))
    }

    /// Started on a terminal that controls no session, so that nobody gets a signal when it hangs up.
    pub fn on_uncontrolled_terminal(&self) -> Uncontrolled {
        // A child that inherited this side would never see it hang up.
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).unwrap();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(ptsname(&master, Vec::new()).unwrap(), flags, Mode::empty()).unwrap();
        let child = Command::new(executable(PROGRAM))
            .args([self.name.as_ref(), self.result_file().as_os_str()])
            .env_clear()
            .envs(self.env.variables())
            .stdin(Stdio::from(slave.try_clone().unwrap()))
            .stdout(Stdio::null())
            .stderr(Stdio::from(slave))
            .spawn()
            .unwrap();
        Uncontrolled { child, master: File::from(master) }
    }

    /// What it left: the value, or `status N`. Nothing before it ends.
    pub fn result(&self) -> String {
        std::fs::read_to_string(self.result_file()).unwrap_or_default()
    }
}

/// A program and the other side of its terminal.
pub struct Uncontrolled {
    child: Child,
    master: File,
}

impl Uncontrolled {
    /// Waits until a text is shown and single keys are read.
    pub fn wait_for_prompt(&mut self, text: &str) {
        let mut shown = Vec::new();
        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&shown).contains(text) {
            let count = self.master.read(&mut buffer).unwrap();
            shown.extend_from_slice(&buffer[..count]);
        }
        // Nobody tells when a terminal changes its mode.
        while tcgetattr(&self.master).unwrap().local_modes.contains(LocalModes::ICANON) {
            thread::yield_now();
        }
    }

    /// Closes the terminal and waits for the program's end.
    ///
    /// # Panics
    ///
    /// When it does not end within a minute; it is killed then.
    pub fn hang_up(self) {
        let Self { mut child, master } = self;
        let id = Pid::from_child(&child);
        let (sender, ended) = mpsc::channel();
        drop(master);
        thread::spawn(move || sender.send(child.wait()));
        if ended.recv_timeout(Duration::from_secs(60)).is_err() {
            kill_process(id, Signal::KILL).unwrap();
            panic!("it goes on without a terminal");
        }
    }
}
