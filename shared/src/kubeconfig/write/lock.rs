//! kubectl's lock: `<file>.lock`, made by whoever changes the file, gone when done.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{WriteOptions, holders};
use crate::{Error, Result};

/// kubectl holds its lock for a second at most. One older than this may still be in use on a slow disk; one ten times
/// as old is not.
const FRESH: Duration = Duration::from_secs(10);

/// From this age on a lock was left behind: by a program that was killed.
const STALE: Duration = Duration::from_secs(60);

/// A lock that is held; dropping it removes the file.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing can be done about a failure, and the next writer says what it meets.
        drop(fs::remove_file(&self.path));
    }
}

/// What happened on the way to a lock.
pub(super) struct Acquired {
    pub lock: Lock,
    /// A sentence about a lock that was removed.
    pub note: Option<String>,
}

/// The name of a file's lock, as kubectl spells it.
pub(super) fn lock_path(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".lock");
    name.into()
}

/// Whether somebody seems to be changing the file right now.
pub(in crate::kubeconfig) fn lock_is_fresh(file: &Path) -> bool {
    let is_fresh = |file: &Path| age(&lock_path(file)).is_some_and(|age| age < FRESH);
    let real = || file.canonicalize().ok().filter(|real| real != file);
    is_fresh(file) || real().is_some_and(|real| is_fresh(&real))
}

impl Lock {
    /// Takes the lock at `path`, waiting for whoever holds it until `deadline`.
    pub fn acquire(path: &Path, deadline: Instant, options: &WriteOptions) -> Result<Acquired> {
        let mut pause = Duration::from_micros(200);
        loop {
            match create(path) {
                Ok(()) => return Ok(Acquired { lock: Self { path: path.to_path_buf() }, note: None }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(cannot_create(path, &error)),
            }
            let stale = age(path).is_some_and(|age| age > STALE);
            if options.break_lock && (stale || Instant::now() > deadline) {
                let note = remove(path)?;
                if create(path).is_ok() {
                    return Ok(Acquired { lock: Self { path: path.to_path_buf() }, note });
                }
            } else if stale || Instant::now() > deadline {
                return Err(held(path, options.patience));
            }
            thread::sleep(pause + jitter(pause));
            pause = (pause * 2).min(Duration::from_millis(10));
        }
    }
}

fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    // kubectl's is empty. Who holds ours can be told from it; a failure to say so is no failure to lock.
    drop(file.write_all(std::process::id().to_string().as_bytes()));
    Ok(())
}

/// Up to half of `pause`, so that those who wait don't come back together.
fn jitter(pause: Duration) -> Duration {
    let nanos = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
    pause / 2 * (nanos / 1000 % 1000) / 1000
}

fn age(path: &Path) -> Option<Duration> {
    let modified = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}

/// Removes a lock that was seen to be held; whose lock it was is checked once more while nobody else can take it.
fn remove(path: &Path) -> Result<Option<String>> {
    let Some(age) = age(path) else { return Ok(None) };
    match fs::remove_file(path) {
        Ok(()) => Ok(Some(format!("removed {}, which was {} old", path.display(), spell(age)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::kubeconfig(format!("cannot remove {}: {}", path.display(), reason(&error)))),
    }
}

fn cannot_create(path: &Path, error: &io::Error) -> Error {
    Error::kubeconfig(format!("cannot lock the kubeconfig: open {}: {}", path.display(), reason(error)))
        .with_hint(super::target::elsewhere_hint())
}

/// The lock stays: who may hold it, how old it is, and what to do.
fn held(path: &Path, patience: Duration) -> Error {
    let age = age(path).unwrap_or_default();
    let shown = path.display();
    let owner = holders::of(path);
    if age > STALE {
        let sentence = format!(
            "the kubeconfig is locked: {shown} is {} old, left behind by a program that was killed{owner}",
            spell(age)
        );
        return Error::kubeconfig(sentence).with_hint(format!(
            "if no kubectl, helm or other program is changing the file, add --break-lock, or: rm {shown}"
        ));
    }
    let sentence = format!(
        "the kubeconfig is locked: {shown}, {} old, did not go away within {}{owner}",
        spell(age),
        spell(patience)
    );
    Error::kubeconfig(sentence)
        .with_hint(format!("try again; if no program is changing the file, add --break-lock, or: rm {shown}"))
}

fn spell(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// The reason of an I/O failure in the words of Unix tools, without the number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_lowercase(),
        None => text,
    }
}
