//! What a printer wrote, for tests.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// The output of a [`super::Printer::captured`].
#[derive(Clone, Debug, Default)]
pub struct Capture {
    pub(super) stdout: Arc<Mutex<Vec<u8>>>,
    pub(super) stderr: Arc<Mutex<Vec<u8>>>,
}

impl Capture {
    /// Returns the data written so far.
    pub fn stdout(&self) -> String {
        text_of(&self.stdout)
    }

    /// Returns the messages written so far.
    pub fn stderr(&self) -> String {
        text_of(&self.stderr)
    }
}

/// Returns what a buffer holds.
pub(super) fn text_of(bytes: &Mutex<Vec<u8>>) -> String {
    String::from_utf8_lossy(&bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

/// A stream that keeps what is written to it.
pub(super) struct Buffer(pub Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
