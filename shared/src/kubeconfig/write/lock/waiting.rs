//! The wait for a lock that somebody else holds.

use std::{
    fs, io,
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

use super::{
    age, orphan,
    sentences::{STALE, held, reason, waited_for},
};
use crate::{
    Error, Result,
    kubeconfig::write::{Snapshot, WriteOptions, lock_timeout::LockTimeout, wait_note::WaitNote},
    output::spelled_duration,
};

const FIRST_PAUSE: Duration = Duration::from_micros(200);
const LONGEST_PAUSE: Duration = Duration::from_millis(3);

/// How long to go on waiting, and what was done meanwhile.
pub(in crate::kubeconfig::write) struct Waiting<'a> {
    options: &'a WriteOptions,
    lock_timeout: LockTimeout,
    pause: Duration,
    note: WaitNote<'a>,
    /// Sentences about locks that were removed.
    pub notes: Vec<String>,
}

impl<'a> Waiting<'a> {
    pub fn as_told(options: &'a WriteOptions) -> Self {
        let lock_timeout = LockTimeout::of(options.lock_timeout);
        let note = WaitNote::new(options.stderr.as_ref());
        Self { options, lock_timeout, pause: FIRST_PAUSE, note, notes: Vec::new() }
    }

    /// Tells whether nobody has got on for too long.
    pub fn is_over(&self) -> bool {
        self.lock_timeout.is_over()
    }

    /// Waits where somebody's lock is at `path`. Returns when it is worth another try: the lock was left behind by a
    /// killed process of this suite and is removed now, or was removed because the user said so, or a moment has
    /// passed. An error where the lock stays. One that is another's than before is waited for anew: many writers are no
    /// dead one.
    pub fn meet(&mut self, path: &Path) -> Result<()> {
        if orphan::remove(path) {
            return Ok(());
        }
        let lock = fs::symlink_metadata(path).ok();
        self.lock_timeout.see(lock.map(|metadata| Snapshot::of(&metadata, path)));
        if is_stale(path) || self.is_over() {
            if !self.options.break_lock {
                return Err(held(path, self.options.lock_timeout));
            }
            self.notes.extend(remove(path)?);
            return Ok(());
        }
        self.note.say(age(path).unwrap_or_default(), || waited_for(path));
        thread::sleep(self.pause + jitter(self.pause));
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

/// Fails where the lock at `path` would stay however long it were waited for. Removes nothing.
pub(in crate::kubeconfig::write) fn check(path: &Path, options: &WriteOptions) -> Result<()> {
    match is_stale(path) && !options.break_lock && !orphan::is_orphan(path) {
        true => Err(held(path, options.lock_timeout)),
        false => Ok(()),
    }
}

/// Returns the age of a lock that is old enough to be nobody's.
pub(in crate::kubeconfig::write) fn stale_age(path: &Path) -> Option<Duration> {
    age(path).filter(|age| *age > STALE)
}

fn is_stale(path: &Path) -> bool {
    stale_age(path).is_some()
}

/// Returns up to half of `pause`, so that those who wait don't come back together.
fn jitter(pause: Duration) -> Duration {
    let nanos = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
    pause / 2 * (nanos / 1000 % 1000) / 1000
}

/// Removes a lock because the user said so.
fn remove(path: &Path) -> Result<Option<String>> {
    let Some(age) = age(path) else { return Ok(None) };
    match fs::remove_file(path) {
        Ok(()) => Ok(Some(format!("removed {}, which was {} old", path.display(), spelled_duration(age)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::kubeconfig(format!("cannot remove {}: {}", path.display(), reason(&error)))),
    }
}
