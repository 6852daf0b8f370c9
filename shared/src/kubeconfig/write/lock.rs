//! kubectl's lock: `<file>.lock`, made by whoever changes the file, gone when done.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{
    Snapshot, WriteOptions, holders,
    unnamed::{give_name, open_unnamed},
};
use crate::{Error, Result};

/// kubectl holds its lock for a second at most. One older than this may still be in use on a slow disk; one ten times
/// as old is not.
const FRESH: Duration = Duration::from_secs(10);

/// From this age on a lock was left behind: by a program that was killed.
const STALE: Duration = Duration::from_secs(60);

/// A lock that is held; dropping it removes the file.
///
/// Unlike kubectl's empty one it names its process, and that process holds an advisory lock on it. So one that a
/// killed process left behind can be told, and the next writer of this suite removes it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _held: File,
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
        let mut note = None;
        loop {
            match create(path) {
                Ok(held) => {
                    return Ok(Acquired { lock: Self { path: path.to_path_buf(), _held: held }, note });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(cannot_create(path, &error)),
            }
            if remove_orphan(path) {
                continue;
            }
            let stale = age(path).is_some_and(|age| age > STALE);
            if options.break_lock && (stale || Instant::now() > deadline) {
                note = remove(path)?;
                continue;
            }
            if stale || Instant::now() > deadline {
                return Err(held(path, options.patience));
            }
            thread::sleep(pause + jitter(pause));
            pause = (pause * 2).min(Duration::from_millis(3));
        }
    }
}

/// Makes the lock file, complete with the number of this process and its advisory lock.
fn create(path: &Path) -> io::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    // Seldom needed, and cheap: most often there is no lock to wait for.
    if super::target::exists(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    if let Some(file) = open_unnamed(folder) {
        sign(&file);
        return match give_name(&file, path) {
            Ok(()) => Ok(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) => create_named(path),
        };
    }
    create_named(path)
}

fn create_named(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    sign(&file);
    Ok(file)
}

/// First the advisory lock, then the number: who reads the number can rely on the lock. Where either fails the lock
/// looks like kubectl's, which is no failure.
fn sign(mut file: &File) {
    if file.try_lock().is_ok() {
        drop(file.write_all(std::process::id().to_string().as_bytes()));
    }
}

/// Removes a lock of this suite whose process has ended. No two do it at once: each holds the file's advisory lock.
fn remove_orphan(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut owner = String::new();
    let signed = file.read_to_string(&mut owner).is_ok() && owner.parse::<u32>().is_ok();
    if !signed || file.try_lock().is_err() {
        return false;
    }
    let same = Snapshot::take(path).is_ok_and(|now| {
        file.metadata().is_ok_and(|metadata| Snapshot::of(&metadata, path).is_same_file(&now))
    });
    same && fs::remove_file(path).is_ok()
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

/// Removes a lock because the user said so.
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
