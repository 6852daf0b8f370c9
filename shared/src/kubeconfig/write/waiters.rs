//! Writers of this suite go one after the other, so that they don't make each other start over.

use std::{
    fs::{File, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use super::{Snapshot, WriteOptions, lock_timeout::LockTimeout, wait_note::WaitNote};

/// A turn to write; dropping it, or the end of the process, lets the next one in.
#[derive(Debug)]
pub(super) struct Turn {
    _folder: Option<File>,
}

impl Turn {
    /// Waits for the turn to write in a folder, as long as others do. Where the folder can't be locked (a network file
    /// system, Windows), or nothing happens in it for too long, one goes on without: the file's own lock keeps everybody
    /// safe.
    pub fn wait(folder: &Path, options: &WriteOptions) -> Self {
        let Ok(handle) = File::open(folder) else { return Self { _folder: None } };
        let mut lock_timeout = LockTimeout::of(options.lock_timeout);
        let mut note = WaitNote::new(options.stderr.as_ref());
        loop {
            match handle.try_lock() {
                Ok(()) => return Self { _folder: Some(handle) },
                Err(TryLockError::WouldBlock) if !lock_timeout.is_over() => {
                    lock_timeout.see(Snapshot::take(folder).ok());
                    note.say(Duration::ZERO, || {
                        format!("waiting for others that are writing in {}", folder.display())
                    });
                    thread::sleep(Duration::from_millis(1));
                }
                Err(_) => return Self { _folder: None },
            }
        }
    }
}
