//! The programs of `programs/`, run in an environment of their own.

use std::path::PathBuf;

use support::{Invocation, Terminal, TestEnv};

const PROGRAM: &str = env!("CARGO_BIN_EXE_shared-test-program");

/// One program, and the file for its result.
pub struct Program {
    env: TestEnv,
    name: &'static str,
}

impl Program {
    pub fn new(name: &'static str) -> Self {
        Self { env: TestEnv::new(), name }
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

    /// What it left: the value, or `status N`. Nothing before it ends.
    pub fn result(&self) -> String {
        std::fs::read_to_string(self.result_file()).unwrap_or_default()
    }
}
