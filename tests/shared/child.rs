//! This test binary, run once more as the process under test: the ignored tests are its programs.

use std::path::{Path, PathBuf};

/// Where a program leaves what came out.
const RESULT: &str = "SHARED_TEST_RESULT";

/// The arguments that make this binary run one program.
pub fn arguments(program: &str) -> [&str; 4] {
    [program, "--exact", "--ignored", "--nocapture"]
}

/// A place for a program's result, and the variable to hand it over in.
pub struct ResultFile(tempfile::TempDir);

impl ResultFile {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn variable(&self) -> (&'static str, PathBuf) {
        (RESULT, self.0.path().join("result"))
    }

    pub fn read(&self) -> String {
        std::fs::read_to_string(self.variable().1).unwrap_or_default()
    }
}

/// Leaves a result: the value, or the exit status of the failure.
pub fn leave<T: std::fmt::Debug>(result: shared::Result<T>) {
    let text = match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("status {}", error.status().code()),
    };
    let path = std::env::var_os(RESULT).expect("programs are run by tests");
    std::fs::write(Path::new(&path), text).unwrap();
}
