//! Writers of this suite go one after the other, so that they don't make each other start over.

use std::{
    fs::{File, TryLockError},
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// A place at the head of the queue; dropping it, or the end of the process, lets the next one in.
#[derive(Debug)]
pub(super) struct Turn {
    _folder: Option<File>,
}

impl Turn {
    /// Waits for the turn to write in a folder. Where the folder can't be locked (a network file system, Windows), or
    /// the wait ends, one goes on without: the file's own lock keeps everybody safe.
    pub fn wait(folder: &Path, deadline: Instant) -> Self {
        let Ok(handle) = File::open(folder) else { return Self { _folder: None } };
        loop {
            match handle.try_lock() {
                Ok(()) => return Self { _folder: Some(handle) },
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    thread::sleep(Duration::from_millis(1));
                }
                Err(_) => return Self { _folder: None },
            }
        }
    }
}
